package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.QCache;
import io.qcache.net.loop.Wire;
import io.qcache.net.option.Option;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that keep their keys in a directory. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class PersistenceIT {
  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private QCacheServer server(String... save) {
    QCacheServer server = QCacheServer.builder().port(-1).directory(directory).option("save", save).log((level, line) -> { }).open();
    open.add(server);
    return server;
  }

  private Wire wire(QCacheServer server) throws IOException {
    Wire wire = new Wire(server.port());
    open.add(wire);
    return wire;
  }

  private static String ask(Wire wire, String command) throws IOException {
    return wire.ask(command + "\r").trim();
  }

  private static String info(Wire wire, String field) throws IOException {
    wire.send("INFO persistence\r\n");
    int length = Integer.parseInt(wire.line().trim().substring(1));
    String text = wire.read(length + 2);
    int at = text.indexOf("\r\n" + field + ":") + field.length() + 3;
    return text.substring(at, text.indexOf("\r\n", at));
  }

  private void awaitSaved(Wire wire) throws Exception {
    Wire.await("it is saved", () -> info(wire, "rdb_bgsave_in_progress").equals("0"));
  }

  @Test void save_keepsTheKeys_forTheNextServer() throws Exception {
    QCacheServer first = server("");
    Wire wire = wire(first);
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(ask(wire, "RPUSH list x y")).isEqualTo(":2");
    assertThat(info(wire, "rdb_changes_since_last_save")).isEqualTo("2");
    assertThat(ask(wire, "SAVE")).isEqualTo("+OK");
    assertThat(info(wire, "rdb_changes_since_last_save")).isEqualTo("0");
    assertThat(info(wire, "rdb_saves")).isEqualTo("1");
    assertThat(ask(wire, "SET lost 1")).isEqualTo("+OK");
    first.close();
    Wire again = wire(server(""));
    assertThat(ask(again, "DBSIZE")).isEqualTo(":2");
    assertThat(ask(again, "LINDEX list 1")).isEqualTo("$1");
    assertThat(again.line()).isEqualTo("y\r");
    assertThat(info(again, "rdb_last_load_keys_loaded")).isEqualTo("2");
  }

  @Test void bgsave_repliesAtOnce_andIsToldOf() throws Exception {
    Wire wire = wire(server(""));
    assertThat(ask(wire, "BGSAVE NOW")).isEqualTo("-ERR syntax error");
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(ask(wire, "BGSAVE")).isEqualTo("+Background saving started");
    awaitSaved(wire);
    assertThat(info(wire, "rdb_last_bgsave_status")).isEqualTo("ok");
    assertThat(Files.exists(directory.resolve("dump.rdb"))).isTrue();
    assertThat(Long.parseLong(ask(wire, "LASTSAVE").substring(1))).isGreaterThan(1_600_000_000L);
    assertThat(ask(wire, "BGSAVE SCHEDULE")).startsWith("+Background saving");
    awaitSaved(wire);
    wire.send("MULTI\r\nSAVE\r\nBGSAVE\r\nEXEC\r\n");
    assertThat(wire.line()).isEqualTo("+OK\r");
    assertThat(wire.line()).isEqualTo("-ERR Command not allowed inside a transaction\r");
    assertThat(wire.line()).isEqualTo("+QUEUED\r");
    assertThat(wire.line()).startsWith("-EXECABORT");
  }

  @Test void whatCannotBeSaved_isAnError_andStopsWritesWhereSavePointsAre() throws Exception {
    Wire wire = wire(server("1000 1000000"));
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    Files.createDirectory(directory.resolve("dump.rdb")); // over which no file can be renamed
    Files.createFile(directory.resolve("dump.rdb/full"));
    assertThat(ask(wire, "SAVE")).isEqualTo("-ERR");
    assertThat(info(wire, "rdb_last_bgsave_status")).isEqualTo("err");
    assertThat(ask(wire, "SET a 2")).startsWith("-MISCONF Redis is configured to save RDB snapshots, but it's currently unable");
    assertThat(ask(wire, "PING")).isEqualTo("+PONG");
    assertThat(ask(wire, "EXISTS a")).isEqualTo(":1");
    assertThat(ask(wire, "CONFIG SET stop-writes-on-bgsave-error no")).isEqualTo("+OK");
    assertThat(ask(wire, "SET a 2")).isEqualTo("+OK");
    assertThat(ask(wire, "CONFIG SET stop-writes-on-bgsave-error yes")).isEqualTo("+OK");
    assertThat(ask(wire, "SET a 3")).startsWith("-MISCONF");
    assertThat(ask(wire, "SHUTDOWN SAVE")).isEqualTo("-ERR Errors trying to SHUTDOWN. Check logs.");
    Files.delete(directory.resolve("dump.rdb/full"));
    Files.delete(directory.resolve("dump.rdb"));
    assertThat(ask(wire, "SAVE")).isEqualTo("+OK");
    assertThat(ask(wire, "SET a 4")).isEqualTo("+OK");
    assertThat(Files.list(directory).map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("dump.rdb", "qcache.lock");
  }

  @Test void shutdown_savesWhereItIsAskedTo() throws Exception {
    QCacheServer first = server("");
    Wire wire = wire(first);
    assertThat(ask(wire, "SHUTDOWN SAVE NOSAVE")).isEqualTo("-ERR syntax error");
    assertThat(ask(wire, "SHUTDOWN NOW ABORT")).isEqualTo("-ERR syntax error");
    assertThat(ask(wire, "SHUTDOWN SOON")).isEqualTo("-ERR syntax error");
    assertThat(ask(wire, "SHUTDOWN ABORT")).isEqualTo("-ERR No shutdown in progress.");
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(wire.send("SHUTDOWN SAVE\r\n").isClosed()).isTrue();
    first.close();
    QCacheServer second = server("1000 1000000");
    wire = wire(second);
    assertThat(ask(wire, "GET a")).isEqualTo("$1");
    wire.line();
    assertThat(ask(wire, "SET b 1")).isEqualTo("+OK");
    assertThat(wire.send("SHUTDOWN\r\n").isClosed()).isTrue(); // which saves, since there are save points
    second.close();
    QCacheServer third = server("1000 1000000");
    wire = wire(third);
    assertThat(ask(wire, "DBSIZE")).isEqualTo(":2");
    assertThat(ask(wire, "SET c 1")).isEqualTo("+OK");
    assertThat(wire.send("SHUTDOWN NOSAVE\r\n").isClosed()).isTrue();
    third.close();
    QCacheServer fourth = server("1000 1000000");
    wire = wire(fourth);
    assertThat(ask(wire, "DBSIZE")).isEqualTo(":2");
    assertThat(ask(wire, "SET c 1")).isEqualTo("+OK");
    fourth.close(); // saves too
    assertThat(ask(wire(server("")), "DBSIZE")).isEqualTo(":3");
  }

  @Test void oneDirectory_isOfOneServer_andAFileOfAServerOpensEmbedded() throws Exception {
    QCacheServer first = server("");
    Wire wire = wire(first);
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(ask(wire, "SAVE")).isEqualTo("+OK");
    Wire second = wire(server(""));
    assertThat(ask(second, "SAVE")).isEqualTo("-ERR");
    first.close();
    try (QCache cache = QCache.builder().directory(directory).open(); QCacheServer host = QCacheServer.builder().port(-1).host(cache)) {
      assertThat(cache.get("a")).contains("1");
      Wire hosted = wire(host);
      assertThat(ask(hosted, "SET a 2")).isEqualTo("+OK");
      assertThat(ask(hosted, "SAVE")).isEqualTo("+OK");
    }
    Wire third = wire(server(""));
    third.send("GET a\r\n");
    assertThat(third.read(7)).isEqualTo("$1\r\n2\r\n");
  }

  @Test void aCacheWithoutADirectory_savesNothing() throws Exception {
    try (QCache cache = QCache.open(); QCacheServer host = QCacheServer.builder().port(-1).host(cache)) {
      assertThat(ask(wire(host), "SAVE")).startsWith("-ERR This cache has no directory");
      assertThat(ask(wire(host), "BGSAVE")).startsWith("-ERR This cache has no directory");
    }
  }

  @Test void aDamagedFile_keepsTheServerFromStarting() throws Exception {
    Files.writeString(directory.resolve("dump.rdb"), "REDIS0010 and then something else");
    assertThatThrownBy(() -> server("")).isInstanceOf(UncheckedIOException.class).hasMessageContaining("dump.rdb is damaged at byte");
    assertThat(Files.readString(directory.resolve("dump.rdb"))).startsWith("REDIS0010 and");
  }

  @Test void anotherFile_isImported_whereTheDirectoryHasNone() throws Exception {
    QCacheServer first = server("");
    Wire wire = wire(first);
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(ask(wire, "SAVE")).isEqualTo("+OK");
    first.close();
    Path other = directory.resolve("other.rdb");
    Files.move(directory.resolve("dump.rdb"), other);
    QCacheServer second = QCacheServer.builder().port(-1).directory(directory).option("import", other.toString()).open();
    open.add(second);
    assertThat(ask(wire(second), "EXISTS a")).isEqualTo(":1");
    assertThat(ask(wire(second), "SAVE")).isEqualTo("+OK");
    assertThatThrownBy(() -> QCacheServer.builder().port(-1).directory(directory).option("import", other.toString()).open())
        .hasMessageContaining("--import would replace");
  }

  @Test void whileItLoads_onlySomeCommandsAreAnswered() throws Exception {
    Files.writeString(directory.resolve("dump.rdb"), "");
    try (Harness harness = new Harness()) {
      harness.set(Option.DIR, directory.toString());
      assertThat(harness.host.persistence().wantsLoading()).isTrue();
      Client client = harness.client();
      assertThat(client.send("get a")).isEqualTo("-LOADING Redis is loading the dataset in memory\r\n");
      assertThat(client.send("ping")).isEqualTo("-LOADING Redis is loading the dataset in memory\r\n");
      assertThat(client.send("info persistence")).contains("loading:1\r\n");
      assertThat(client.send("config get port")).startsWith("*2");
    }
  }
}
