package io.qcache.net.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A line of CLIENT LIST, reduced to the fields that both servers must agree on, in their order. */
record ClientLine(List<String> fields) {
  private static final Set<String> COMPARED =
      Set.of("name", "flags", "db", "sub", "psub", "ssub", "multi", "cmd", "user", "redir", "resp");

  /** Sorted: which of two connections came first is not the same for a server that accepts on several threads. */
  static List<ClientLine> allOf(String text) {
    List<ClientLine> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isBlank()) {
        lines.add(of(line));
      }
    }
    lines.sort(Comparator.comparing(line -> line.fields.toString()));
    return lines;
  }

  private static ClientLine of(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.strip().split(" ")) {
      String name = field.substring(0, Math.max(0, field.indexOf('=')));
      if (COMPARED.contains(name)) {
        fields.add(field);
      }
    }
    return new ClientLine(fields);
  }
}
