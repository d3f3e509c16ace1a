package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UtcTimeTest {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static void agrees(long millis) {
    assertThat(UtcTime.text(millis)).isEqualTo(FORM.format(Instant.ofEpochMilli(millis)));
  }

  @Test void text_isWhatJavaTimeMakesOfIt_aroundTheEndsOfMonthsAndYears() {
    for (String day : new String[] {"1970-01-01", "1999-12-31", "2000-02-28", "2000-02-29", "2000-03-01", "2024-02-29",
        "2026-12-31", "2100-02-28", "2100-03-01", "2400-02-29", "9999-12-31"}) {
      long midnight = Instant.parse(day + "T00:00:00Z").toEpochMilli();
      agrees(midnight);
      agrees(midnight - 1);
      agrees(midnight + 86_399_999);
    }
  }

  @Test void text_isWhatJavaTimeMakesOfIt_anyTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    for (int i = 0; i < 100_000; i++) {
      agrees(random.nextLong(253_402_300_799_999L));
    }
  }
}
