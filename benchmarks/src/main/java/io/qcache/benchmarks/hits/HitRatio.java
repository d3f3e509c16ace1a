package io.qcache.benchmarks.hits;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which policy serves most of a trace's requests from how many entries?  See {@link #USAGE}. */
public final class HitRatio {
  static final String USAGE = """
      Usage: HitRatio [option]... TRACE...
      TRACE is a file of key numbers (text or 32-bit records, plain or gzip), - for standard input, or one of
        NAME:option=value,...  with NAME of %s
        and the options keys, requests, skew, seed, and the name's own
      Options:
        --sizes LIST     entries, or percent of the distinct keys; default 5%%,10%%,25%%,50%%
        --least N        leave out sizes of fewer entries; default 1
        --policies LIST  default LRU,CLOCK,S3-FIFO,optimum; with -Ppeers in the build also Caffeine
                         (an option of a policy: 'S3-FIFO:small=0.2'; with ; instead of , between policies)
        --resident       also show the mean number of entries held
        --svg FILE       draw hit ratio over size, a chart a trace
      """.formatted(String.join(" ", Synthetic.NAMES));

  private Sizes sizes;
  private List<Spec> policies;
  private boolean resident;
  private Path svg;
  private final List<String> traces = new ArrayList<>();

  private HitRatio(String[] arguments) {
    String wantedSizes = "5%,10%,25%,50%";
    String wantedPolicies = "LRU,CLOCK,S3-FIFO,optimum";
    int least = 1;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--sizes" -> wantedSizes = value(arguments, ++i);
        case "--least" -> least = new Spec("--least:n=" + value(arguments, ++i)).whole("n", 1, 1, Integer.MAX_VALUE);
        case "--policies" -> wantedPolicies = value(arguments, ++i);
        case "--resident" -> resident = true;
        case "--svg" -> svg = Path.of(value(arguments, ++i));
        default -> {
          if (arguments[i].startsWith("--")) {
            throw new BadInput("no option " + arguments[i]);
          }
          traces.add(arguments[i]);
        }
      }
    }
    if (traces.isEmpty()) {
      throw new BadInput("no trace named");
    }
    sizes = new Sizes(wantedSizes, least);
    policies = Arrays.stream(wantedPolicies.split(wantedPolicies.contains(";") || wantedPolicies.contains(":")
        ? ";" : ",")).map(Spec::new).toList();
  }

  private static String value(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new BadInput(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private void run(InputStream in, PrintStream out) {
    Table table = new Table(policies, resident);
    out.print(table.head());
    for (String name : traces) {
      Trace trace = open(name, in);
      List<Table.Row> rows = new ArrayList<>();
      for (Sizes.Size size : sizes.of(trace.distinct())) {
        List<Result> results = new ArrayList<>();
        for (Spec policy : policies) {
          // A spec is used up by who takes its options: each run gets its own.
          Policy opened = Policies.open(new Spec(policy.toString()), size.entries(), trace);
          results.add(Result.measure(opened, trace, size.entries(), size.label()));
        }
        rows.add(new Table.Row(size, results));
        out.print(table.row(trace.name(), rows.get(rows.size() - 1)));
        out.flush();
      }
      out.print(table.means(trace.name(), rows));
    }
    out.print(table.meansOfTraces());
    if (svg != null) {
      draw(table);
    }
  }

  private static Trace open(String name, InputStream in) {
    String first = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    return Synthetic.NAMES.contains(first) ? Synthetic.make(new Spec(name)) : TraceFile.read(name, in);
  }

  private void draw(Table table) {
    try {
      Files.writeString(svg, Chart.of(policies, table.rowsByTrace()), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new BadInput("cannot write " + svg + ": " + failed);
    }
  }

  /** Runs as the command line does, but without leaving the JVM; answers what it would exit with. */
  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    if (Arrays.asList(arguments).contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      new HitRatio(arguments).run(in, out);
      return 0;
    } catch (BadInput bad) {
      err.println("HitRatio: " + bad.getMessage());
      return 2;
    }
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(arguments, System.in, System.out, System.err));
  }
}
