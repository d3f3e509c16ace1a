package io.qcache.net.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Slice;
import io.qcache.net.room.Rooms;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandReplyTest {
  /** A reply of RESP2 as lists, texts and numbers. */
  private static Object parse(String[] lines, int[] at) {
    String line = lines[at[0]++];
    return switch (line.charAt(0)) {
      case '*' -> {
        List<Object> list = new ArrayList<>();
        for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
          list.add(parse(lines, at));
        }
        yield list;
      }
      case '$' -> lines[at[0]++];
      case '+' -> line.substring(1);
      case ':' -> Long.valueOf(line.substring(1));
      default -> throw new AssertionError(line);
    };
  }

  private static List<?> info(Row row) {
    GrowingOutput out = new GrowingOutput();
    new CommandReply(new ReplyWriter(out)).info(row);
    return (List<?>) parse(new String(out.toByteArray(), StandardCharsets.US_ASCII).split("\r\n"), new int[1]);
  }

  private static String infoThree(Row row) {
    GrowingOutput out = new GrowingOutput();
    ReplyWriter writer = new ReplyWriter(out);
    writer.protocol(3);
    new CommandReply(writer).info(row);
    return new String(out.toByteArray(), StandardCharsets.US_ASCII);
  }

  private static Map<String, String[]> reference() throws IOException {
    Map<String, String[]> rows = new HashMap<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        CommandReplyTest.class.getResourceAsStream("commands.tsv"), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t", -1);
        if (!line.startsWith("#")) {
          rows.put(columns[1], columns);
        }
      }
    }
    return rows;
  }

  private static List<Row> allRows() {
    List<Row> rows = new ArrayList<>();
    for (Row row : Rooms.table().rows()) {
      rows.add(row);
      if (row.subcommands() != null) {
        rows.addAll(row.subcommands().rows());
      }
    }
    return rows;
  }

  private static List<String> words(String list) {
    return list.isEmpty() ? List.of() : List.of(list.split(","));
  }

  @Test void info_isWhatRedisSays_ofEveryCommandThatItLists() throws IOException {
    Map<String, String[]> reference = reference();
    List<String> unlisted = new ArrayList<>();
    for (Row row : allRows()) {
      String[] columns = reference.get(row.name());
      if (columns == null) {
        unlisted.add(row.name());
        continue;
      }
      List<?> info = info(row);
      assertThat(info.get(0)).isEqualTo(row.name());
      assertThat(info.get(1)).as(row.name()).isEqualTo(Long.valueOf(columns[2]));
      assertThat(info.get(2)).as(row.name()).isEqualTo(words(columns[3]));
      for (int i = 3; i < 6; i++) {
        assertThat(info.get(i)).as(row.name()).isEqualTo(Long.valueOf(columns[i + 1]));
      }
      assertThat(((List<?>) info.get(6)).stream().map(each -> each.toString().substring(1)).toList())
          .as(row.name()).isEqualTo(words(columns[7]));
    }
    assertThat(unlisted).containsExactlyInAnyOrder("client|setinfo", "client|no-touch", // came with 7.2
        "hexpire", "hpexpire", "hexpireat", "hpexpireat", "httl", "hpttl", "hexpiretime", "hpexpiretime", "hpersist"); // with 7.4
  }

  @Test void info_ofEveryCommandThatIssueTwoAsksFor_isThere() {
    List<String> names = allRows().stream().map(Row::name).toList();
    assertThat(names).contains(("append decr decrby get getdel getex getrange getset incr incrby incrbyfloat mget mset "
        + "msetnx psetex set setex setnx setrange strlen substr copy del exists expire expireat expiretime keys move "
        + "persist pexpire pexpireat pexpiretime pttl randomkey rename renamenx scan touch ttl type unlink ping echo "
        + "quit select hello auth reset client|id client|info client|list client|setname client|getname client|setinfo "
        + "client|reply client|kill client|help command command|count command|list command|info command|docs "
        + "command|getkeys command|getkeysandflags command|help info config|get config|set config|resetstat "
        + "config|help dbsize flushdb flushall swapdb time multi exec discard watch unwatch").split(" "));
    assertThat(names).doesNotContain("config|rewrite", "dump");
  }

  @Test void info_inRespThree_usesItsTypes() {
    assertThat(infoThree(Rooms.table().find(new Slice().wrap("get".getBytes(StandardCharsets.US_ASCII)))))
        .isEqualTo("*10\r\n$3\r\nget\r\n:2\r\n~2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n"
            + "~3\r\n+@read\r\n+@string\r\n+@fast\r\n~0\r\n~1\r\n%3\r\n$5\r\nflags\r\n~2\r\n+RO\r\n+access\r\n"
            + "$12\r\nbegin_search\r\n%2\r\n$4\r\ntype\r\n$5\r\nindex\r\n$4\r\nspec\r\n%1\r\n$5\r\nindex\r\n:1\r\n"
            + "$9\r\nfind_keys\r\n%2\r\n$4\r\ntype\r\n$5\r\nrange\r\n$4\r\nspec\r\n"
            + "%3\r\n$7\r\nlastkey\r\n:0\r\n$7\r\nkeystep\r\n:1\r\n$5\r\nlimit\r\n:0\r\n~0\r\n");
  }

  @Test void info_ofMovableKeys_saysWhereTheyAre() {
    Row row = new Row(new CommandTableTest.Empty(), 0, "EVAL", null).arity(-3)
        .keys(Keys.counted(2, Access.READ_WRITE).and(Keys.after("STORE", Access.WRITE)));
    List<?> info = info(row);
    assertThat(info.get(2)).isEqualTo(List.of("movablekeys"));
    assertThat(info.subList(3, 6)).isEqualTo(List.of(0L, 0L, 0L));
    assertThat(info.get(8).toString()).isEqualTo("[[flags, [RW, access, update], "
        + "begin_search, [type, index, spec, [index, 2]], "
        + "find_keys, [type, keynum, spec, [keynumidx, 0, firstkey, 1, keystep, 1]]], "
        + "[flags, [OW, update], begin_search, [type, keyword, spec, [keyword, STORE, startfrom, 1]], "
        + "find_keys, [type, range, spec, [lastkey, 0, keystep, 1, limit, 0]]]]");
  }

  @Test void docs_areThereForEveryRow() {
    for (Row row : allRows()) {
      CommandDocs docs = CommandDocs.of(row);
      List<String> facts = docs.facts.stream().map(each -> each[0]).toList();
      assertThat(facts).as(row.name()).contains("summary", "since", "group");
      int least = Math.abs(row.arity()) - (row.container() == null ? 1 : 2);
      if (!row.name().startsWith("command|") && row.subcommands() == null) {
        long must = docs.arguments.stream().filter(each -> !each.flags.contains("optional"))
            .mapToLong(each -> each.type.equals("block") ? each.arguments.size() : 1).sum();
        assertThat(must).as("arguments of %s", row.name())
            .isEqualTo(row.name().equals("client|setinfo") ? 1 : hasTokenBefore(docs) ? least - 1 : least);
      }
    }
  }

  /** Whether a block that must be there has a word of its own before it. */
  private static boolean hasTokenBefore(CommandDocs docs) {
    return docs.arguments.stream().anyMatch(each -> each.type.equals("block") && !each.flags.contains("optional")
        && each.facts.stream().anyMatch(fact -> fact[0].equals("token")));
  }

  @Test void docs_replyATreeOfArguments() {
    GrowingOutput out = new GrowingOutput();
    new CommandReply(new ReplyWriter(out))
        .docs(Rooms.table().find(new Slice().wrap("copy".getBytes(StandardCharsets.US_ASCII))));
    String reply = "*2\r\n" + new String(out.toByteArray(), StandardCharsets.US_ASCII);
    Object docs = parse(reply.split("\r\n"), new int[1]);
    assertThat(docs.toString()).endsWith("arguments, [[name, source, type, key, key_spec_index, 0], "
        + "[name, destination, type, key, key_spec_index, 1], "
        + "[name, destination-db, type, integer, token, DB, flags, [optional]], "
        + "[name, replace, type, pure-token, token, REPLACE, flags, [optional]]]]]");
  }
}
