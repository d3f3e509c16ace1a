package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.ConnectionException;
import io.qcache.ServerException;
import io.qcache.net.QCacheServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of a server that is reached by a file. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
final class UnixSocketClientIT {
  @TempDir private Path directory;

  private QCacheServer.Builder server(String name) {
    return QCacheServer.builder().port(0).unixSocket(directory.resolve(name));
  }

  @Test void theUriOfTheServer_connects_andAllKindsOfConnectionsWork() throws Exception {
    try (QCacheServer server = server("a b?.sock").open(); QCacheClient client = QCacheClient.connect(server.uri())) {
      byte[] long1 = new byte[8 << 20];
      long1[long1.length - 1] = 1;
      client.set("k", "v");
      assertThat(client.atomically(List.of("k"), t -> t.write().get("k")).join()).contains("v");
      assertThat(client.execute("SET", Bytes.of("long"), Bytes.copyOf(long1)).asText()).isEqualTo("OK");
      assertThat(client.strings().length("long")).isEqualTo(long1.length);
      assertThat(client.execute("CLIENT", Bytes.of("INFO")).asText()).contains(" flags=U ");
      assertThat(client).hasToString("QCacheClient[" + directory.resolve("a b?.sock") + "/0]");
    }
  }

  @Test void passwordAndDatabase_areThoseOfTheUri() throws Exception {
    Path path = directory.resolve("q.sock");
    try (QCacheServer server = server("q.sock").requirePass("s@cret").open();
        QCacheClient client = QCacheClient.connect("redis+unix://:s%40cret@" + path + "?db=3")) {
      client.set("k", "v");
      assertThat(client.database(3).get("k")).contains("v");
      assertThatThrownBy(() -> QCacheClient.connect(server.uri())).isInstanceOf(ServerException.class);
    }
  }

  @Test void aPathWhereNobodyListens_isNamed() {
    Path path = directory.resolve("nobody.sock");
    assertThatThrownBy(() -> QCacheClient.builder().unixSocket(path).connect())
        .isInstanceOf(ConnectionException.class).hasMessageContaining("cannot connect to " + path + ": ");
  }
}
