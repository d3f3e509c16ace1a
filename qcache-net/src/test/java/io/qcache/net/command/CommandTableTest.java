package io.qcache.net.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.net.room.Rooms;
import io.qcache.net.session.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandTableTest {
  static final class Empty extends Room {
    Empty() {
      super(Category.LIST);
    }

    @Override public void declare(CommandTable table) {
      table.command(0, "ONE").arity(2);
      Row box = table.command(1, "BOX").arity(-2);
      box.subcommand(2, "LID").arity(2);
    }

    @Override public void run(int op, Call call) {
      throw noSuchRow(op);
    }
  }

  private static Slice slice(String text) {
    return new Slice().wrap(("--" + text + "--").getBytes(StandardCharsets.ISO_8859_1), 2, text.length());
  }

  private static Slices args(String... texts) {
    Slices args = new Slices();
    for (String text : texts) {
      args.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return args;
  }

  @Test void find_takesNamesInAnyCase() {
    CommandTable table = Rooms.table();
    for (Row row : table.rows()) {
      String name = row.name();
      assertThat(table.find(slice(name))).isSameAs(row);
      assertThat(table.find(slice(name.toUpperCase(java.util.Locale.ROOT)))).isSameAs(row);
      assertThat(table.find(slice(Character.toUpperCase(name.charAt(0)) + name.substring(1)))).isSameAs(row);
      assertThat(table.find(slice(name + "~"))).isNull();
      assertThat(table.find(slice(name.substring(1) + name.charAt(0)))).satisfiesAnyOf(
          found -> assertThat(found).isNull(), found -> assertThat(found).isNotSameAs(row));
    }
  }

  @Test void find_ofAnythingElse_isNull() {
    CommandTable table = Rooms.table();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] name = new byte[random.nextInt(12)];
      random.nextBytes(name);
      Row row = table.find(new Slice().wrap(name));
      assertThat(row == null || row.name().equalsIgnoreCase(new String(name, StandardCharsets.ISO_8859_1)))
          .as("seed %d", seed).isTrue();
    }
    assertThat(table.find(new Slice())).isNull();
    assertThat(table.find(slice("get\u0000"))).isNull();
    assertThat(table.find(slice("[et"))).isNull(); // '{' & ~0x20 is '[': no letter is folded by a bit alone
    assertThat(table.find(slice("client|list"))).isNull();
  }

  @Test void find_goesIntoContainers_whereASubcommandIsNamed() {
    CommandTable table = new CommandTable().add(new Empty());
    assertThat(table.find(args("box")).name()).isEqualTo("box");
    assertThat(table.find(args("BOX", "lid")).name()).isEqualTo("box|lid");
    assertThat(table.find(args("box", "top"))).isNull();
    assertThat(table.find(args("one", "lid")).name()).isEqualTo("one");
    assertThat(table.findByFullName(slice("box|LID")).name()).isEqualTo("box|lid");
    assertThat(table.findByFullName(slice("box|top"))).isNull();
    assertThat(table.findByFullName(slice("one|lid"))).isNull();
    assertThat(table.findByFullName(slice("|"))).isNull();
  }

  @Test void declaringANameTwice_isRefused() {
    CommandTable table = new CommandTable().add(new Empty());
    assertThatThrownBy(() -> table.add(new Empty())).hasMessage("declared twice: one");
  }

  @Test void categories_followFromRoomAndFlags() {
    Row row = new CommandTable().add(new Empty()).find(slice("one"));
    assertThat(row.isIn(Category.LIST)).isTrue();
    assertThat(row.isIn(Category.SLOW)).isTrue();
    row.flags(Flag.WRITE, Flag.ADMIN, Flag.FAST);
    assertThat(row.isIn(Category.SLOW)).isFalse();
    assertThat(row.isIn(Category.WRITE)).isTrue();
    assertThat(row.isIn(Category.DANGEROUS)).isTrue();
    assertThat(row.isIn(Category.READ)).isFalse();
  }

  /** One that reads stripes beside its plan inside EXEC would wait for a plan that waits for it. */
  @Test void rowsThatTouchKeysTheyDoNotName_needTheWholeKeyspace() {
    List<Row> rows = new ArrayList<>();
    for (Row row : Rooms.table().rows()) {
      rows.add(row);
      rows.addAll(row.subcommands() == null ? List.of() : row.subcommands().rows());
    }
    for (Row row : rows) {
      boolean touchesKeys = row.is(Flag.READONLY) || row.is(Flag.WRITE) || row.name().equals("info")
          || row.name().equals("config|resetstat");
      boolean namesThemAll = !row.keys().isNone() && !row.name().startsWith("sort"); // which reads by what it sorts
      assertThat(row.needsWholeKeyspace()).as(row.name()).isEqualTo(touchesKeys && !namesThemAll);
    }
  }

  private static List<String> visited(Keys keys, String... args) {
    List<String> positions = new ArrayList<>();
    boolean whole = keys.forEach(args(args), (position, access) -> positions.add(position + access.name()));
    if (!whole) {
      positions.add("invalid");
    }
    return positions;
  }

  @Test void keys_areFoundAsDeclared() {
    assertThat(visited(Keys.NONE, "c", "a")).isEmpty();
    assertThat(visited(Keys.one(Access.READ), "c", "a", "b")).containsExactly("1READ");
    assertThat(visited(Keys.all(Access.LOOK), "c", "a", "b")).containsExactly("1LOOK", "2LOOK");
    assertThat(visited(Keys.every(2, Access.WRITE), "c", "k", "v", "k", "v")).containsExactly("1WRITE", "3WRITE");
    assertThat(visited(Keys.every(2, Access.WRITE), "c", "k", "v", "k")).containsExactly("1WRITE", "3WRITE");
    assertThat(visited(Keys.range(2, -2, 1, Access.READ), "c", "t", "a", "b", "z")).containsExactly("2READ", "3READ");
    assertThat(visited(Keys.range(1, 3, 1, Access.READ), "c", "a")).containsExactly("invalid");
    assertThat(visited(Keys.one(Access.READ).and(Keys.range(2, 2, 1, Access.WRITE)), "c", "a", "b"))
        .containsExactly("1READ", "2WRITE");
  }

  @Test void countedKeys_areThoseThatAreThere() {
    Keys keys = Keys.counted(2, Access.READ);
    assertThat(visited(keys, "c", "script", "2", "a", "b", "x")).containsExactly("3READ", "4READ");
    assertThat(visited(keys, "c", "script", "0", "a")).isEmpty();
    assertThat(visited(keys, "c", "script", "2", "a")).containsExactly("invalid");
    assertThat(visited(keys, "c", "script", "-1", "a")).containsExactly("invalid");
    assertThat(visited(keys, "c", "script", "9223372036854775807", "a")).containsExactly("invalid");
    assertThat(visited(keys, "c", "script", "x", "a")).containsExactly("invalid");
    assertThat(visited(keys, "c", "script")).containsExactly("invalid");
  }

  @Test void theKeyAmongTheOptionsOfSort_isTheLastOneOfItsKind() {
    Keys keys = Keys.one(Access.READ).and(Keys.unknown(Access.READ)).and(Keys.amongSortOptions("STORE", Access.WRITE));
    assertThat(visited(keys, "sort", "k", "by", "store", "limit", "store", "1", "store", "a", "Store", "b"))
        .containsExactly("1READ", "10WRITE");
    assertThat(visited(keys, "sort", "k", "get", "store", "store")).containsExactly("1READ");
  }

  @Test void keysBehindAWord_areFoundInAnyCase() {
    Keys keys = Keys.one(Access.READ).and(Keys.after("STORE", Access.WRITE));
    assertThat(visited(keys, "c", "k", "LIMIT", "store", "d")).containsExactly("1READ", "4WRITE");
    assertThat(visited(keys, "c", "k", "LIMIT")).containsExactly("1READ");
    assertThat(visited(keys, "c", "k", "store")).containsExactly("1READ");
  }
}
