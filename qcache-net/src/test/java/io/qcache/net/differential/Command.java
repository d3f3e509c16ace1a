package io.qcache.net.differential;

import io.qcache.resp.GrowingOutput;
import io.qcache.resp.RequestWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A request and what its two replies may differ in.  The arrays are not copied and nobody writes into them.
 *
 * <ul>
 *   <li>{@code silent}: no reply follows (CLIENT REPLY has said so);
 *   <li>{@code inline}: sent as a quoted line instead of an array of bulk strings.
 * </ul>
 */
record Command(List<byte[]> arguments, Allowance allowance, boolean silent, boolean inline) {

  /** An ordinary one whose replies must have the same bytes. */
  static Command of(String... words) {
    return new Command(List.of(words).stream().map(Command::latin1).toList(), Allowance.NONE, false, false);
  }

  Command allowing(Allowance other) {
    return new Command(arguments, other, silent, inline);
  }

  Command silently() {
    return new Command(arguments, allowance, true, inline);
  }

  /** Its first word in capitals. */
  String name() {
    return word(0);
  }

  /** With the second word, if that is a subcommand. */
  String fullName() {
    return switch (name()) {
      case "CLIENT", "COMMAND", "CONFIG", "OBJECT" -> (name() + " " + word(1)).strip();
      default -> name();
    };
  }

  private String word(int i) {
    return arguments.size() <= i ? ""
        : new String(arguments.get(i), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
  }

  void writeTo(GrowingOutput out) {
    if (inline) {
      byte[] line = latin1(this + "\r\n");
      out.bytes(line, 0, line.length);
      return;
    }
    RequestWriter writer = new RequestWriter(out);
    writer.command(arguments.size());
    arguments.forEach(writer::argument);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** As it would be typed. */
  @Override public String toString() {
    return arguments.stream().map(Escapes::argument).collect(Collectors.joining(" "));
  }
}
