package io.qcache.net.room;

import io.qcache.net.session.Call;
import io.qcache.resp.ReplyWriter;

/** What a container's HELP replies. */
final class Help {
  private Help() {}

  /** Lines in pairs: how a subcommand is called, and what it does. */
  static void reply(Call call, String container, String... lines) {
    ReplyWriter reply = call.reply();
    reply.array(lines.length + 3);
    reply.simple(container.concat(" <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
    for (int i = 0; i < lines.length; i += 2) {
      line(reply, lines[i], lines[i + 1]);
    }
    line(reply, "HELP", "These lines.");
  }

  private static void line(ReplyWriter reply, String call, String meaning) {
    reply.simple(call);
    reply.simple("    ".concat(meaning));
  }
}
