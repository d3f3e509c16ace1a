package io.qcache;

/**
 * Turns values of a type into bytes and back.  Used by many threads at once, so it must be thread-safe; never called
 * under a lock of the store, so it may be slow or throw without harm to others.
 *
 * @see Codecs
 */
public interface Codec<T> {
  /**
   * The bytes of a value.  The caller only reads the array, before the operation returns, and keeps nothing of it, so a
   * codec may hand out the same array again to the same thread.
   */
  byte[] encode(T value);

  /**
   * The value of {@code length} bytes from {@code from} on.  The array belongs to the store: read it, keep nothing of
   * it.  Bytes that are no value of this type are answered by an exception of the codec's choice, which the caller
   * sees.
   */
  T decode(byte[] bytes, int from, int length);
}
