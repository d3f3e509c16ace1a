package io.qcache.benchmarks.hits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Hit ratios in percent as lines of text: a row a trace and size, a column a policy, and their means. */
final class Table {
  /** What every policy made of one size, in the policies' order. */
  record Row(Sizes.Size size, List<Result> results) {}

  private final List<Spec> policies;
  private final boolean resident;
  private final Map<String, List<Row>> rowsByTrace = new LinkedHashMap<>();

  Table(List<Spec> policies, boolean resident) {
    this.policies = policies;
    this.resident = resident;
  }

  String head() {
    StringBuilder line = new StringBuilder(format("%-24s%6s%10s", "trace", "size", "entries"));
    for (Spec policy : policies) {
      line.append(format("  %" + width(policy) + "s", policy));
      if (resident) {
        line.append(format("%10s", "held"));
      }
    }
    return line.append('\n').toString();
  }

  private static int width(Spec policy) {
    return Math.max(8, policy.toString().length());
  }

  String row(String trace, Row row) {
    StringBuilder line = new StringBuilder(
        format("%-24s%6s%10d", shorten(trace), row.size().label(), row.size().entries()));
    for (int i = 0; i < policies.size(); i++) {
      Result result = row.results().get(i);
      line.append(format("  %" + width(policies.get(i)) + ".2f", result.percent()));
      if (resident) {
        line.append(format("%10.0f", result.meanResident()));
      }
    }
    return line.append('\n').toString();
  }

  /** The line of means over a trace's sizes, which this table remembers with its rows; nothing if there are none. */
  String means(String trace, List<Row> rows) {
    String name = trace;
    for (int again = 2; rowsByTrace.containsKey(name); again++) {
      name = trace + " (" + again + ")";
    }
    rowsByTrace.put(name, rows);
    return rows.isEmpty() ? "" : line(trace, mean(rows));
  }

  /** The line of means over the traces' means. */
  String meansOfTraces() {
    double[] sums = new double[policies.size()];
    int traces = 0;
    for (List<Row> rows : rowsByTrace.values()) {
      if (!rows.isEmpty()) {
        double[] means = mean(rows);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += means[i];
        }
        traces++;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= traces;
    }
    return traces < 2 ? "" : line("all " + traces + " traces", sums);
  }

  private double[] mean(List<Row> rows) {
    double[] means = new double[policies.size()];
    for (Row row : rows) {
      for (int i = 0; i < means.length; i++) {
        means[i] += row.results().get(i).percent() / rows.size();
      }
    }
    return means;
  }

  private String line(String trace, double[] means) {
    StringBuilder line = new StringBuilder(format("%-24s%6s%10s", shorten(trace), "mean", ""));
    for (int i = 0; i < means.length; i++) {
      line.append(format("  %" + width(policies.get(i)) + ".2f", means[i]));
      if (resident) {
        line.append(" ".repeat(10));
      }
    }
    return line.append('\n').toString();
  }

  Map<String, List<Row>> rowsByTrace() {
    return rowsByTrace;
  }

  private static String shorten(String trace) {
    return trace.length() > 24 ? trace.substring(0, 21) + "..." : trace;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
