package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/** What holds of records between any two operations. */
final class RecordsInvariants {
  private RecordsInvariants() {}

  static void check(Records records) {
    Set<Integer> indexed = new HashSet<>();
    for (int place = 0; place != Records.END; ) {
      place = records.visitHome(place, record -> assertThat(indexed.add(record)).as("one slot a record").isTrue());
    }
    assertThat(indexed).hasSize(records.size());
    records.check(indexed);
  }
}
