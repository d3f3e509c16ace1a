package io.qcache.benchmarks.hits;

/** What a policy made of a trace with that many entries: its hits, and the mean number of entries it held. */
record Result(int entries, String sizeLabel, long hits, long requests, double meanResident) {
  static Result measure(Policy policy, Trace trace, int entries, String sizeLabel) {
    long hits = 0;
    long resident = 0;
    for (int key : trace.keys()) {
      if (policy.get(key)) {
        hits++;
      }
      resident += policy.resident();
    }
    int requests = trace.keys().length;
    return new Result(entries, sizeLabel, hits, requests, (double) resident / requests);
  }

  double percent() {
    return 100.0 * hits / requests;
  }
}
