package io.qcache.resp;

import java.util.Objects;

/**
 * Writes requests as arrays of bulk strings: {@link #command} and then exactly as many arguments, the command's name
 * among them.  Appends to its output, allocates nothing.  Not thread-safe.
 */
public final class RequestWriter {
  private final ReplyWriter writer;
  private int missing;

  public RequestWriter(Output out) {
    writer = new ReplyWriter(out);
  }

  /** Goes on in another output. */
  public void output(Output next) {
    writer.output(next);
  }

  /**
   * Starts a command of {@code arguments}, its name included.
   *
   * @throws IllegalStateException if the command before it lacks arguments: the stream would be out of step for good
   */
  public void command(int arguments) {
    if (missing != 0) {
      throw new IllegalStateException("the command before lacks " + missing + " arguments");
    }
    if (arguments < 1) {
      throw new IllegalArgumentException("arguments must be >= 1: was " + arguments);
    }
    writer.array(arguments);
    missing = arguments;
  }

  public void argument(byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    next();
    writer.bulk(source, from, length);
  }

  public void argument(byte[] source) {
    next();
    writer.bulk(source);
  }

  /** The number's digits. */
  public void argument(long number) {
    next();
    writer.bulkNumber(number);
  }

  /** Text as UTF-8. */
  public void argument(String text) {
    next();
    writer.bulk(text);
  }

  /** Arguments that the current command still lacks. */
  public int missing() {
    return missing;
  }

  /** Takes back what was written since the mark of the output, an unfinished command too. */
  public void rewind(long mark) {
    writer.rewind(mark);
    missing = 0;
  }

  private void next() {
    if (missing == 0) {
      throw new IllegalStateException("one argument more than the command announced");
    }
    missing--;
  }
}
