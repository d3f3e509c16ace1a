package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What can't be is refused at once, naming option and value. */
final class ClientBuilderTest {
  private final ClientBuilder builder = QCacheClient.builder();

  @Test void whatCantBe_isRefusedNamingTheValue() {
    refused(() -> builder.host(" "), "host", "' '");
    refused(() -> builder.port(0), "port", "0");
    refused(() -> builder.port(65_536), "port", "65536");
    refused(() -> builder.database(-1), "database", "-1");
    refused(() -> builder.clientName("a b"), "clientName", "'a b'");
    refused(() -> builder.connectTimeout(Duration.ZERO), "connectTimeout", "PT0S");
    refused(() -> builder.commandTimeout(Duration.ofMillis(-1)), "commandTimeout", "PT-0.001S");
    refused(() -> builder.commandTimeout(Duration.ofDays(25)), "commandTimeout", "PT600H");
    refused(() -> builder.longestSilence(Duration.ofNanos(1)), "longestSilence", "PT0.000000001S");
    refused(() -> builder.poolSize(0), "poolSize", "0");
    refused(() -> builder.user("joe").connect(), "password", "joe");
  }

  private static void refused(ThrowingCallable call, String option, String value) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(option)
        .hasMessageContaining("was " + value);
  }
}
