package io.qcache.net.room;

import io.qcache.BitOverflow;
import io.qcache.Failure;
import io.qcache.engine.BitFields;
import io.qcache.engine.BitOps;
import io.qcache.engine.Numbers;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** What BITFIELD and BITFIELD_RO are told behind their key: steps, and how those that follow overflow. */
final class BitFieldArguments {
  private final Call call;
  private final BitFields fields = new BitFields();
  private BitOverflow overflow = BitOverflow.WRAP;
  private boolean signed; // the type of the step at hand
  private int bits;

  private BitFieldArguments(Call call) {
    this.call = call;
  }

  static BitFields of(Call call) {
    BitFieldArguments arguments = new BitFieldArguments(call);
    for (int i = 2; i < call.count(); ) {
      i = arguments.take(i);
    }
    return arguments.fields;
  }

  /** Takes the step at {@code i}; where the next one is. */
  private int take(int i) {
    Slice word = call.slice(i);
    int left = call.count() - i - 1;
    if (word.is("GET") && left >= 2) {
      type(call.slice(i + 1));
      fields.get(signed, bits, offset(call.slice(i + 2)));
      return i + 3;
    }
    if (word.is("SET") && left >= 3) {
      return write(BitFields.Kind.SET, i);
    }
    if (word.is("INCRBY") && left >= 3) {
      return write(BitFields.Kind.INCREMENT, i);
    }
    if (word.is("OVERFLOW") && left >= 1) {
      overflow = overflow(call.slice(i + 1));
      return i + 2;
    }
    throw Refusal.SYNTAX;
  }

  private int write(BitFields.Kind kind, int i) {
    type(call.slice(i + 1));
    long offset = offset(call.slice(i + 2));
    fields.write(kind, signed, bits, offset, call.integer(i + 3), overflow);
    return i + 4;
  }

  private static BitOverflow overflow(Slice word) {
    if (word.is("WRAP")) {
      return BitOverflow.WRAP;
    }
    if (word.is("SAT")) {
      return BitOverflow.SATURATE;
    }
    if (word.is("FAIL")) {
      return BitOverflow.FAIL;
    }
    throw Refusal.OVERFLOW_TYPE;
  }

  /** As {@code i16}: up to the first NUL, as C has it. */
  private void type(Slice text) {
    int length = 0;
    while (length < text.length() && text.at(length) != 0) {
      length++;
    }
    boolean named = length > 1 && (text.at(0) == 'i' || text.at(0) == 'u')
        && Numbers.isLong(text.array(), text.offset() + 1, length - 1);
    signed = named && text.at(0) == 'i';
    long width = named ? Numbers.parse(text.array(), text.offset() + 1, length - 1) : 0;
    if (!BitFields.isWidth(signed, width)) {
      throw Refusal.FIELD_TYPE;
    }
    bits = (int) width;
  }

  /** In bits, or behind {@code #} in fields, whose product may wrap as in Redis. */
  private long offset(Slice text) {
    boolean inFields = text.length() > 0 && text.at(0) == '#';
    int from = text.offset() + (inFields ? 1 : 0);
    int length = text.length() - (inFields ? 1 : 0);
    if (!Numbers.isLong(text.array(), from, length)) {
      throw Signal.of(Failure.BIT_OFFSET_OUT_OF_RANGE);
    }
    long offset = Numbers.parse(text.array(), from, length) * (inFields ? bits : 1);
    BitOps.requireOffset(call.db(), offset);
    return offset;
  }
}
