package io.qcache.net.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.net.option.Options;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BindingIT {
  private final List<ServerSocketChannel> channels = new ArrayList<>();

  @AfterEach void close() throws Exception {
    for (ServerSocketChannel channel : channels) {
      channel.close();
    }
  }

  private List<InetSocketAddress> open(int port, String... words) throws Exception {
    Options options = new Options();
    options.setNamed("bind", "--", words);
    List<ServerSocketChannel> opened = Binding.open(options, port);
    channels.addAll(opened);
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (ServerSocketChannel channel : opened) {
      addresses.add((InetSocketAddress) channel.getLocalAddress());
    }
    return addresses;
  }

  @Test void everyInterface_isOneSocket() throws Exception {
    List<InetSocketAddress> all = open(0, "*", "-::*");
    assertThat(all).hasSize(1);
    assertThat(all.get(0).getAddress().isAnyLocalAddress()).isTrue();
  }

  @Test void severalAddresses_shareTheFreePort() throws Exception {
    List<InetSocketAddress> both = open(0, "127.0.0.1", "127.0.0.2");
    assertThat(both).hasSize(2);
    assertThat(both.get(0).getPort()).isEqualTo(both.get(1).getPort()).isPositive();
  }

  @Test void anAddressThatIsNotHere_isAnError_unlessItMayBeMissing() throws Exception {
    assertThat(open(0, "127.0.0.1", "-192.0.2.1", "-no.such.host.invalid")).hasSize(1);
    assertThatThrownBy(() -> open(0, "127.0.0.1", "192.0.2.1"))
        .isInstanceOf(BindException.class).hasMessageContaining("could not listen on 192.0.2.1:");
    assertThatThrownBy(() -> open(0, "no.such.host.invalid"))
        .isInstanceOf(BindException.class).hasMessage("could not listen on no.such.host.invalid:0: no such address");
    assertThatThrownBy(() -> open(0, "-192.0.2.1")).hasMessage("none of the addresses of bind '-192.0.2.1' is there");
  }

  @Test void aBusyPort_isAnErrorNamingAddressAndPort_evenWhereTheAddressMayBeMissing() throws Exception {
    try (ServerSocket busy = new ServerSocket()) {
      busy.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = busy.getLocalPort();
      for (String word : new String[] {"127.0.0.1", "-127.0.0.1"}) {
        assertThatThrownBy(() -> open(port, word)).isInstanceOf(BindException.class)
            .hasMessage("could not listen on 127.0.0.1:" + port + ": Address already in use");
      }
    }
  }
}
