package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private static final int STEPS = 3_000;

  @Test void theSameSeed_givesTheSameConversation() {
    assertThat(text(steps(7))).isEqualTo(text(steps(7))).isNotEqualTo(text(steps(8)));
  }

  @Test void everyRowOfTheTable_isDrawn() {
    Set<String> drawn = new HashSet<>();
    for (Command command : commands(42)) {
      drawn.add(command.name());
    }
    assertThat(drawn).contains("SET", "GETEX", "INCRBYFLOAT", "COPY", "SWAPDB", "WATCH", "SUBSTR", "QUIT", "RESET");
  }

  /** A key that expired by itself between the two servers' turns would be a difference without a mistake. */
  @Test void deadlines_lieFarAway_butInTheStepsThatWaitForThem() {
    for (Step step : steps(11)) {
      for (Command command : step.commands()) {
        if (step.settleMillis() == 0 && (command.name().equals("EXPIRE") || command.name().equals("PEXPIRE"))) {
          assertThat(isSoon(command)).as(command.toString()).isFalse();
        }
      }
    }
  }

  @Test void nobody_isKilled_norTheServerChanged() {
    for (Command command : commands(5)) {
      String text = command.toString().toUpperCase(Locale.ROOT);
      assertThat(text).doesNotStartWith("SHUTDOWN").doesNotStartWith("DEBUG").doesNotStartWith("CLIENT KILL SKIPME");
      assertThat(text).doesNotMatch("CLIENT KILL TYPE NORMAL.*");
    }
  }

  private static boolean isSoon(Command command) {
    List<byte[]> arguments = command.arguments();
    if (arguments.size() < 3) {
      return false;
    }
    String time = new String(arguments.get(2), StandardCharsets.ISO_8859_1);
    return time.matches("[1-9]\\d{0,2}");
  }

  private static List<Command> commands(long seed) {
    return steps(seed).stream().flatMap(step -> step.commands().stream()).toList();
  }

  private static List<Step> steps(long seed) {
    CommandTable table = CommandTable.of(CommandsDifferential.GROUPS);
    Script script = new Script(table, new Dice(seed));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(script.next());
    }
    return steps;
  }

  private static String text(List<Step> steps) {
    return steps.toString();
  }
}
