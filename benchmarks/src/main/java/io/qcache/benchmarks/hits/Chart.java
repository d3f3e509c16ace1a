package io.qcache.benchmarks.hits;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Line charts as SVG, one under the other, a trace each: hit ratio over size.  Sizes are on a logarithmic axis, since
 * each is a multiple of the one before rather than a step more.
 */
final class Chart {
  private static final int WIDTH = 760, HEIGHT = 380, LEFT = 64, RIGHT = 190, TOP = 48, BOTTOM = 60;
  private static final String[] COLOURS = // Okabe and Ito's, told apart by the colour-blind too
      {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"};
  private static final String[] DASHES = {"none", "7 3", "2 3"};

  private final StringBuilder svg = new StringBuilder();
  private final List<Spec> policies;
  private final List<Table.Row> rows;
  private final int top; // of this chart in the whole drawing
  private final int least; // percent at the lower end of the axis: near the lowest, so that close lines can be told apart
  private final int most; // at the upper
  private final double smallest;
  private final double largest; // entries

  private Chart(List<Spec> policies, List<Table.Row> rows, int top) {
    this.policies = policies;
    this.rows = rows;
    this.top = top;
    double lowest = 100;
    double highest = 0;
    double low = Double.MAX_VALUE;
    double high = 0;
    for (Table.Row row : rows) {
      low = Math.min(low, row.size().entries());
      high = Math.max(high, row.size().entries());
      for (Result result : row.results()) {
        lowest = Math.min(lowest, result.percent());
        highest = Math.max(highest, result.percent());
      }
    }
    smallest = low;
    largest = high;
    least = (int) Math.min(90, Math.floor(lowest / 10) * 10);
    most = (int) Math.max(least + 10, Math.ceil(highest / 10) * 10);
  }

  /** The whole drawing; traces without a row are left out. */
  static String of(List<Spec> policies, Map<String, List<Table.Row>> rowsByTrace) {
    StringBuilder charts = new StringBuilder();
    int count = 0;
    for (Map.Entry<String, List<Table.Row>> trace : rowsByTrace.entrySet()) {
      if (!trace.getValue().isEmpty()) {
        Chart chart = new Chart(policies, trace.getValue(), HEIGHT * count++);
        charts.append(chart.draw(trace.getKey()));
      }
    }
    int height = Math.max(1, count) * HEIGHT;
    return format("""
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="sans-serif" font-size="12" fill="#222">
        <rect width="100%%" height="100%%" fill="white"/>
        """, WIDTH, height, WIDTH, height) + charts + "</svg>\n";
  }

  private String draw(String trace) {
    text(LEFT, top + 26, "start", trace, " font-size=\"15\" font-weight=\"bold\"");
    axes();
    for (int i = 0; i < policies.size(); i++) {
      line(i);
      legend(i);
    }
    return svg.toString();
  }

  private void axes() {
    for (int percent = least; percent <= most; percent += 10) {
      append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
          LEFT, WIDTH - RIGHT, y(percent), y(percent));
      text(LEFT - 8, y(percent) + 4, "end", Integer.toString(percent), "");
    }
    double free = -1; // labels that would lie over one another are left out
    for (Table.Row row : rows) {
      double x = x(row.size().entries());
      append("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#888\"/>%n", x, x, y(least), y(least) + 4);
      if (x > free) {
        text(x, y(least) + 18, "middle", format("%,d", row.size().entries()), "");
        free = x + 50;
      }
    }
    append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#888\"/>%n",
        LEFT, WIDTH - RIGHT, y(least), y(least));
    text((LEFT + WIDTH - RIGHT) / 2.0, y(least) + 40, "middle", "entries", "");
    double middle = (y(least) + y(most)) / 2;
    text(18, middle, "middle", "hit ratio in percent", format(" transform=\"rotate(-90 18 %.1f)\"", middle));
  }

  private void line(int policy) {
    StringBuilder points = new StringBuilder();
    for (Table.Row row : rows) {
      double x = x(row.size().entries());
      double y = y(row.results().get(policy).percent());
      points.append(format("%.1f,%.1f ", x, y));
      append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" fill=\"%s\"/>%n", x, y, colour(policy));
    }
    append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-dasharray=\"%s\"/>%n",
        points.toString().strip(), colour(policy), dash(policy));
  }

  private void legend(int policy) {
    int x = WIDTH - RIGHT + 16;
    int y = top + TOP + 8 + policy * 20;
    append("<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"1.8\" "
        + "stroke-dasharray=\"%s\"/>%n", x, x + 24, y, y, colour(policy), dash(policy));
    text(x + 30, y + 4, "start", policies.get(policy).toString(), "");
  }

  private static String colour(int policy) {
    return COLOURS[policy % COLOURS.length];
  }

  private static String dash(int policy) {
    return DASHES[policy / COLOURS.length % DASHES.length];
  }

  private double x(double entries) {
    double width = WIDTH - RIGHT - LEFT - 24;
    return LEFT + 12 + (largest == smallest ? width / 2
        : width * Math.log(entries / smallest) / Math.log(largest / smallest));
  }

  private double y(double percent) {
    return top + HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (percent - least) / (most - least);
  }

  private void text(double x, double y, String anchor, String words, String more) {
    append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n", x, y, anchor, more, escape(words));
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replaceAll("\\p{Cntrl}", "?");
  }

  private void append(String format, Object... values) {
    svg.append(format(format, values));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }
}
