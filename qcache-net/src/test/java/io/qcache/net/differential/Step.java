package io.qcache.net.differential;

import io.qcache.resp.GrowingOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that one connection sends without another coming between, each after the reply to the one before or all at
 * once.  Afterwards the run waits until {@code settleMillis} have passed, for deadlines as near as that.
 */
record Step(int lane, boolean pipelined, int settleMillis, List<Command> commands) {

  static Step oneByOne(int lane, List<Command> commands) {
    return new Step(lane, false, 0, commands);
  }

  static Step pipeline(int lane, List<Command> commands) {
    return new Step(lane, true, 0, commands);
  }

  Step settling(int millis) {
    return new Step(lane, pipelined, millis, commands);
  }

  byte[] encoded() {
    return encoded(commands);
  }

  static byte[] encoded(List<Command> commands) {
    GrowingOutput out = new GrowingOutput();
    commands.forEach(command -> command.writeTo(out));
    return out.toByteArray();
  }

  /** The same commands, each a step of its own. */
  List<Step> single() {
    List<Step> singles = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      Step one = oneByOne(lane, List.of(commands.get(i)));
      singles.add(i == commands.size() - 1 ? one.settling(settleMillis) : one);
    }
    return singles;
  }

  @Override public String toString() {
    StringBuilder text = new StringBuilder();
    for (Command command : commands) {
      text.append("  ").append(lane).append(pipelined ? ">> " : "> ").append(command).append('\n');
    }
    if (settleMillis > 0) {
      text.append("  (").append(settleMillis).append(" ms pass)\n");
    }
    return text.toString();
  }
}
