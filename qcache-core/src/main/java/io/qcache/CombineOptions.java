package io.qcache;

/** How the scores of a member that several sorted sets have become one; an immutable value. */
public final class CombineOptions {
  /** What becomes of the scores; a sum of opposite infinities is 0. */
  public enum Aggregate {
    SUM, MIN, MAX
  }

  private static final CombineOptions SUM = new CombineOptions(Aggregate.SUM, null);

  private final Aggregate aggregate;
  private final double[] weights; // null: 1 each

  private CombineOptions(Aggregate aggregate, double[] weights) {
    this.aggregate = aggregate;
    this.weights = weights;
  }

  /** Their sum. */
  public static CombineOptions sum() {
    return SUM;
  }

  /** The least of them. */
  public static CombineOptions min() {
    return new CombineOptions(Aggregate.MIN, null);
  }

  /** The greatest of them. */
  public static CombineOptions max() {
    return new CombineOptions(Aggregate.MAX, null);
  }

  /**
   * The scores of each sorted set are multiplied with its weight first: as many as there are keys.
   *
   * @throws IllegalArgumentException where one is a NaN
   */
  public CombineOptions weights(double... ofKeys) {
    for (double weight : ofKeys) {
      if (Double.isNaN(weight)) {
        throw new IllegalArgumentException("weights must be numbers: was NaN");
      }
    }
    return new CombineOptions(aggregate, ofKeys.clone());
  }

  public Aggregate aggregate() {
    return aggregate;
  }

  /** Whether the keys have weights. */
  public boolean isWeighted() {
    return weights != null;
  }

  /**
   * The weights of so many keys, an array of the caller's own.
   *
   * @throws IllegalArgumentException where other weights are given than there are keys
   */
  public double[] weightsOf(int keys) {
    if (weights != null && weights.length != keys) {
      throw new IllegalArgumentException("weights must be as many as keys, " + keys + ": was " + weights.length);
    }
    double[] all = new double[keys];
    for (int i = 0; i < keys; i++) {
      all[i] = weights == null ? 1 : weights[i];
    }
    return all;
  }
}
