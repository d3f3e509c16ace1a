package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.range;

import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.engine.BitFields;
import io.qcache.engine.BitOps;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Numbers;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of strings as rows of bits. */
final class BitRoom extends Room {
  private static final int GETBIT = 0, SETBIT = 1, BITCOUNT = 2, BITPOS = 3, BITOP = 4, BITFIELD = 5, BITFIELD_RO = 6;

  BitRoom() {
    super(Category.BITMAP);
  }

  @Override public void declare(CommandTable table) {
    table.command(GETBIT, "GETBIT").arity(3).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(SETBIT, "SETBIT").arity(4).flags(WRITE, DENYOOM).keys(one(Access.READ_WRITE));
    table.command(BITCOUNT, "BITCOUNT").arity(-2).flags(READONLY).keys(one(Access.READ));
    table.command(BITPOS, "BITPOS").arity(-3).flags(READONLY).keys(one(Access.READ));
    table.command(BITOP, "BITOP").arity(-4).flags(WRITE, DENYOOM)
        .keys(range(2, 2, 1, Access.WRITE).and(range(3, -1, 1, Access.READ)));
    table.command(BITFIELD, "BITFIELD").arity(-2).flags(WRITE, DENYOOM).keys(one(Access.READ_WRITE_BY_OPTION));
    table.command(BITFIELD_RO, "BITFIELD_RO").arity(-2).flags(READONLY, FAST).keys(one(Access.READ));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case GETBIT -> call.reply().integer(BitOps.get(call.db(), call.slice(1), offset(call)) ? 1 : 0);
      case SETBIT -> set(call);
      case BITCOUNT -> count(call);
      case BITPOS -> find(call);
      case BITOP -> combine(call);
      case BITFIELD -> fields(call, false);
      case BITFIELD_RO -> fields(call, true);
      default -> throw noSuchRow(op);
    }
  }

  private static long offset(Call call) {
    Slice text = call.slice(2);
    if (!Numbers.isLong(text.array(), text.offset(), text.length())) {
      throw Signal.of(Failure.BIT_OFFSET_OUT_OF_RANGE);
    }
    return Numbers.parse(text);
  }

  private static void set(Call call) {
    long offset = offset(call);
    BitOps.requireOffset(call.db(), offset); // told before the bit is looked at
    Slice bit = call.slice(3);
    if (!bit.is("0") && !bit.is("1")) {
      throw Refusal.NOT_A_BIT;
    }
    call.reply().integer(BitOps.set(call.db(), call.slice(1), offset, bit.is("1")) ? 1 : 0);
  }

  private static void count(Call call) {
    BitRange range;
    try {
      range = countRange(call);
    } catch (Refusal | Signal wrong) {
      requireNoString(call, wrong);
      range = BitRange.all();
    }
    call.reply().integer(BitOps.count(call.db(), call.slice(1), range));
  }

  /** What is wrong with a range is told only of a string. */
  private static void requireNoString(Call call, RuntimeException wrong) {
    if (KeyOps.typeByTheWay(call.db(), call.slice(1)) == ValueType.STRING) {
      throw wrong;
    }
  }

  private static BitRange countRange(Call call) {
    if (call.count() == 2) {
      return BitRange.all();
    }
    if (call.count() != 4 && call.count() != 5) {
      throw Refusal.SYNTAX;
    }
    long first = call.integer(2);
    long last = call.integer(3);
    boolean isEmpty = first < 0 && last < 0 && first > last; // told before the unit is looked at
    return call.count() == 5 && !isEmpty && isInBits(call.slice(4))
        ? BitRange.bits(first, last) : BitRange.bytes(first, last);
  }

  private static boolean isInBits(Slice unit) {
    if (!unit.is("BIT") && !unit.is("BYTE")) {
      throw Refusal.SYNTAX;
    }
    return unit.is("BIT");
  }

  private static void find(Call call) {
    long bit = call.integer(2);
    if (bit != 0 && bit != 1) {
      throw Refusal.BIT_TO_FIND;
    }
    BitRange range;
    try {
      range = findRange(call);
    } catch (Refusal | Signal wrong) {
      requireNoString(call, wrong);
      range = BitRange.all();
    }
    call.reply().integer(BitOps.find(call.db(), call.slice(1), bit == 1, range));
  }

  private static BitRange findRange(Call call) {
    if (call.count() == 3) {
      return BitRange.all();
    }
    if (call.count() > 6) {
      throw Refusal.SYNTAX;
    }
    long first = call.integer(3);
    boolean inBits = call.count() == 6 && isInBits(call.slice(5));
    if (call.count() == 4) {
      return BitRange.fromByte(first);
    }
    long last = call.integer(4);
    return inBits ? BitRange.bits(first, last) : BitRange.bytes(first, last);
  }

  private static void combine(Call call) {
    BitOperation operation = operation(call.slice(1));
    if (operation == BitOperation.NOT && call.count() != 4) {
      throw Refusal.NOT_OF_MANY;
    }
    call.reply().integer(BitOps.combine(call.db(), operation, call.slice(2), call.args(), 3));
  }

  private static BitOperation operation(Slice word) {
    for (BitOperation operation : BitOperation.values()) {
      if (word.is(operation.name())) {
        return operation;
      }
    }
    throw Refusal.SYNTAX;
  }

  private static void fields(Call call, boolean readOnly) {
    BitFields fields = BitFieldArguments.of(call);
    if (readOnly && !fields.isReadOnly()) {
      throw Refusal.ONLY_GET;
    }
    BitOps.fields(call.db(), call.slice(1), fields);
    call.reply().array(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      if (fields.isFailed(i)) {
        call.reply().nil();
      } else {
        call.reply().integer(fields.result(i));
      }
    }
  }
}
