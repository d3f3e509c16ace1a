package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsTest {
  @Test void theLimit_isTheFirstNumberOfItsRow_andNoneWhereThereIsNone() {
    assertThat(Descriptors.limit("Max core file size  0  0  bytes\nMax open files            1024         4096   files\n"))
        .isEqualTo(1024);
    assertThat(Descriptors.limit("Max open files            unlimited    unlimited   files\n")).isEqualTo(Long.MAX_VALUE);
    assertThat(Descriptors.limit("Max open files")).isEqualTo(Long.MAX_VALUE);
    assertThat(Descriptors.limit("nothing")).isEqualTo(Long.MAX_VALUE);
    assertThat(Descriptors.clients(2)).isPositive();
  }
}
