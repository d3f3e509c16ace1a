package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.log.ForcePolicy;
import io.qcache.net.option.CommandLine;
import io.qcache.net.option.OptionException;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import io.qcache.snapshot.Snapshots;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the program does with files instead of serving. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class OfflineIT {
  private static final String RUNNABLE =
      Path.of(System.getProperty("project.build.directory", "target"), "qcache-net.jar").toString();
  private static final long FAR = 4_000_000_000_000L; // milliseconds

  @TempDir Path directory;

  private boolean perform(String... words) throws Exception {
    CommandLine line = CommandLine.parse(words);
    try (Engine engine = Engine.open(new Engine.Settings().databases(16).log((level, text) -> { }))) {
      return Offline.perform(line, engine);
    }
  }

  /** All kinds of values, small and large, of any bytes; with a seed to be told. */
  private static void fill(Client client, Random random) {
    for (int db : new int[] {0, 7}) {
      client.call("SELECT", Integer.toString(db));
      for (int i = 0; i < 200; i++) {
        client.call("SET", "string" + i, bytes(random, random.nextInt(100)));
      }
      client.call("SET", "large", bytes(random, 300_000));
      client.call("SET", "empty", "");
      client.call("PEXPIREAT", "string1", Long.toString(FAR + 7));
      for (String size : new String[] {"5", "1500"}) {
        for (int i = 0; i < Integer.parseInt(size); i++) {
          client.call("RPUSH", "list" + size, bytes(random, random.nextInt(300)));
          client.call("SADD", "set" + size, bytes(random, 8));
          client.call("HSET", "hash" + size, "f" + i, bytes(random, random.nextInt(50)));
          client.call("HSET", "timed" + size, "f" + i, "v" + i);
          client.call("ZADD", "sorted" + size, Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)), "m" + i);
        }
        client.call("ZADD", "sorted" + size, "inf", "a", "-inf", "b", "17", "c");
        client.call("HPEXPIREAT", "timed" + size, Long.toString(FAR), "FIELDS", "2", "f1", "f3");
        client.call("PEXPIREAT", "list" + size, Long.toString(FAR));
      }
      client.call("RPUSH", "long", bytes(random, 200_000), "b", bytes(random, 70_000));
    }
  }

  private static String bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Everything a server holds, the elements of what has no order in theirs. */
  private static Map<String, String> contents(Client client) {
    Map<String, String> all = new TreeMap<>();
    for (String db : new String[] {"0", "7"}) {
      client.call("SELECT", db);
      for (String key : array(client.call("KEYS", "*"))) {
        String value = switch (client.call("TYPE", key).trim()) {
          case "+string" -> client.call("GET", key);
          case "+list" -> client.call("LRANGE", key, "0", "-1");
          case "+set" -> sorted(client.call("SMEMBERS", key), 1);
          case "+hash" -> sorted(client.call("HGETALL", key), 2) + deadlines(client, key);
          default -> client.call("ZRANGE", key, "0", "-1", "WITHSCORES");
        };
        all.put(db + " " + key, client.call("PEXPIRETIME", key) + value);
      }
    }
    return all;
  }

  private static String deadlines(Client client, String key) {
    StringBuilder all = new StringBuilder();
    for (String field : new String[] {"f0", "f1", "f2", "f3"}) {
      all.append(client.call("HPEXPIRETIME", key, "FIELDS", "1", field));
    }
    return all.toString();
  }

  private static String[] array(String reply) {
    int[] at = {reply.indexOf('\n') + 1};
    String[] elements = new String[Integer.parseInt(reply.substring(1, at[0] - 2))];
    for (int i = 0; i < elements.length; i++) {
      int lineEnd = reply.indexOf("\r\n", at[0]);
      int length = Integer.parseInt(reply.substring(at[0] + 1, lineEnd));
      elements[i] = reply.substring(lineEnd + 2, lineEnd + 2 + length);
      at[0] = lineEnd + 4 + length;
    }
    return elements;
  }

  private static String sorted(String reply, int each) {
    String[] elements = array(reply);
    String[] together = new String[elements.length / each];
    for (int i = 0; i < together.length; i++) {
      together[i] = String.join("=", Arrays.copyOfRange(elements, i * each, (i + 1) * each));
    }
    Arrays.sort(together);
    return String.join(",", together);
  }

  /** A directory with a snapshot and a log behind it; what they hold. */
  private Map<String, String> written(long seed) throws Exception {
    try (Harness harness = new Harness(); Snapshots snapshots = new Snapshots(harness.engine, Directory.at(directory))) {
      Client client = harness.client();
      fill(client, new Random(seed));
      snapshots.startLog(ForcePolicy.NO);
      snapshots.save();
      client.call("SELECT", "0");
      client.call("SET", "behind", "1");
      client.call("DEL", "list5");
      Map<String, String> all = contents(client);
      snapshots.stopLog();
      assertThat(Directory.at(directory).names()).hasSize(3);
      return all;
    }
  }

  private String[] words(String... more) {
    String[] words = Arrays.copyOf(new String[] {"--dir", directory.toString()}, 2 + more.length);
    System.arraycopy(more, 0, words, 2, more.length);
    return words;
  }

  @Test void commands_bringEverythingToAnotherServer_andMayBeFedTwice() throws Exception {
    long seed = new Random().nextLong();
    Map<String, String> all = written(seed);
    Path file = directory.resolve("commands");
    assertThat(perform(words("--export-commands", file.toString()))).isTrue();
    String commands = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(commands).contains("\r\n$10\r\nHPEXPIREAT\r\n");
    try (Harness harness = new Harness()) {
      Client client = harness.client();
      for (int i = 0; i < 2; i++) {
        assertThat(client.feed(commands).lines().filter(line -> line.startsWith("-"))).as("seed %d", seed).isEmpty();
        assertThat(contents(client)).as("seed %d", seed).isEqualTo(all);
      }
    }
  }

  @Test void rdb_hasTheLowestVersionThatHoldsIt_andALowerOneIsRefused() throws Exception {
    long seed = new Random().nextLong();
    Map<String, String> all = written(seed);
    Path file = directory.resolve("out.rdb");
    assertThat(perform(words("--export", file.toString()))).isTrue();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith("REDIS0012");
    assertThat(perform("--check", file.toString())).isTrue();
    try (Harness harness = new Harness(); Snapshots snapshots = new Snapshots(harness.engine, Directory.at(directory))) {
      snapshots.load(Directory.at(directory), "out.rdb", false);
      assertThat(contents(harness.client())).as("seed %d", seed).isEqualTo(all);
    }
    assertThatThrownBy(() -> perform(words("--export", file.toString(), "--rdb-version", "11")))
        .hasMessage("a hash whose fields have deadlines needs version 12 of RDB");
    assertThat(directory.resolve("temp-out.rdb")).doesNotExist();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as("the one before").startsWith("REDIS0012");
  }

  @Test void rdb_withoutDeadlinesOfFields_isOfAnyVersionAskedFor() throws Exception {
    Map<String, String> all;
    try (Harness harness = new Harness(); Snapshots snapshots = new Snapshots(harness.engine, Directory.at(directory))) {
      Client client = harness.client();
      client.send("SET a 1\r\nRPUSH l x y\r\nZADD z 0.1 m inf n");
      client.send("HSET h f v\r\nHEXPIRE h 100 FIELDS 1 f\r\nHPERSIST h FIELDS 1 f"); // none has one any more
      snapshots.save();
      all = contents(client);
    }
    for (int version : new int[] {0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) {
      Path file = directory.resolve("v" + version);
      assertThat(version == 0 ? perform(words("--export", file.toString()))
          : perform(words("--rdb-version", "" + version, "--export", file.toString()))).isTrue();
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith(String.format("REDIS%04d", version == 0 ? 8 : version));
      try (Harness harness = new Harness(); Snapshots snapshots = new Snapshots(harness.engine, Directory.at(directory))) {
        snapshots.load(Directory.at(directory), "v" + version, false);
        assertThat(contents(harness.client())).as("version %d", version).isEqualTo(all);
      }
    }
  }

  @Test void wordsThatDoNotGoTogether_areRefusedByName() {
    assertThatThrownBy(() -> CommandLine.parse("--check", "a", "--repair", "b")).isInstanceOf(OptionException.class)
        .hasMessage("--check and --repair exclude each other");
    assertThatThrownBy(() -> CommandLine.parse("--rdb-version", "8")).hasMessage("--rdb-version belongs to --export");
    assertThatThrownBy(() -> CommandLine.parse("--export", "a", "--rdb-version", "13"))
        .hasMessage("--rdb-version wants a number from 3 to 12");
    assertThatThrownBy(() -> CommandLine.parse("--check")).hasMessage("--check wants the name of one file");
    assertThatThrownBy(() -> perform(words("--export", directory.resolve("dump.rdb").toString())))
        .hasMessageContaining("the export would replace what it is made of");
    assertThatThrownBy(() -> perform(words("--export", "x"))).hasMessageContaining("there is neither this snapshot nor a log");
  }

  @Test void theProgram_asksBeforeItRepairs_andSaysByItsExitCodeWhetherAllIsWell() throws Exception {
    written(1);
    Path segment = directory.resolve(Directory.at(directory).names().get(0));
    byte[] good = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(good, good.length + 5));
    for (String answer : new String[] {"n", "y"}) {
      try (Launched program = Launched.java(List.of("-jar", RUNNABLE), "--repair", directory.toString())) {
        program.type(answer + "\n");
        assertThat(program.exitCode()).as(program.output()).isEqualTo(answer.equals("y") ? 0 : 1);
        assertThat(program.output()).contains("5 bytes are lost", "Continue? [y/N]: ");
      }
    }
    assertThat(Files.readAllBytes(segment)).isEqualTo(good);
    Files.write(directory.resolve("dump.rdb"), new byte[100]);
    try (Launched program = Launched.java(List.of("-jar", RUNNABLE), "--check", directory.toString())) {
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.output()).contains("it does not begin with REDIS, so it is no RDB file");
    }
  }
}
