package io.qcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Signal;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
  /** Each provoked on redis-server 7.0.15, but the last, which is from its documentation. */
  private static final Map<Failure, String> LINES = new EnumMap<>(Map.ofEntries(
      Map.entry(Failure.WRONG_TYPE, "WRONGTYPE Operation against a key holding the wrong kind of value"),
      Map.entry(Failure.NOT_STRINGS, "ERR The specified keys must contain string values"),
      Map.entry(Failure.SUBSEQUENCE_TOO_LARGE,
          "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len"),
      Map.entry(Failure.BIT_OFFSET_OUT_OF_RANGE, "ERR bit offset is not an integer or out of range"),
      Map.entry(Failure.NOT_AN_INTEGER, "ERR value is not an integer or out of range"),
      Map.entry(Failure.NOT_A_FLOAT, "ERR value is not a valid float"),
      Map.entry(Failure.FIELD_NOT_AN_INTEGER, "ERR hash value is not an integer"),
      Map.entry(Failure.FIELD_NOT_A_FLOAT, "ERR hash value is not a float"),
      Map.entry(Failure.NAN_OR_INFINITY, "ERR value is NaN or Infinity"),
      Map.entry(Failure.NOT_SORTABLE, "ERR One or more scores can't be converted into double"),
      Map.entry(Failure.WOULD_OVERFLOW, "ERR increment or decrement would overflow"),
      Map.entry(Failure.DECREMENT_OVERFLOW, "ERR decrement would overflow"),
      Map.entry(Failure.NOT_FINITE, "ERR increment would produce NaN or Infinity"),
      Map.entry(Failure.SCORE_NOT_A_NUMBER, "ERR resulting score is not a number (NaN)"),
      Map.entry(Failure.STRING_TOO_LONG, "ERR string exceeds maximum allowed size (proto-max-bulk-len)"),
      Map.entry(Failure.OFFSET_OUT_OF_RANGE, "ERR offset is out of range"),
      Map.entry(Failure.INDEX_OUT_OF_RANGE, "ERR index out of range"),
      Map.entry(Failure.DATABASE_OUT_OF_RANGE, "ERR DB index is out of range"),
      Map.entry(Failure.INVALID_EXPIRE_TIME, "ERR invalid expire time"),
      Map.entry(Failure.NO_SUCH_KEY, "ERR no such key"),
      Map.entry(Failure.SAME_OBJECT, "ERR source and destination objects are the same"),
      Map.entry(Failure.MEMORY_LIMIT, "OOM command not allowed when used memory > 'maxmemory'."),
      Map.entry(Failure.NOT_LOGGED, "MISCONF Errors writing to the AOF file")));

  @ParameterizedTest @EnumSource
  void aFailure_hasRedisWords_andComesBackFromThem(Failure failure) {
    assertThat(failure.line()).isEqualTo(LINES.get(failure));
    QCacheException made = failure.exception();
    assertThat(made).hasMessage(failure.line());
    assertThat(Failure.of(failure.line())).hasSameClassAs(made).hasMessage(failure.line());
    assertThat(failure.exception()).as("a fresh one each time, for its stack trace").isNotSameAs(made);
  }

  @Test void onlyTheExpireTime_namesTheCommand() {
    assertThat(Failure.INVALID_EXPIRE_TIME.line("set")).isEqualTo("ERR invalid expire time in 'set' command");
    assertThat(Failure.NO_SUCH_KEY.line("rename")).isEqualTo("ERR no such key");
    assertThat(Failure.of("ERR invalid expire time in 'getex' command")).isInstanceOf(OutOfRangeException.class);
  }

  @Test void anyOtherLine_isAServerException_withPrefixAndText() {
    QCacheException made = Failure.of("NOAUTH Authentication required.");
    assertThat(made).isInstanceOfSatisfying(ServerException.class, server -> {
      assertThat(server.prefix()).isEqualTo("NOAUTH");
      assertThat(server.text()).isEqualTo("Authentication required.");
    }).hasMessage("NOAUTH Authentication required.");
    assertThat(Failure.of("ODD")).isInstanceOfSatisfying(ServerException.class, server -> {
      assertThat(server.prefix()).isEqualTo("ODD");
      assertThat(server.text()).isEmpty();
    }).hasMessage("ODD");
    assertThat(Failure.of("MISCONF Errors writing to the AOF file: No space left on device")).isInstanceOf(NotLoggedException.class)
        .hasMessageEndingWith("No space left on device");
    assertThat(Failure.of("OOM of another kind")).isInstanceOf(MemoryLimitException.class);
  }

  @ParameterizedTest @EnumSource
  void aSignal_isMadeOnce_withoutAStackTrace(Failure failure) {
    Signal signal = Signal.of(failure);
    assertThat(Signal.of(failure)).isSameAs(signal);
    assertThat(signal.failure()).isSameAs(failure);
    assertThat(signal).hasMessage(failure.line()).hasStackTraceContaining(failure.line());
    assertThat(signal.getStackTrace()).isEmpty();
    signal.addSuppressed(new IllegalStateException());
    assertThat(signal.getSuppressed()).as("shared, so nothing may stick to it").isEmpty();
  }
}
