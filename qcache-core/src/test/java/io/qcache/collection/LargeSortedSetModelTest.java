package io.qcache.collection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.MemberVisitor;
import io.qcache.engine.Slice;
import io.qcache.keyspace.KeyedHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes of one sorted set of several levels, against a set of the JDK. */
class LargeSortedSetModelTest {
  private record Scored(double score, String member) implements Comparable<Scored> {
    @Override public int compareTo(Scored other) {
      int compared = Double.compare(score, other.score);
      return compared != 0 ? compared : member.compareTo(other.member);
    }
  }

  private static Slice slice(String text) {
    return new Slice().wrap(text.getBytes(ISO_8859_1));
  }

  @ParameterizedTest @ValueSource(ints = {1, 20, 1_000_000})
  void everyMember_isWhereItsScoreSays(int scores) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LargeSortedSet set = new LargeSortedSet(new KeyedHash(random.nextLong(), random.nextLong()));
    TreeSet<Scored> model = new TreeSet<>();
    Map<String, Double> byMember = new HashMap<>();
    RankingPin pin = null;
    List<Scored> pinned = null;
    for (int round = 0; round < 6; round++) {
      boolean grows = round % 2 == 0;
      for (int i = 0; i < 12_000; i++) {
        String member = "m" + random.nextInt(14_000);
        Double old = byMember.get(member);
        if (grows || random.nextInt(4) == 0) {
          double score = random.nextInt(8) == 0 ? i : random.nextInt(4) == 0 && old != null ? old + 0.5 : random.nextInt(scores) / 4.0;
          if (old == null || old != score) {
            set.put(slice(member), score, old == null ? Double.NaN : old);
            byMember.put(member, score);
            if (old != null) {
              model.remove(new Scored(old, member));
            }
            model.add(new Scored(score, member));
          }
        } else {
          assertThat(set.remove(slice(member))).isEqualTo(old != null);
          if (old != null) {
            byMember.remove(member);
            model.remove(new Scored(old, member));
          }
        }
        if (i % 1_000 == 0) {
          ask(set, model, random, seed);
        }
        if (i % 2_000 == 0) { // for half of the time a pin is out, and sees nothing of it
          pin = set.pin();
          pinned = List.copyOf(model);
        } else if (i % 2_000 == 1_000) {
          assertThat(members(pin.walk(0, false), pin.size())).as("seed %d", seed).isEqualTo(pinned);
          pin.close();
        }
      }
      set.check();
      cut(set, model, byMember, random);
      set.check();
      ask(set, model, random, seed);
    }
    List<Scored> given = new ArrayList<>();
    set.visit(0, set.size(), false, into(given));
    assertThat(given).as("seed %d", seed).isEqualTo(List.copyOf(model));
  }

  private static List<Scored> members(RankingPin.Steps walk, long count) {
    List<Scored> members = new ArrayList<>();
    walk.visit(count, into(members));
    return members;
  }

  private static MemberVisitor into(List<Scored> members) {
    return (array, from, length, score) -> members.add(new Scored(score, new String(array, from, length, ISO_8859_1)));
  }

  private static void ask(LargeSortedSet set, TreeSet<Scored> model, Random random, long seed) {
    double bound = random.nextInt(40) / 4.0;
    assertThat(set.below(bound, false)).as("seed %d", seed).isEqualTo(model.headSet(new Scored(bound, "")).size());
    assertThat(set.below(bound, true)).as("seed %d", seed).isEqualTo(model.headSet(new Scored(bound, "\uffff")).size());
  }

  /** Takes a range out. */
  private static void cut(LargeSortedSet set, TreeSet<Scored> model, Map<String, Double> byMember, Random random) {
    int from = random.nextInt(model.size());
    int to = from + random.nextInt(Math.min(3_000, model.size() - from));
    List<Scored> gone = List.copyOf(model).subList(from, to);
    set.remove(from, to);
    gone.forEach(each -> byMember.remove(each.member));
    gone.forEach(model::remove);
  }
}
