package io.qcache;

/** When a deadline is set.  A key without one counts as going never, so infinitely late. */
public enum ExpireIf {
  ALWAYS,
  /** Only on a key that has no deadline ({@code NX}). */
  ABSENT,
  /** Only on a key that has one ({@code XX}). */
  PRESENT,
  /** Only if it is later than the present one ({@code GT}). */
  LATER,
  /** Only if it is earlier than the present one, or there is none ({@code LT}). */
  EARLIER,
  /** Only if there is one and it is later than the new one ({@code XX LT}). */
  PRESENT_AND_EARLIER
}
