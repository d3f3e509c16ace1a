package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does COMMAND say the same as redis-server of every command that we have? */
@Tag("differential")
final class CommandTableDifferential {
  /** What of COMMAND DOCS is prose. */
  private static final Set<String> PROSE = Set.of("summary", "complexity", "history", "replaced_by");

  @ParameterizedTest @ValueSource(strings = {"2", "3"})
  void everyCommandOfOurs_isDescribedAsByRedis(String protocol) throws Exception {
    List<String> differences = new ArrayList<>();
    Settings settings = Settings.fromProperties();
    try (RedisServer redis = RedisServer.start(settings.redisServer()); Target target = Target.open(settings);
        Pair pair = new Pair(redis.address(), target.address())) {
      pair.ask(Command.of("HELLO", protocol));
      for (String name : namesOf(pair.ask(Command.of("COMMAND", "LIST")).ours())) {
        compareInfo(pair, name, differences);
        compareDocs(pair, name, differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static Set<String> namesOf(Frame list) {
    Set<String> names = new TreeSet<>();
    list.elements().forEach(name -> names.add(name.text()));
    assertThat(names).contains("get", "client|list");
    return names;
  }

  private static void compareInfo(Pair pair, String name, List<String> differences) {
    Pair.Answer answer = pair.ask(Command.of("COMMAND", "INFO", name));
    boolean isOfRedis = !answer.redis().elements().get(0).isNull(); // CLIENT SETINFO came later
    if (isOfRedis && !sameFields(answer)) {
      differences.add("INFO " + name + "\n  " + answer.redis() + "\n  " + answer.ours());
    }
  }

  /** But for the last, the subcommands: we do not have them all. */
  private static boolean sameFields(Pair.Answer answer) {
    List<Frame> redis = answer.redis().elements().get(0).elements();
    List<Frame> ours = answer.ours().elements().get(0).elements();
    boolean same = redis.size() == ours.size();
    for (int i = 0; same && i < redis.size() - 1; i++) {
      same = Allowance.ROW.same(redis.get(i), ours.get(i), 0);
    }
    return same;
  }

  private static void compareDocs(Pair pair, String name, List<String> differences) {
    Pair.Answer answer = pair.ask(Command.of("COMMAND", "DOCS", name));
    List<Frame> redis = answer.redis().elements();
    List<Frame> ours = answer.ours().elements();
    if (redis.isEmpty()) {
      return;
    }
    List<String> wanted = facts(redis.get(1));
    List<String> given = ours.isEmpty() ? List.of() : facts(ours.get(1));
    if (!wanted.equals(given)) {
      differences.add("DOCS " + name + "\n  " + wanted + "\n  " + given);
    }
  }

  private static List<String> facts(Frame docs) {
    List<String> facts = new ArrayList<>();
    List<Frame> pairs = docs.elements();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      String field = new String(pairs.get(i).body(), StandardCharsets.UTF_8);
      if (!PROSE.contains(field) && !field.equals("subcommands")) {
        facts.add(field + " " + pairs.get(i + 1));
      }
    }
    return facts;
  }
}
