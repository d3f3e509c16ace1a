package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ListEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SortOpsTest {
  private final Engine engine = Engine.open(new Engine.Settings());
  private final Database db = engine.database(0);

  @AfterEach void close() {
    engine.close();
  }

  private static Slice slice(String text) {
    return new Slice().wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void list(String key, String... elements) {
    Slices slices = new Slices();
    for (String element : elements) {
      slices.add(element.getBytes(StandardCharsets.ISO_8859_1));
    }
    ListOps.push(db, slice(key), slices, 0, ListEnd.LAST, false);
  }

  private void set(String key, String value) {
    StringOps.set(db, slice(key), slice(value), StringOps.If.ALWAYS, Deadline.NONE, null);
  }

  private List<String> sorted(SortOptions options) {
    List<String> texts = new ArrayList<>();
    for (byte[] each : SortOps.sort(db, slice("l"), options)) {
      texts.add(each == null ? null : new String(each, StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  @Test void numbers_areSortedAsNumbers_andBytesAsBytes() {
    list("l", "10", "9", "-1.5", "", "1e1", "inf");
    assertThat(sorted(new SortOptions())).containsExactly("-1.5", "", "9", "10", "1e1", "inf");
    SortOptions bytes = new SortOptions();
    bytes.alphabetical();
    bytes.descending(true);
    assertThat(sorted(bytes)).containsExactly("inf", "9", "1e1", "10", "-1.5", "");
    list("l", "nan");
    assertThatThrownBy(() -> sorted(new SortOptions())).hasMessageContaining("can't be converted into double");
  }

  @Test void patterns_leadToStringsAndFields_orToNothing() {
    list("l", "1", "2", "3");
    set("w:1", "30");
    set("w:2", "20");
    Slices pairs = new Slices();
    pairs.add("f".getBytes(StandardCharsets.ISO_8859_1));
    pairs.add("field".getBytes(StandardCharsets.ISO_8859_1));
    HashOps.set(db, slice("h:2"), pairs, 0);
    SortOptions options = new SortOptions();
    options.by(slice("w:*"));
    for (String pattern : List.of("#", "w:*", "h:*->f", "w:*->f", "h:*", "w:1", "h:*->")) {
      options.get(slice(pattern));
    }
    assertThat(sorted(options)).containsExactly("3", null, null, null, null, null, null,
        "2", "20", "field", null, null, null, null, "1", "30", null, null, null, null, null);
  }

  @Test void limits_areCutToWhatIsThere() {
    list("l", "3", "1", "2");
    assertThat(limited(1, 1)).containsExactly("2");
    assertThat(limited(-5, 2)).containsExactly("1", "2");
    assertThat(limited(2, Long.MAX_VALUE)).containsExactly("3");
    assertThat(limited(Long.MAX_VALUE, 1)).isEmpty();
    assertThat(limited(0, Long.MIN_VALUE)).containsExactly("1", "2", "3");
    assertThat(limited(1, 0)).isEmpty();
  }

  private List<String> limited(long first, long count) {
    SortOptions options = new SortOptions();
    options.limit(first, count);
    return sorted(options);
  }

  @Test void whatIsNotSorted_comesInItsOrder_orFromBehind() {
    list("l", "3", "1", "2");
    SortOptions options = new SortOptions();
    options.by(slice("nosort"));
    assertThat(sorted(options)).containsExactly("3", "1", "2");
    options.descending(true);
    options.limit(0, 2);
    assertThat(sorted(options)).containsExactly("2", "1");
  }

  @Test void store_replacesWhateverWasThere_shortOrLong() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int size : new int[] {1, 5, 20_000}) {
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        wanted.add(Integer.toString(random.nextInt()));
      }
      Slices key = new Slices();
      key.add("l".getBytes(StandardCharsets.ISO_8859_1));
      KeyOps.delete(db, key, 0);
      list("l", wanted.toArray(String[]::new));
      set("to", "x".repeat(100_000));
      assertThat(SortOps.store(db, slice("l"), new SortOptions(), slice("to"))).isEqualTo(size);
      wanted.sort((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
      ValueList out = new ValueList();
      ListOps.range(db, slice("to"), 0, -1, out);
      assertThat(out.all().stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).toList())
          .as("seed %d", seed).isEqualTo(wanted);
    }
    SortOptions none = new SortOptions();
    none.limit(5, 0);
    assertThat(SortOps.store(db, slice("l"), none, slice("to"))).isZero();
    assertThat(KeyOps.type(db, slice("to"))).isNull();
  }
}
