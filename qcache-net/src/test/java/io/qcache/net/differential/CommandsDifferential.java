package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Do we answer random commands as redis-server does, byte for byte, let those who listen hear the same of
 * the keys, and hold the same afterwards?  Opt-in:
 * {@code mvn -Pdifferential -pl qcache-net -am verify}; see {@link Settings} for what it can be told.
 */
@Tag("differential")
final class CommandsDifferential {
  static final List<CommandGroup> GROUPS = List.of(new StringCommands(), new BitCommands(), new ListCommands(),
      new HashCommands(), new SetCommands(), new SortedSetCommands(), new BlockingCommands(), new KeyCommands(),
      new SortCommands(), new TransactionCommands(), new ConnectionCommands(), new ServerCommands());

  @Test void randomCommands_areAnsweredAsByRedis_andLeaveTheSameBehind() throws Exception {
    Settings settings = Settings.fromProperties();
    System.out.println("differential: " + settings);
    Tally tally = new Tally();
    long start = System.nanoTime();
    try (RedisServer redis = RedisServer.start(settings.redisServer());
        Target target = Target.open(settings);
        Duel duel = new Duel(redis.address(), target.address(), tally)) {
      CommandTable table = CommandTable.of(GROUPS);
      System.out.println("differential: not there yet: " + table.without(duel.missingCommands()));
      String differences = new Run(settings, duel, table).play();
      System.out.println("differential: " + (System.nanoTime() - start) / 1_000_000 + " ms, "
          + duel.eventsHeard() + " events, " + tally);
      assertThat(differences).as("differences, seed " + settings.seed()).isEmpty();
    }
  }
}
