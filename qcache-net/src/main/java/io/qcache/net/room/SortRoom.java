package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.amongSortOptions;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.unknown;

import io.qcache.engine.Slice;
import io.qcache.engine.SortOps;
import io.qcache.engine.SortOptions;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import java.util.List;

/** SORT and SORT_RO. */
final class SortRoom extends Room {
  private static final int SORT = 0, SORT_RO = 1;

  SortRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    Category[] categories = {Category.SET, Category.SORTEDSET, Category.LIST, Category.DANGEROUS};
    table.command(SORT, "SORT").arity(-2).flags(WRITE, DENYOOM).categories(categories).wholeKeyspace()
        .keys(one(Access.READ).and(unknown(Access.READ)).and(amongSortOptions("STORE", Access.WRITE)));
    table.command(SORT_RO, "SORT_RO").arity(-2).flags(READONLY).categories(categories).wholeKeyspace()
        .keys(one(Access.READ).and(unknown(Access.READ)));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case SORT -> sort(call, true);
      case SORT_RO -> sort(call, false);
      default -> throw noSuchRow(op);
    }
  }

  private static void sort(Call call, boolean mayStore) {
    SortOptions options = new SortOptions();
    Slice store = null;
    for (int i = 2; i < call.count(); i++) {
      Slice option = call.slice(i);
      int left = call.count() - i - 1;
      if (mayStore && option.is("STORE") && left >= 1) {
        store = call.slice(++i);
      } else {
        i += take(call, i, left, options);
      }
    }
    if (store != null) {
      call.reply().integer(SortOps.store(call.db(), call.slice(1), options, store));
      return;
    }
    List<byte[]> sorted = SortOps.sort(call.db(), call.slice(1), options);
    call.reply().array(sorted.size());
    if (!sorted.isEmpty()) {
      call.produce(new ListedReply(sorted));
    }
  }

  /** Takes the option at {@code i}; how many arguments of its own it has. */
  private static int take(Call call, int i, int left, SortOptions options) {
    Slice option = call.slice(i);
    if (option.is("ASC") || option.is("DESC")) {
      options.descending(option.is("DESC"));
      return 0;
    }
    if (option.is("ALPHA")) {
      options.alphabetical();
      return 0;
    }
    if (option.is("LIMIT") && left >= 2) {
      options.limit(call.integer(i + 1), call.integer(i + 2));
      return 2;
    }
    if (option.is("BY") && left >= 1) {
      options.by(call.slice(i + 1));
      return 1;
    }
    if (option.is("GET") && left >= 1) {
      options.get(call.slice(i + 1));
      return 1;
    }
    throw Refusal.SYNTAX;
  }
}
