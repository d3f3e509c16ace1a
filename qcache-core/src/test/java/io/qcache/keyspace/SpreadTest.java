package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final int HEADER = 16;

  @Test void bytes_takeAnOddNumberOfLinesAndALittleLessThanThePower() {
    for (int power = 8192; power <= RecordLog.MOST_PAGE_BYTES; power *= 2) {
      int taken = HEADER + Spread.bytes(power);
      assertThat(taken % 128).as("%d", power).isEqualTo(64);
      assertThat(taken % 4096).as("%d", power).isNotZero();
      assertThat(taken).isBetween(power - power / 32, power);
    }
  }

  @Test void longs_takeAnOddNumberOfLinesAndALittleMoreThanThePower() {
    for (int power = 1024; power <= 32_768; power *= 2) {
      int taken = HEADER + Long.BYTES * Spread.longs(power);
      assertThat(taken % 128).as("%d", power).isEqualTo(64);
      assertThat(taken % 4096).as("%d", power).isNotZero();
      assertThat(Spread.longs(power)).isBetween(power, power + power / 32);
      assertThat(Index.mask(new long[Spread.longs(power)])).isEqualTo(power - 1);
    }
  }

  @Test void small_staysThePower() {
    assertThat(Spread.bytes(1024)).isEqualTo(1024);
    assertThat(Spread.longs(8)).isEqualTo(8);
  }
}
