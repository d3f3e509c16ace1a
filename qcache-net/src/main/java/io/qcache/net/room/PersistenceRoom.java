package io.qcache.net.room;

import static io.qcache.net.command.Flag.ADMIN;
import static io.qcache.net.command.Flag.ALLOW_BUSY;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.NO_ASYNC_LOADING;
import static io.qcache.net.command.Flag.NO_MULTI;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Pause;
import io.qcache.net.session.Peer;
import io.qcache.net.session.Persistence;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Wait;
import io.qcache.snapshot.Snapshots;
import java.io.IOException;

/** Commands that save, and the one that ends the server. */
final class PersistenceRoom extends Room {
  private static final int SAVE = 0, BGSAVE = 1, LASTSAVE = 2, SHUTDOWN = 3, BGREWRITEAOF = 4;

  PersistenceRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    table.command(SAVE, "SAVE").arity(1).flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI);
    table.command(BGSAVE, "BGSAVE").arity(-1).flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING);
    table.command(BGREWRITEAOF, "BGREWRITEAOF").arity(1).flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING);
    table.command(LASTSAVE, "LASTSAVE").arity(1).flags(LOADING, STALE, FAST).categories(Category.ADMIN, Category.DANGEROUS);
    table.command(SHUTDOWN, "SHUTDOWN").arity(-1).flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case SAVE -> save(call);
      case BGSAVE -> saveInBackground(call);
      case LASTSAVE -> call.reply().integer(call.host().persistence().savedMillis() / 1_000);
      case SHUTDOWN -> shutDown(call);
      case BGREWRITEAOF -> rewrite(call);
      default -> throw noSuchRow(op);
    }
  }

  private static Snapshots snapshots(Call call) {
    Snapshots snapshots = call.host().persistence().snapshots();
    if (snapshots == null) {
      throw Refusal.NO_DIRECTORY;
    }
    return snapshots;
  }

  /** Others go on meanwhile; who asked waits. */
  private static void save(Call call) {
    Snapshots snapshots = snapshots(call);
    Saving saving = new Saving(call, null);
    if (!snapshots.save(snapshots.isRewriting(), saving)) {
      throw Refusal.IS_SAVING;
    }
    call.session().await(saving, Deadline.NONE);
  }

  private static void saveInBackground(Call call) {
    if (call.count() > 2 || (call.count() == 2 && !call.slice(1).is("SCHEDULE"))) {
      throw Refusal.SYNTAX;
    }
    Snapshots snapshots = snapshots(call);
    boolean rewriting = snapshots.isRewriting();
    boolean schedules = call.count() == 2 || call.isWithinTransaction();
    if (rewriting && !schedules) {
      throw Refusal.IS_REWRITING_INSTEAD;
    }
    if (!snapshots.save(rewriting, null)) {
      throw Refusal.IS_SAVING;
    }
    call.reply().simple(rewriting || call.isWithinTransaction() ? "Background saving scheduled" : "Background saving started");
  }

  private static void rewrite(Call call) {
    switch (snapshots(call).rewrite()) {
      case REFUSED -> throw Refusal.IS_REWRITING;
      case SCHEDULED -> call.reply().simple("Background append only file rewriting scheduled");
      case STARTED -> call.reply().simple(call.isWithinTransaction()
          ? "Background append only file rewriting scheduled" : "Background append only file rewriting started");
    }
  }

  private static void shutDown(Call call) {
    boolean saves = false;
    boolean savesNot = false;
    boolean forced = false;
    boolean aborts = false;
    for (int i = 1; i < call.count(); i++) {
      Slice word = call.slice(i);
      if (word.is("SAVE")) {
        saves = true;
      } else if (word.is("NOSAVE")) {
        savesNot = true;
      } else if (word.is("FORCE")) {
        forced = true;
      } else if (word.is("ABORT")) {
        aborts = true;
      } else if (!word.is("NOW")) { // which spares waiting for replicas
        throw Refusal.SYNTAX;
      }
    }
    if (saves && savesNot || aborts && call.count() > 2) {
      throw Refusal.SYNTAX;
    }
    if (aborts) {
      throw Refusal.NO_SHUTDOWN;
    }
    Persistence persistence = call.host().persistence();
    Snapshots snapshots = saves ? persistence.snapshots() : persistence.snapshotsOrNull();
    boolean toSave = !savesNot && !persistence.isLoading() && snapshots != null && (saves || snapshots.points().areAny());
    if (snapshots != null && !toSave) {
      snapshots.savesAtEnd(false);
      snapshots.abort();
    }
    if (!toSave) {
      end(call);
      return;
    }
    call.host().pause().begin(Pause.Kind.WRITES, Deadline.NONE - 1); // what is acknowledged from here on would not be saved
    Saving saving = new Saving(call, forced ? Boolean.TRUE : Boolean.FALSE);
    if (!snapshots.save(true, saving)) {
      end(call);
      return;
    }
    call.session().await(saving, Deadline.NONE);
  }

  private static void end(Call call) {
    call.host().persistence().end();
    call.session().quit();
  }

  /** Waits for the end of a save, and perhaps ends the server then. */
  private static final class Saving implements Snapshots.Listener, Wait {
    private final Peer peer;
    private final Boolean forced; // null where the server goes on
    private volatile boolean over;
    private volatile IOException failure;

    Saving(Call call, Boolean forced) {
      this.peer = call.session().peer();
      this.forced = forced;
    }

    @Override public void saved(IOException why) {
      failure = why;
      over = true;
      peer.wake();
    }

    @Override public boolean unblock(boolean withError) {
      return false; // a save goes on to its end
    }

    @Override public boolean isOver(Call call) {
      if (!over) {
        return false;
      }
      if (forced == null) {
        if (failure == null) {
          call.reply().ok();
        } else {
          throw Refusal.of("ERR");
        }
      } else if (failure == null || forced) {
        call.host().persistence().snapshots().savesAtEnd(false);
        end(call);
      } else {
        call.host().pause().end();
        throw Refusal.CANNOT_SHUT_DOWN;
      }
      return true;
    }

    @Override public boolean giveUp(Call call) {
      return false; // it has no end of its time
    }

    @Override public void drop() {
      // the snapshot is taken all the same
    }
  }
}
