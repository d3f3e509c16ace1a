package io.qcache.net;

/** Milliseconds since 1970 as {@code 2026-01-31T12:00:00.123Z}. */
final class UtcTime {
  private static final int DAY = 86_400_000;
  private static final int DAYS_OF_400_YEARS = 146_097;
  private static final int DAYS_0_TO_1970 = 719_468; // from the first of March of the year 0

  private UtcTime() {}

  static String text(long millis) {
    StringBuilder text = new StringBuilder(24);
    date(text, Math.floorDiv(millis, (long) DAY));
    int rest = Math.floorMod(millis, DAY);
    two(text.append('T'), rest / 3_600_000);
    two(text.append(':'), rest / 60_000 % 60);
    two(text.append(':'), rest / 1000 % 60);
    int fraction = rest % 1000;
    two(text.append('.').append((char) ('0' + fraction / 100)), fraction % 100);
    return text.append('Z').toString();
  }

  /** Counts in years that begin in March, so that the day a leap year has more is the last of all. */
  private static void date(StringBuilder text, long daysSince1970) {
    long days = daysSince1970 + DAYS_0_TO_1970;
    int day = (int) Math.floorMod(days, (long) DAYS_OF_400_YEARS);
    int year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    int dayOfYear = day - (365 * year + year / 4 - year / 100);
    int month = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
    long calendarYear = year + 400 * Math.floorDiv(days, (long) DAYS_OF_400_YEARS) + (month >= 10 ? 1 : 0);
    text.append(calendarYear);
    two(text.append('-'), month < 10 ? month + 3 : month - 9);
    two(text.append('-'), dayOfMonth);
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
