package io.qcache.snapshot;

import io.qcache.ValueType;
import io.qcache.collection.FieldDeadline;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads an RDB file of any version up to 12, every value in any of the encodings that Redis has had for it, and checks each byte
 * of their structure, and the checksum at the end.  What is read counts only when {@link #read} has returned.  For one thread,
 * and one file.
 */
public final class RdbReader {
  /** Where what is read goes, key by key. */
  public interface Target {
    /** Something is noted of the file, by whoever wrote it. */
    void note(String name, String value) throws IOException;

    /** A key, with its value, which is to be taken now. */
    void key(long database, Slice key, long deadlineMillis, ValueDraft value) throws IOException;

    /** A key was left out, since the time of all its fields had come. */
    default void emptied() {}

    /** A key was left out, since its collection is empty or its type is not supported. */
    void skipped(String why) throws IOException;
  }

  private static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);

  private final RdbInput in;
  private final Target target;
  private final boolean skipping;
  private final ValueDraft draft;
  private final Unsupported unsupported;
  private final Slice key = new Slice();
  private final Slice one = new Slice();
  private final Slice other = new Slice();
  private final RdbInput.Scratch ofKey = new RdbInput.Scratch();
  private final RdbInput.Scratch ofOne = new RdbInput.Scratch();
  private final RdbInput.Scratch ofOther = new RdbInput.Scratch();
  private int version;
  private long keys;
  private long dueAtMillis = Long.MIN_VALUE;
  private long dueFields;
  private boolean someDue; // fields of the value at hand

  /**
   * @param name     of the file, for messages
   * @param engine   whose limits say how collections are kept
   * @param skipping whether what is not supported, such as streams, is left out instead of refused
   */
  public RdbReader(StoredFile file, String name, Engine engine, boolean skipping, Target target) throws IOException {
    this.in = new RdbInput(file, name);
    this.target = target;
    this.skipping = skipping;
    this.draft = new ValueDraft(engine);
    this.unsupported = new Unsupported(in);
  }

  /**
   * Fields of hashes whose time has come then are left out, with the hash where all have; before {@link #read}.  Whole keys are the
   * target's.
   */
  public void leaveOutFieldsDueAt(long millis) {
    dueAtMillis = millis;
  }

  /** How many fields were left out so far. */
  public long dueFields() {
    return dueFields;
  }

  /** Keys given so far. */
  public long keys() {
    return keys;
  }

  /** Of the format; known once something has been read. */
  public int version() {
    return version;
  }

  /** Bytes read so far. */
  public long position() {
    return in.position();
  }

  /** What to throw where the target does not want what it is given. */
  public RdbException refused(String what) {
    return in.refused(what);
  }

  /**
   * Reads it all.
   *
   * @throws RdbException where the file is damaged, or holds what is not supported
   */
  public void read() throws IOException {
    header();
    long database = 0;
    long deadline = Deadline.NONE;
    while (true) {
      in.item();
      int type = in.readByte();
      switch (type) {
        case Rdb.EXPIRETIME -> deadline = Deadline.clamp(in.readInt() * 1000L);
        case Rdb.EXPIRETIME_MS -> deadline = Deadline.clamp(in.readLong());
        case Rdb.FREQ -> in.readByte();
        case Rdb.IDLE -> in.readLength();
        case Rdb.SELECTDB -> database = in.readLength();
        case Rdb.RESIZEDB -> lengths(2);
        case Rdb.SLOT_INFO -> lengths(3);
        case Rdb.AUX -> note();
        case Rdb.FUNCTION2 -> {
          require(skipping, "a library of functions");
          in.skipString();
        }
        case Rdb.FUNCTION_PRE_GA -> throw in.unsupported("a function of a format that no release has had");
        case Rdb.MODULE_AUX -> {
          String module = unsupported.moduleName();
          require(skipping, "data of the module ".concat(module));
          lengths(2);
          unsupported.skipModuleValues();
        }
        case Rdb.EOF -> {
          end();
          return;
        }
        default -> {
          key(type, database, deadline);
          deadline = Deadline.NONE;
        }
      }
    }
  }

  private void header() throws IOException {
    for (byte b : MAGIC) {
      if (in.readByte() != b) {
        throw in.damaged("it does not begin with REDIS, so it is no RDB file");
      }
    }
    for (int i = 0; i < 4; i++) {
      int digit = in.readByte() - '0';
      if (digit < 0 || digit > 9) {
        throw in.damaged("its version is no number");
      }
      version = version * 10 + digit;
    }
    if (version < 1 || version > Rdb.NEWEST) {
      throw in.unsupported("the version " + version + " of the format");
    }
    if (version < Rdb.CHECKSUMS_SINCE) {
      in.stopSumming();
    }
  }

  private void lengths(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      in.readLength();
    }
  }

  private void note() throws IOException {
    in.readKept(one, ofOne);
    in.readString(other, ofOther, false);
    target.note(one.toString(), other.toString());
  }

  private void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw in.unsupported(what);
    }
  }

  private void end() throws IOException {
    if (version >= Rdb.CHECKSUMS_SINCE) {
      long sum = in.checksum();
      long told = in.readLong();
      if (told != 0 && told != sum) {
        throw in.damaged("its checksum is " + Long.toHexString(sum) + " and not " + Long.toHexString(told));
      }
    }
    if (!in.isAtEnd()) {
      throw in.damaged("something follows behind its end");
    }
  }

  // Keys

  private void key(int type, long database, long deadline) throws IOException {
    in.readKept(key, ofKey);
    String what = unsupported.name(type);
    if (what != null) {
      require(skipping, what);
      unsupported.skip(type);
      target.skipped(what);
      return;
    }
    someDue = false;
    value(type);
    if (draft.size() == 0) {
      if (someDue) {
        keys++;
        target.emptied();
      } else {
        target.skipped("an empty collection");
      }
      return;
    }
    keys++;
    target.key(database, key, deadline, draft);
  }

  private void value(int type) throws IOException {
    switch (type) {
      case Rdb.STRING -> {
        in.readString(one, ofOne, true);
        draft.string(one);
      }
      case Rdb.LIST -> elements(ValueType.LIST);
      case Rdb.SET -> elements(ValueType.SET);
      case Rdb.HASH -> hash();
      case Rdb.HASH_DEADLINES -> timedHash(in.readLong());
      case Rdb.HASH_LISTPACK_DEADLINES -> {
        moment(in.readLong());
        timedHash(new Listpack(in, blob()));
      }
      case Rdb.ZSET, Rdb.ZSET_2 -> sortedSet(type == Rdb.ZSET_2);
      case Rdb.LIST_ZIPLIST -> elements(ValueType.LIST, ziplist());
      case Rdb.LIST_QUICKLIST -> quicklist(false);
      case Rdb.LIST_QUICKLIST_2 -> quicklist(true);
      case Rdb.SET_INTSET -> elements(ValueType.SET, new Intset(in, blob()));
      case Rdb.SET_LISTPACK -> elements(ValueType.SET, new Listpack(in, blob()));
      case Rdb.HASH_ZIPMAP -> hash(new Zipmap(in, blob()));
      case Rdb.HASH_ZIPLIST -> hash(ziplist());
      case Rdb.HASH_LISTPACK -> hash(new Listpack(in, blob()));
      case Rdb.ZSET_ZIPLIST -> sortedSet(ziplist());
      case Rdb.ZSET_LISTPACK -> sortedSet(new Listpack(in, blob()));
      default -> throw in.damaged("a value of the type " + type + ", which there is not");
    }
  }

  /** A string that is taken apart before the next is read. */
  private Slice blob() throws IOException {
    Slice whole = new Slice();
    in.readString(whole, ofOne, false);
    return whole;
  }

  private Ziplist ziplist() throws IOException {
    return new Ziplist(in, blob());
  }

  private void elements(ValueType type) throws IOException {
    draft.begin(type);
    for (long left = in.readCount(); left > 0; left--) {
      in.readString(one, ofOne, false);
      add();
    }
  }

  private void elements(ValueType type, Entries entries) throws IOException {
    draft.begin(type);
    addAll(entries);
  }

  private void addAll(Entries entries) throws IOException {
    while (entries.next(one)) {
      add();
    }
  }

  private void add() throws IOException {
    if (!draft.add(one)) {
      throw in.damaged("a set that has a member twice");
    }
  }

  private void quicklist(boolean second) throws IOException {
    draft.begin(ValueType.LIST);
    for (long left = in.readCount(); left > 0; left--) {
      long container = second ? in.readLength() : 0;
      if (second && container == 1) {
        in.readString(one, ofOne, false);
        add();
      } else if (second && container != 2) {
        throw in.damaged("a node of the kind " + container);
      } else {
        addAll(second ? new Listpack(in, blob()) : ziplist());
      }
    }
  }

  private void hash() throws IOException {
    draft.begin(ValueType.HASH);
    for (long left = in.readCount(); left > 0; left--) {
      in.readKept(one, ofOne);
      in.readString(other, ofOther, false);
      addPair();
    }
  }

  private void hash(Entries entries) throws IOException {
    draft.begin(ValueType.HASH);
    while (entries.next(one)) {
      if (!entries.next(other)) {
        throw in.damaged("a field without a value");
      }
      addPair();
    }
  }

  private void timedHash(long earliest) throws IOException {
    moment(earliest);
    draft.begin(ValueType.HASH);
    for (long left = in.readCount(); left > 0; left--) {
      long behind = in.readLength(); // and 1
      in.readKept(one, ofOne);
      in.readString(other, ofOther, false);
      addTimedPair(behind == 0 ? 0 : moment(behind < 0 ? behind : earliest + behind - 1));
    }
  }

  private void timedHash(Entries entries) throws IOException {
    draft.begin(ValueType.HASH);
    Slice deadline = new Slice();
    while (entries.next(one)) {
      one.wrap(one.copy()); // the entries' own scratch is good for two
      if (!entries.next(other)) {
        throw in.damaged("a field without a value");
      }
      Slice value = new Slice().wrap(other.copy()); // for it may lie where the deadline comes to lie
      if (!entries.next(deadline) || !Numbers.isLong(deadline.array(), deadline.offset(), deadline.length())) {
        throw in.damaged("a field whose deadline is no number");
      }
      long millis = Numbers.parse(deadline);
      other.wrap(value.array(), value.offset(), value.length());
      addTimedPair(millis == 0 ? 0 : moment(millis));
    }
  }

  /** With its deadline, 0 for none; or not, where that has passed. */
  private void addTimedPair(long millis) throws IOException {
    if (millis != 0 && millis <= dueAtMillis) {
      dueFields++;
      someDue = true;
      return;
    }
    addPair();
    if (millis != 0) {
      draft.deadline(one, millis);
    }
  }

  private long moment(long millis) throws IOException {
    if (millis < 0 || millis > FieldDeadline.MOST_MILLIS) {
      throw in.damaged("a field whose deadline is " + millis + " ms");
    }
    return millis;
  }

  private void addPair() throws IOException {
    if (!draft.add(one, other)) {
      throw in.damaged("a hash that has a field twice");
    }
  }

  private void sortedSet(boolean binary) throws IOException {
    draft.begin(ValueType.SORTED_SET);
    for (long left = in.readCount(); left > 0; left--) {
      in.readKept(one, ofOne);
      addScored(binary ? Double.longBitsToDouble(in.readLong()) : in.readTextScore());
    }
  }

  private void sortedSet(Entries entries) throws IOException {
    draft.begin(ValueType.SORTED_SET);
    while (entries.next(one)) {
      if (!entries.next(other)) {
        throw in.damaged("a member without a score");
      }
      addScored(Numbers.strictDouble(other));
    }
  }

  private void addScored(double score) throws IOException {
    if (Double.isNaN(score)) {
      throw in.damaged("a score that is no number");
    }
    if (!draft.add(one, score)) {
      throw in.damaged("a sorted set that has a member twice");
    }
  }
}
