package io.qcache.net.command;

import io.qcache.engine.Plan;
import io.qcache.engine.Slices;
import java.util.Locale;

/**
 * What is declared about a command, once: everything else reads it here.  Filled while its room declares it, by one
 * thread; not changed after that, and so read by all.
 */
public final class Row {
  private final Room room;
  private final int op;
  private final String name;
  private final Row container;
  private CommandTable subcommands; // null but for a container
  private int arity;
  private int flags;
  private int categories;
  private Keys keys = Keys.NONE;
  private boolean queued = true;
  private boolean wholeKeyspace;
  private boolean whileSubscribed;
  private boolean telling;
  private volatile boolean failed;

  Row(Room room, int op, String name, Row container) {
    this.room = room;
    this.op = op;
    this.container = container;
    String lower = name.toLowerCase(Locale.ROOT);
    this.name = container == null ? lower : container.name.concat("|").concat(lower);
    if (room.category() != null) {
      categories = room.category().bit();
    }
  }

  // To be declared

  /** How many arguments, the name counted; a negative number is the least. */
  public Row arity(int arguments) {
    this.arity = arguments;
    return this;
  }

  public Row flags(Flag... given) {
    for (Flag flag : given) {
      flags |= flag.bit();
    }
    return this;
  }

  public Row keys(Keys positions) {
    this.keys = positions;
    return this;
  }

  /** Categories that follow neither from the room nor from the flags. */
  public Row categories(Category... given) {
    for (Category category : given) {
      categories |= category.bit();
    }
    return this;
  }

  /** Runs at once between MULTI and EXEC, instead of being queued. */
  public Row notQueued() {
    this.queued = false;
    return this;
  }

  /** Reads or writes keys that its arguments do not name: inside EXEC it needs all stripes. */
  public Row wholeKeyspace() {
    this.wholeKeyspace = true;
    return this;
  }

  /** Runs also for a subscribed client of RESP2, whose replies would otherwise be taken for messages. */
  public Row whileSubscribed() {
    this.whileSubscribed = true;
    return this;
  }

  /** Tells others something, so that it waits with what writes. */
  public Row telling() {
    this.telling = true;
    return this;
  }

  /** Declares a subcommand of this row, which is a container then. */
  public Row subcommand(int op, String name) {
    if (subcommands == null) {
      subcommands = new CommandTable(this);
    }
    return subcommands.add(new Row(room, op, name, this), name);
  }

  // To be read

  public Room room() {
    return room;
  }

  public int op() {
    return op;
  }

  /** In lower case, a subcommand's behind its container's: {@code client|list}. */
  public String name() {
    return name;
  }

  public int arity() {
    return arity;
  }

  public boolean accepts(int arguments) {
    return arity < 0 ? arguments >= -arity : arguments == arity;
  }

  public boolean is(Flag flag) {
    return (flags & flag.bit()) != 0;
  }

  public boolean isIn(Category category) {
    return (allCategories() & category.bit()) != 0;
  }

  private int allCategories() {
    return categories
        | (is(Flag.WRITE) ? Category.WRITE.bit() : 0)
        | (is(Flag.READONLY) && (categories & Category.SCRIPTING.bit()) == 0 ? Category.READ.bit() : 0)
        | (is(Flag.ADMIN) ? Category.ADMIN.bit() | Category.DANGEROUS.bit() : 0)
        | (is(Flag.PUBSUB) ? Category.PUBSUB.bit() : 0)
        | (is(Flag.BLOCKING) ? Category.BLOCKING.bit() : 0)
        | (is(Flag.FAST) ? Category.FAST.bit() : Category.SLOW.bit());
  }

  public Keys keys() {
    return keys;
  }

  public boolean needsWholeKeyspace() {
    return wholeKeyspace;
  }

  public boolean runsWhileSubscribed() {
    return whileSubscribed;
  }

  /** Whether it may change something, or tell others something: CLIENT PAUSE WRITE is for those. */
  public boolean mayWrite() {
    return telling || is(Flag.WRITE);
  }

  public boolean isQueued() {
    return queued;
  }

  /** The rows of its subcommands, or null where it has none. */
  public CommandTable subcommands() {
    return subcommands;
  }

  /** The row that this is a subcommand of, or null. */
  public Row container() {
    return container;
  }

  /** Adds the stripes that the command needs with these arguments, and the bytes that it brings. */
  public void addTo(Plan plan, Slices args) {
    if (is(Flag.DENYOOM)) {
      plan.bringing(args.bytes());
    }
    if (wholeKeyspace) {
      plan.all();
    } else if (!keys.isNone()) {
      keys.forEach(args, new PlanFiller(plan, args));
    }
  }

  private record PlanFiller(Plan plan, Slices args) implements Keys.Visitor {
    @Override public void key(int position, Access access) {
      plan.add(args.get(position));
    }
  }

  /** True the first time: a handler that throws is worth one line in the log. */
  public boolean firstFailure() {
    boolean first = !failed;
    failed = true;
    return first;
  }
}
