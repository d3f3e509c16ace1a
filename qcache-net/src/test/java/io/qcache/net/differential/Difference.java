package io.qcache.net.differential;

/** A command that the two servers answered differently, or a difference of what they hold, as {@code command} says. */
record Difference(String command, String name, Frame redis, Frame ours) {
  static Difference of(Command command, Pair.Answer answer) {
    return new Difference(command.toString(), command.fullName(), answer.redis(), answer.ours());
  }

  static Difference inExec(Command queued, Pair.Answer answer) {
    return new Difference("EXEC of " + queued, "EXEC of " + queued.fullName(), answer.redis(), answer.ours());
  }

  static Difference ofState(String what, String name, Pair.Answer answer) {
    return new Difference(what, name, answer.redis(), answer.ours());
  }

  /** Equal for differences that are probably the same mistake. */
  String kind() {
    return name + ": " + kind(redis) + " / " + kind(ours);
  }

  private static String kind(Frame frame) {
    if (!frame.isReply()) {
      return frame.toString();
    }
    if (!frame.isError()) {
      return frame.isNull() ? "null" : String.valueOf(frame.type());
    }
    String line = frame.line();
    int echo = line.indexOf('\''); // behind it stands what the client sent
    return line.substring(0, Math.min(echo < 0 ? line.length() : echo, 40));
  }

  @Override public String toString() {
    return "  command: " + shortened(command) + "\n  Redis:   " + redis + "\n  ours:    " + ours + "\n";
  }

  private static String shortened(String text) {
    return text.length() <= 1000 ? text : text.substring(0, 1000) + "…";
  }
}
