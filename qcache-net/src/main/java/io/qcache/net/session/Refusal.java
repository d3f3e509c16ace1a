package io.qcache.net.session;

import io.qcache.Failure;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.log.WriteLog;
import java.io.IOException;
import java.util.Locale;

/**
 * What a request is refused with before the store has seen it: arity, options, protocol, rights, each in Redis 7.0's
 * exact words.  Thrown without a stack trace; {@link #line} is the error reply without its minus.
 *
 * <p>What is echoed of a request is cut at 128 bytes; its chars are bytes (ISO 8859-1).  Line ends are replaced by the
 * writer.
 */
public final class Refusal extends RuntimeException {
  private static final int ECHOED = 128;

  public static final Refusal SYNTAX = of("ERR syntax error");
  public static final Refusal LOADING = of("LOADING Redis is loading the dataset in memory");
  public static final Refusal CANNOT_SAVE = of("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to "
      + "persist to disk. Commands that may modify the data set are disabled, because this instance is configured to report errors "
      + "during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about "
      + "the RDB error.");
  public static final Refusal NOT_IN_A_TRANSACTION = of("ERR Command not allowed inside a transaction");
  public static final Refusal IS_REWRITING = of("ERR Background append only file rewriting already in progress");
  public static final Refusal IS_REWRITING_INSTEAD = of("ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE "
      + "SCHEDULE in order to schedule a BGSAVE whenever possible.");
  public static final Refusal IS_SAVING = of("ERR Background save already in progress");
  public static final Refusal NO_DIRECTORY = of("ERR This cache has no directory: whoever embeds it has not given one");
  public static final Refusal CANNOT_SHUT_DOWN = of("ERR Errors trying to SHUTDOWN. Check logs.");
  public static final Refusal NO_SHUTDOWN = of("ERR No shutdown in progress.");
  public static final Refusal NOT_AUTHENTICATED = of("NOAUTH Authentication required.");
  public static final Refusal HELLO_NOT_AUTHENTICATED = of("NOAUTH HELLO must be called with the client already "
      + "authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and "
      + "select the RESP protocol version at the same time");
  public static final Refusal WRONG_PASSWORD = of("WRONGPASS invalid username-password pair or user is disabled.");
  public static final Refusal NO_PASSWORD_CONFIGURED = of("ERR AUTH <password> called without any password configured "
      + "for the default user. Are you sure your configuration is correct?");
  public static final Refusal PROTOCOL_NOT_A_NUMBER = of("ERR Protocol version is not an integer or out of range");
  public static final Refusal UNSUPPORTED_PROTOCOL = of("NOPROTO unsupported protocol version");
  public static final Refusal CLIENT_NAME =
      of("ERR Client names cannot contain spaces, newlines or special characters.");
  public static final Refusal NO_SUCH_CLIENT = of("ERR No such client");
  public static final Refusal CLIENT_ID = of("ERR client-id should be greater than 0");
  public static final Refusal INVALID_CLIENT_ID = of("ERR Invalid client ID");
  public static final Refusal UNBLOCKED = of("UNBLOCKED client unblocked via CLIENT UNBLOCK");
  public static final Refusal UNBLOCK_REASON = of("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
  public static final Refusal TIMEOUT_NOT_A_FLOAT = of("ERR timeout is not a float or out of range");
  public static final Refusal NESTED_MULTI = of("ERR MULTI calls can not be nested");
  public static final Refusal WATCH_INSIDE_MULTI = of("ERR WATCH inside MULTI is not allowed");
  public static final Refusal EXEC_WITHOUT_MULTI = of("ERR EXEC without MULTI");
  public static final Refusal DISCARD_WITHOUT_MULTI = of("ERR DISCARD without MULTI");
  public static final Refusal EXEC_ABORTED =
      of("EXECABORT Transaction discarded because of previous errors.");
  public static final Refusal OUT_OF_MEMORY = of(Failure.MEMORY_LIMIT.line(""));
  public static final Refusal TRANSACTION_TOO_LARGE = of("ERR Transaction is larger than a request may be");
  public static final Refusal INVALID_CURSOR = of("ERR invalid cursor");
  public static final Refusal NOT_AN_INT =
      of("ERR value is out of range, value must between -2147483648 and 2147483647");
  public static final Refusal FIRST_DATABASE = of("ERR invalid first DB index");
  public static final Refusal SECOND_DATABASE = of("ERR invalid second DB index");
  public static final Refusal DECREMENT_OVERFLOW = of("ERR decrement would overflow");
  public static final Refusal CONDITIONS_CONFLICT =
      of("ERR NX and XX, GT or LT options at the same time are not compatible");
  public static final Refusal LATER_AND_EARLIER = of("ERR GT and LT options at the same time are not compatible");
  public static final Refusal NOT_POSITIVE = of("ERR value is out of range, must be positive");
  public static final Refusal RANK_ZERO = of("ERR RANK can't be zero: use 1 to start from the first match, 2 from the "
      + "second ... or use negative to start from the end of the list");
  public static final Refusal COUNT_NEGATIVE = of("ERR COUNT can't be negative");
  public static final Refusal MAXLEN_NEGATIVE = of("ERR MAXLEN can't be negative");
  public static final Refusal NUMKEYS_NOT_POSITIVE = of("ERR numkeys should be greater than 0");
  public static final Refusal COUNT_NOT_POSITIVE = of("ERR count should be greater than 0");
  public static final Refusal NOT_A_BIT = of("ERR bit is not an integer or out of range");
  public static final Refusal BIT_TO_FIND = of("ERR The bit argument must be 1 or 0.");
  public static final Refusal NOT_OF_MANY = of("ERR BITOP NOT must be called with a single source key.");
  public static final Refusal ONLY_GET = of("ERR BITFIELD_RO only supports the GET subcommand");
  public static final Refusal OVERFLOW_TYPE = of("ERR Invalid OVERFLOW type specified");
  public static final Refusal FIELD_TYPE = of("ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not "
      + "supported but i64 is.");
  public static final Refusal LENGTH_AND_RANGES =
      of("ERR If you want both the length and indexes, please just use IDX.");
  public static final Refusal INVALID_COMMAND = of("ERR Invalid command specified");
  public static final Refusal INVALID_ARGUMENTS = of("ERR Invalid arguments specified for command");
  public static final Refusal INVALID_ARGUMENT_COUNT = of("ERR Invalid number of arguments specified for command");
  public static final Refusal NO_KEYS = of("ERR The command has no key arguments");

  public static final Refusal MORE_KEYS_THAN_ARGUMENTS = of("ERR Number of keys can't be greater than number of args");
  public static final Refusal LIMIT_NEGATIVE = of("ERR LIMIT can't be negative");
  public static final Refusal OUT_OF_RANGE = of("ERR value is out of range");
  public static final Refusal NOT_A_COUNT = of("ERR value is out of range, value must between " + -Long.MAX_VALUE + " and "
      + Long.MAX_VALUE);
  public static final Refusal ABSENT_AND_PRESENT = of("ERR XX and NX options at the same time are not compatible");
  public static final Refusal SCORE_CONDITIONS_CONFLICT =
      of("ERR GT, LT, and/or NX options at the same time are not compatible");
  public static final Refusal ONE_INCREMENT = of("ERR INCR option supports a single increment-element pair");
  public static final Refusal LIMIT_OF_RANKS =
      of("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  public static final Refusal SCORES_BY_LEX = of("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  public static final Refusal NOT_A_SCORE_RANGE = of("ERR min or max is not a float");
  public static final Refusal NOT_A_MEMBER_RANGE = of("ERR min or max not valid string range item");
  public static final Refusal NOT_A_WEIGHT = of("ERR weight value is not a float");
  public static final Refusal NEGATIVE_LIMIT = of("ERR LIMIT can't be negative");

  public static final Refusal FREQUENCY_NOT_TRACKED = of("ERR An LFU maxmemory policy is not selected, access frequency "
      + "not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time "
      + "to adjust.");
  public static final Refusal IDLE_TIME_NOT_TRACKED_BY_LFU = of("ERR An LFU maxmemory policy is selected, idle time not "
      + "tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to "
      + "adjust.");
  public static final Refusal IDLE_TIME_NOT_TRACKED =
      of("ERR QCache does not track idle time: OBJECT FREQ under an LFU policy tells how often a key was used lately");

  public static final Refusal NEGATIVE_EXPIRE_TIME = of("ERR invalid expire time, must be >= 0");
  public static final Refusal FIELDS_MISSING =
      of("ERR Mandatory argument FIELDS is missing or not at the right position");
  public static final Refusal NUM_FIELDS = of("ERR Parameter `numFields` should be greater than 0");
  public static final Refusal FIELD_COUNT = of("ERR Number of fields must be a positive integer");
  public static final Refusal FIELDS_UNMATCHED = of("ERR The `numfields` parameter must match the number of arguments");
  public static final Refusal PAUSE_MODE = of("ERR CLIENT PAUSE mode must be WRITE or ALL");
  public static final Refusal NOT_A_TIMEOUT = of("ERR timeout is not an integer or out of range");
  public static final Refusal TIMEOUT_RANGE = of("ERR timeout is out of range");
  public static final Refusal NEGATIVE_TIMEOUT = of("ERR timeout is negative");

  private final String line;

  private Refusal(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  /** A refusal with that line. */
  public static Refusal of(String line) {
    return new Refusal(line);
  }

  /** The log cannot be written. */
  static Refusal cannotLog(IOException why) {
    return of(Failure.NOT_LOGGED.line() + ": " + WriteLog.reason(why));
  }

  public static Refusal wrongArity(String command) {
    return of("ERR wrong number of arguments for '" + command + "' command");
  }

  public static Refusal noInputKey(String command) {
    return of("ERR at least 1 input key is needed for '" + command + "' command");
  }

  public static Refusal expireTime(String command) {
    return of("ERR invalid expire time in '" + command + "' command");
  }

  /** Names the command and, cut, its arguments. */
  public static Refusal unknownCommand(Slices args) {
    StringBuilder line = new StringBuilder(320).append("ERR unknown command '").append(echo(args.get(0), ECHOED))
        .append("', with args beginning with: ");
    int echoed = 0;
    for (int i = 1; i < args.size() && echoed < ECHOED; i++) {
      String argument = echo(args.get(i), ECHOED - echoed);
      line.append('\'').append(argument).append("' ");
      echoed += argument.length() + 3;
    }
    return of(line.toString());
  }

  public static Refusal unknownSubcommand(Slice subcommand, String container) {
    return of("ERR unknown subcommand '" + echo(subcommand, ECHOED) + "'. Try " + container.toUpperCase(Locale.ROOT)
        + " HELP.");
  }

  /** Where a subcommand refuses by itself what its arity would let pass. */
  public static Refusal unknownOrWrongArity(Slice subcommand, String container) {
    return of("ERR unknown subcommand or wrong number of arguments for '" + echo(subcommand, ECHOED) + "'. Try "
        + container + " HELP.");
  }

  /** What a subscribed client of RESP2 is told of most commands. */
  public static Refusal confined(String command) {
    return of("ERR Can't execute '" + command + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are "
        + "allowed in this context");
  }

  public static Refusal unsupportedOption(Slice option) {
    return of("ERR Unsupported option " + echo(option, ECHOED));
  }

  public static Refusal helloOption(Slice option) {
    return of("ERR Syntax error in HELLO option '" + echo(option, ECHOED) + "'");
  }

  public static Refusal unknownClientType(Slice type) {
    return of("ERR Unknown client type '" + echo(type, ECHOED) + "'");
  }

  public static Refusal noSuchUser(Slice user) {
    return of("ERR No such user '" + echo(user, ECHOED) + "'");
  }

  public static Refusal unrecognizedOption(Slice option) {
    return of("ERR Unrecognized option '" + echo(option, ECHOED) + "'");
  }

  public static Refusal infoText(String attribute) {
    return of("ERR " + attribute + " cannot contain spaces, newlines or special characters.");
  }

  /** A transaction that ends because EXEC itself is refused. */
  public static Refusal execAborted(Refusal because) {
    String reason = because.line.startsWith("ERR ") ? because.line.substring(4) : because.line;
    return of("EXECABORT Transaction discarded because of: " + reason);
  }

  /** The error reply without its minus; chars are bytes. */
  public String line() {
    return line;
  }

  /** Up to the first NUL, as C prints it. */
  private static String echo(Slice slice, int most) {
    StringBuilder text = new StringBuilder(Math.min(slice.length(), most));
    for (int i = 0; i < slice.length() && i < most && slice.at(i) != 0; i++) {
      text.append((char) (slice.at(i) & 0xff));
    }
    return text.toString();
  }
}
