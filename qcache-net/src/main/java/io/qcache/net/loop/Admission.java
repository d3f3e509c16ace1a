package io.qcache.net.loop;

import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import java.nio.charset.StandardCharsets;

/** Who may connect: decided when a connection is accepted, before anything of it is read.  Stateless. */
final class Admission {
  private static final byte[] TOO_MANY = "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

  private Admission() {}

  /** The line to refuse that peer with, or null; {@code connections} are open without it. */
  static byte[] refusal(Options options, boolean isLocal, int connections, int port) {
    if (connections >= options.number(Option.MAXCLIENTS)) {
      return TOO_MANY;
    }
    boolean open = !options.isOn(Option.PROTECTED_MODE) || options.hasPassword();
    return open || isLocal ? null : denied(port);
  }

  /** Begins as Redis's does, for there are clients that look at it; what to do about it is our own. */
  private static byte[] denied(int port) {
    String line = "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set "
        + "for the default user. In this mode connections are only accepted from the loopback interface. "
        + "This is QCache on port " + port + ". To connect from other computers do one of these: "
        + "1) Start it with a password, '--requirepass <password>', or send 'CONFIG SET requirepass <password>' from "
        + "the computer that it runs on. "
        + "2) Where nobody else can reach this port, start it with '--protected-mode no', or send "
        + "'CONFIG SET protected-mode no' from the computer that it runs on.\r\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
