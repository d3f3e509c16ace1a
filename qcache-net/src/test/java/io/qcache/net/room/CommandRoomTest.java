package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandRoomTest {
  private final Harness harness = new Harness();
  private final Client client = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  @Test void list_isAnArray_inRespThreeToo() {
    String two = client.send("command list");
    assertThat(two).startsWith("*").contains("\r\nget\r\n", "\r\nclient|list\r\n");
    client.send("hello 3");
    assertThat(client.send("command list")).isEqualTo(two);
  }

  @Test void infoOfAContainer_hasItsSubcommandsAsAnArray_inRespThreeToo() {
    client.send("hello 3");
    assertThat(client.send("command info config")).contains("\r\n*4\r\n*10\r\n$10\r\nconfig|get\r\n");
    assertThat(client.send("command info config|get")).endsWith("\r\n~0\r\n");
  }
}
