package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/**
 * A chunk to be searched: it keeps where each element begins, and the elements as they are.  An offset fits a char.  The scores of
 * elements, where they have some, stand apart, so that a search for one looks at few cache lines.
 * <pre>
 *   scores   [ 1.0 │ 1.0 │ 2.5 ]
 *   offsets  [ 3 │ 6 │ 10 ]                             count 3
 *              │   └───┐└────────┐
 *   data     ░░░[ abc ][ defg ][ hi ]░░░░░░░░
 * </pre>
 */
final class OrderedChunk extends Chunk {
  private static final int OVERHEAD = 40 + 2 * 16; // its fields, and the headers of two arrays

  private char[] offsets;
  private double[] scores; // as many places as offsets; null where there are none

  private OrderedChunk(byte[] data, char[] offsets, double[] scores, int end, int count) {
    super(data, end, count);
    this.offsets = offsets;
    this.scores = scores;
  }

  /** A chunk of a copy of that element, the free room before it or behind it. */
  static OrderedChunk of(Form element, boolean scored, boolean roomBefore) {
    int length = element.bytes();
    int room = length > MOST_BYTES ? length : Math.min(MOST_BYTES, Math.max(64, length * 2));
    Allocation.comes();
    byte[] data = new byte[room];
    char[] offsets = new char[8];
    double[] scores = null;
    if (scored) {
      scores = new double[offsets.length];
      scores[0] = element.score();
    }
    int at = roomBefore ? room - length : 0;
    element.put(data, at);
    offsets[0] = (char) at;
    return new OrderedChunk(data, offsets, scores, at + length, 1);
  }

  @Override OrderedChunk copied() {
    Allocation.comes();
    return new OrderedChunk(data.clone(), offsets.clone(), scores == null ? null : scores.clone(), end, count);
  }

  @Override int bytes() {
    return OVERHEAD + data.length + 2 * offsets.length + (scores == null ? 0 : 16 + Score.BYTES * scores.length);
  }

  @Override int start() {
    return count == 0 ? end : offsets[0];
  }

  byte[] data() {
    return data;
  }

  // Where elements have scores

  double score(int index) {
    return scores[index];
  }

  void score(int index, double score) {
    scores[index] = score;
  }

  /** How many elements come before the member of that score; null for one that is before all of that score. */
  int search(double score, Slice member) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (comesBefore(middle, score, member)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the element comes before that member of that score. */
  boolean comesBefore(int index, double score, Slice member) {
    double other = scores[index];
    return other < score || (other == score && member != null && comesBefore(index, member));
  }

  private boolean comesBefore(int index, Slice member) {
    return Arrays.compareUnsigned(data, offsets[index], place(index + 1),
        member.array(), member.offset(), member.offset() + member.length()) < 0;
  }

  /** Whether that member of that score is the element there, if there is one. */
  boolean isAt(int index, double score, Slice member) {
    return index >= 0 && index < count && scores[index] == score && member.contentEquals(data, offsets[index], place(index + 1) - offsets[index]);
  }

  /** Whether an element of so many bytes can be inserted with no memory taken. */
  boolean hasRoom(int bytes) {
    return count < offsets.length && (data.length - end >= bytes || start() >= bytes) && data.length <= MOST_BYTES;
  }

  @Override int place(int index) {
    return index < count ? offsets[index] : end;
  }

  @Override int next(int index, int place, Slice into) {
    int behind = place(index + 1);
    into.wrap(data, place, behind - place);
    return behind;
  }

  @Override int previous(int index, int end, Slice into) {
    int from = offsets[index];
    into.wrap(data, from, end - from);
    return from;
  }

  @Override void reservePlaces(int elements) {
    if (count + elements > offsets.length) {
      setPlaces(Math.min(MOST, Math.max(count + elements, count + count / 2 + 4)));
    }
  }

  private void setPlaces(int places) {
    Allocation.comes();
    char[] otherOffsets = Arrays.copyOf(offsets, places);
    scores = scores == null ? null : Arrays.copyOf(scores, places);
    offsets = otherOffsets;
  }

  @Override void moved(int by) {
    shift(0, count, by);
  }

  private void shift(int first, int end, int by) {
    for (int i = first; i < end; i++) {
      offsets[i] += (char) by;
    }
  }

  @Override void inserted(int index, int at, Form element, boolean left) {
    if (left) {
      shift(0, index, -element.bytes());
    } else {
      shift(index, count, element.bytes());
    }
    System.arraycopy(offsets, index, offsets, index + 1, count - index);
    offsets[index] = (char) at;
    if (scores != null) {
      System.arraycopy(scores, index, scores, index + 1, count - index);
      scores[index] = element.score();
    }
  }

  @Override void removed(int first, int last, int bytes, boolean left) {
    if (left) {
      shift(0, first, bytes);
    } else {
      shift(last, count, -bytes);
    }
    System.arraycopy(offsets, last, offsets, first, count - last);
    if (scores != null) {
      System.arraycopy(scores, last, scores, first, count - last);
    }
  }

  @Override void recoded(int index, Form element) {
    if (scores != null) {
      scores[index] = element.score();
    }
  }

  @Override void become(Form element) {
    OrderedChunk other = of(element, scores != null, false);
    data = other.data;
    offsets = other.offsets;
    scores = other.scores;
    end = other.end;
  }

  @Override OrderedChunk tail(int index) {
    int from = offsets[index];
    int used = end - from;
    Allocation.comes();
    byte[] tail = roomy(used);
    char[] places = new char[Math.min(MOST, (count - index) * 5 / 4 + 4)];
    double[] itsScores = scores == null ? null : new double[places.length];
    System.arraycopy(data, from, tail, 0, used);
    System.arraycopy(offsets, index, places, 0, count - index);
    if (scores != null) {
      System.arraycopy(scores, index, itsScores, 0, count - index);
    }
    OrderedChunk chunk = new OrderedChunk(tail, places, itsScores, used, count - index);
    chunk.moved(-from);
    return chunk;
  }

  @Override void appended(Chunk right, int by) {
    System.arraycopy(((OrderedChunk) right).offsets, 0, offsets, count, right.count);
    if (scores != null) {
      System.arraycopy(((OrderedChunk) right).scores, 0, scores, count, right.count);
    }
    shift(count, count + right.count, by);
  }

  @Override void trimPlaces() {
    if (count < offsets.length) {
      setPlaces(count);
    }
  }

  @Override void check() {
    super.check();
    ChunkTree.require(count <= offsets.length, "places of a chunk", offsets.length);
    ChunkTree.require(scores == null || scores.length == offsets.length, "scores of a chunk", offsets.length);
  }
}
