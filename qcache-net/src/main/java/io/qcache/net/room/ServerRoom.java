package io.qcache.net.room;

import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.STALE;
import static io.qcache.net.command.Flag.WRITE;

import io.qcache.engine.Database;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import java.nio.charset.StandardCharsets;

/** Commands about the server and whole databases. */
final class ServerRoom extends Room {
  private static final int INFO = 0, DBSIZE = 1, FLUSHDB = 2, FLUSHALL = 3, SWAPDB = 4, TIME = 5;

  ServerRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    table.command(INFO, "INFO").arity(-1).flags(LOADING, STALE).categories(Category.DANGEROUS).wholeKeyspace();
    table.command(DBSIZE, "DBSIZE").arity(1).flags(READONLY, FAST).categories(Category.KEYSPACE).wholeKeyspace();
    table.command(FLUSHDB, "FLUSHDB").arity(-1).flags(WRITE)
        .categories(Category.KEYSPACE, Category.DANGEROUS).wholeKeyspace();
    table.command(FLUSHALL, "FLUSHALL").arity(-1).flags(WRITE)
        .categories(Category.KEYSPACE, Category.DANGEROUS).wholeKeyspace();
    table.command(SWAPDB, "SWAPDB").arity(3).flags(WRITE, FAST)
        .categories(Category.KEYSPACE, Category.DANGEROUS).wholeKeyspace();
    table.command(TIME, "TIME").arity(1).flags(LOADING, STALE, FAST);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case INFO -> info(call);
      case DBSIZE -> call.reply().integer(KeyOps.size(call.db()));
      case FLUSHDB -> flush(call, false);
      case FLUSHALL -> flush(call, true);
      case SWAPDB -> swap(call);
      case TIME -> time(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void info(Call call) {
    byte[] text = new Info(call.host()).text(call.args(), 1).getBytes(StandardCharsets.ISO_8859_1);
    call.reply().verbatim("txt", text, 0, text.length);
  }

  /** ASYNC and SYNC are the same to us: emptying costs the same however much there is. */
  private static void flush(Call call, boolean all) {
    boolean fits = call.count() == 1
        || (call.count() == 2 && (call.slice(1).is("ASYNC") || call.slice(1).is("SYNC")));
    if (!fits) {
      throw Refusal.SYNTAX;
    }
    if (all) {
      KeyOps.clearAll(call.host().engine());
    } else {
      KeyOps.clear(call.db());
    }
    call.reply().ok();
  }

  private static void swap(Call call) {
    int first = index(call.slice(1), Refusal.FIRST_DATABASE);
    int second = index(call.slice(2), Refusal.SECOND_DATABASE);
    Database one = call.host().engine().database(first);
    KeyOps.swap(one, call.host().engine().database(second));
    call.reply().ok();
  }

  private static int index(Slice text, Refusal otherwise) {
    if (!Numbers.isLong(text.array(), text.offset(), text.length())) {
      throw otherwise;
    }
    long index = Numbers.parse(text);
    if (index != (int) index) {
      throw otherwise;
    }
    return (int) index;
  }

  private static void time(Call call) {
    long millis = call.host().engine().nowMillis();
    call.reply().array(2);
    call.reply().bulkNumber(Math.floorDiv(millis, 1000));
    call.reply().bulkNumber(Math.floorMod(millis, 1000L) * 1000);
  }
}
