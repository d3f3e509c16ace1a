package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Options options = new Options();

  private String refusal(String peer, int connections) throws UnknownHostException {
    byte[] line = Admission.refusal(options, InetAddress.getByName(peer).isLoopbackAddress(), connections, 5001);
    return line == null ? null : new String(line, StandardCharsets.US_ASCII);
  }

  private void set(String name, String value) throws OptionException {
    options.setNamed(name, "--", value);
  }

  @Test void withoutAPassword_onlyTheLoopbackInterfaceIsLetIn() throws Exception {
    for (String near : new String[] {"127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"}) {
      assertThat(refusal(near, 0)).as(near).isNull();
    }
    String[] others = {"10.0.0.1", "192.168.1.2", "8.8.8.8", "fe80::1", "2001:db8::1", "::ffff:10.0.0.1"};
    for (String far : others) {
      assertThat(refusal(far, 0)).as(far).startsWith("-DENIED Redis is running in protected mode because protected "
          + "mode is enabled and no password is set for the default user. In this mode connections are only accepted "
          + "from the loopback interface. ").contains("port 5001").endsWith("\r\n").doesNotContain("\r\n-");
    }
  }

  @Test void aPassword_orNoProtectedMode_letsEverybodyIn() throws Exception {
    set("requirepass", "secret");
    assertThat(refusal("8.8.8.8", 0)).isNull();
    set("requirepass", "");
    assertThat(refusal("8.8.8.8", 0)).isNotNull();
    set("protected-mode", "no");
    assertThat(refusal("8.8.8.8", 0)).isNull();
  }

  @Test void oneMoreThanMaxclients_isRefused() throws Exception {
    set("maxclients", "3");
    assertThat(refusal("127.0.0.1", 2)).isNull();
    assertThat(refusal("127.0.0.1", 3)).isEqualTo("-ERR max number of clients reached\r\n");
  }
}
