package io.qcache;

/**
 * What an operation of the store can fail with, in Redis's exact words.  One place for both doors: here it makes the
 * exception, the server writes its line.
 */
public enum Failure {
  WRONG_TYPE("WRONGTYPE Operation against a key holding the wrong kind of value"),
  NOT_STRINGS("ERR The specified keys must contain string values"),
  NOT_AN_INTEGER("ERR value is not an integer or out of range"),
  NOT_A_FLOAT("ERR value is not a valid float"),
  FIELD_NOT_AN_INTEGER("ERR hash value is not an integer"),
  FIELD_NOT_A_FLOAT("ERR hash value is not a float"),
  NAN_OR_INFINITY("ERR value is NaN or Infinity"),
  NOT_SORTABLE("ERR One or more scores can't be converted into double"),
  WOULD_OVERFLOW("ERR increment or decrement would overflow"),
  DECREMENT_OVERFLOW("ERR decrement would overflow"),
  NOT_FINITE("ERR increment would produce NaN or Infinity"),
  SCORE_NOT_A_NUMBER("ERR resulting score is not a number (NaN)"),
  STRING_TOO_LONG("ERR string exceeds maximum allowed size (proto-max-bulk-len)"),
  SUBSEQUENCE_TOO_LARGE("ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len"),
  OFFSET_OUT_OF_RANGE("ERR offset is out of range"),
  INDEX_OUT_OF_RANGE("ERR index out of range"),
  BIT_OFFSET_OUT_OF_RANGE("ERR bit offset is not an integer or out of range"),
  DATABASE_OUT_OF_RANGE("ERR DB index is out of range"),
  INVALID_EXPIRE_TIME("ERR invalid expire time"),
  NO_SUCH_KEY("ERR no such key"),
  SAME_OBJECT("ERR source and destination objects are the same"),
  MEMORY_LIMIT("OOM command not allowed when used memory > 'maxmemory'."),
  /** A server says what is behind it. */
  NOT_LOGGED("MISCONF Errors writing to the AOF file");

  private final String line;

  Failure(String line) {
    this.line = line;
  }

  /** The line of the error reply, without the leading minus. */
  public String line() {
    return line;
  }

  /** The line where it names the command, as {@link #INVALID_EXPIRE_TIME} does. */
  public String line(String command) {
    return this == INVALID_EXPIRE_TIME ? line + " in '" + command + "' command" : line;
  }

  /** A fresh exception for it. */
  public QCacheException exception() {
    return switch (this) {
      case WRONG_TYPE, NOT_STRINGS -> new WrongTypeException(line);
      case NOT_SORTABLE, NOT_AN_INTEGER, NOT_A_FLOAT, FIELD_NOT_AN_INTEGER, FIELD_NOT_A_FLOAT, NAN_OR_INFINITY -> new NotANumberException(line);
      case WOULD_OVERFLOW, DECREMENT_OVERFLOW, NOT_FINITE, SCORE_NOT_A_NUMBER, STRING_TOO_LONG, SUBSEQUENCE_TOO_LARGE,
          OFFSET_OUT_OF_RANGE, BIT_OFFSET_OUT_OF_RANGE, INDEX_OUT_OF_RANGE, DATABASE_OUT_OF_RANGE,
          INVALID_EXPIRE_TIME -> new OutOfRangeException(line);
      case NO_SUCH_KEY -> new NoSuchKeyException(line);
      case MEMORY_LIMIT -> new MemoryLimitException(line);
      case NOT_LOGGED -> new NotLoggedException(line);
      case SAME_OBJECT -> serverException(line);
    };
  }

  /**
   * The exception for the line of an error reply (without the minus), a {@link ServerException} unless it is one of
   * these.
   */
  public static QCacheException of(String line) {
    for (Failure failure : values()) {
      if (line.startsWith(failure.line)) {
        return failure == NOT_LOGGED ? new NotLoggedException(line) : failure.exception();
      }
    }
    return line.startsWith("OOM ") ? new MemoryLimitException(line) : serverException(line);
  }

  private static ServerException serverException(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? new ServerException(line, "") : new ServerException(line.substring(0, space), line.substring(space + 1));
  }
}
