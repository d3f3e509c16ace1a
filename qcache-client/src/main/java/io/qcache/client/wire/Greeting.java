package io.qcache.client.wire;

import io.qcache.resp.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said on a new connection before anything else: HELLO 3, or AUTH and RESP2 where the server does not know it;
 * who we are, at best effort; and the database.
 */
final class Greeting {
  /** Sends requests in one step and waits for their replies. */
  interface Exchange {
    List<Reply> ask(List<Request> requests) throws IOException;
  }

  /** The server did not let us in; the message is the line of its error reply. */
  static final class Refused extends IOException {
    Refused(String line) {
      super(line);
    }
  }

  private final Settings settings;
  private final Exchange exchange;
  private final int highestDatabase;

  /** {@code highestDatabase} is the last one in use, so the server must have it. */
  Greeting(Settings settings, int highestDatabase, Exchange exchange) {
    this.settings = settings;
    this.exchange = exchange;
    this.highestDatabase = highestDatabase;
  }

  void say() throws IOException {
    Reply hello = exchange.ask(List.of(hello())).get(0);
    if (hello instanceof Reply.ErrorReply error && !isOldServer(error)) {
      throw refusal(error);
    }
    introduce(hello.isError());
  }

  /** Servers before Redis 6 have no HELLO; one that speaks RESP2 only answers NOPROTO. */
  private static boolean isOldServer(Reply.ErrorReply refused) {
    return refused.code().equals("NOPROTO") || refused.message().startsWith("unknown command");
  }

  private Request hello() {
    if (!settings.hasPassword()) {
      return Request.of("HELLO", "3");
    }
    String user = settings.user().isEmpty() ? "default" : settings.user();
    return Request.of("HELLO", "3", "AUTH", user, settings.password());
  }

  private void introduce(boolean withAuth) throws IOException {
    List<Request> needed = new ArrayList<>();
    if (withAuth && settings.hasPassword()) {
      needed.add(auth());
    }
    if (highestDatabase > 0) {
      needed.add(select(highestDatabase));
    }
    if (highestDatabase != settings.database()) {
      needed.add(select(settings.database()));
    }
    List<Request> all = new ArrayList<>(needed);
    all.addAll(courtesies());
    List<Reply> replies = exchange.ask(all);
    for (int i = 0; i < needed.size(); i++) {
      if (replies.get(i).isError()) {
        throw refusal(replies.get(i));
      }
    }
  }

  private Request auth() {
    return settings.user().isEmpty()
        ? Request.of("AUTH", settings.password())
        : Request.of("AUTH", settings.user(), settings.password());
  }

  /** Who we are.  Servers that do not know these say so, which is fine. */
  private List<Request> courtesies() {
    List<Request> requests = new ArrayList<>();
    if (!settings.clientName().isEmpty()) {
      requests.add(Request.of("CLIENT", "SETNAME", settings.clientName()));
    }
    String version = Greeting.class.getPackage().getImplementationVersion();
    requests.add(Request.of("CLIENT", "SETINFO", "LIB-NAME", "qcache-client"));
    if (version != null) {
      requests.add(Request.of("CLIENT", "SETINFO", "LIB-VER", version));
    }
    return requests;
  }

  static Request select(int database) {
    return new Request("SELECT", 1).argument(database);
  }

  private static Refused refusal(Reply reply) {
    return new Refused(((Reply.ErrorReply) reply).line());
  }
}
