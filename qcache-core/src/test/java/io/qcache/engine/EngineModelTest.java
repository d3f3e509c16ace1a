package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.AsyncKeyspace;
import io.qcache.Codec;
import io.qcache.FakeClock;
import io.qcache.Failure;
import io.qcache.Keyspace;
import io.qcache.QCacheException;
import io.qcache.embedded.EmbeddedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random operations on several databases of few keys, while the clock steps, against {@link Model}: results,
 * failures and, again and again, all that is there.
 */
class EngineModelTest {
  private static final int OPERATIONS = 20_000;

  /** How the operations reach the engine. */
  enum Way {
    DIRECTLY, WITHIN_A_PLAN, ASYNC, PIPELINE, TRANSACTION
  }

  /** Text as Latin-1, so that every byte is a character. */
  private enum Latin1 implements Codec<String> {
    CODEC;

    @Override public byte[] encode(String value) {
      return value.getBytes(ISO_8859_1);
    }

    @Override public String decode(byte[] bytes, int from, int length) {
      return new String(bytes, from, length, ISO_8859_1);
    }
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final FakeClock clock = new FakeClock();
  private final Model model = new Model(RandomOperations.DATABASES, FakeClock.START);
  private Engine engine;
  private EmbeddedCache cache;

  @ParameterizedTest
  @CsvSource({"1,DIRECTLY", "2,DIRECTLY", "64,DIRECTLY", "1,WITHIN_A_PLAN", "2,WITHIN_A_PLAN", "64,WITHIN_A_PLAN",
      "1,ASYNC", "64,ASYNC", "2,PIPELINE", "64,PIPELINE", "1,TRANSACTION", "2,TRANSACTION", "64,TRANSACTION"})
  void theEngine_behavesLikeMaps(int stripes, Way way) {
    engine = Engine.open(Engines.settings(stripes, clock).databases(RandomOperations.DATABASES)
        .random(new Random(seed)).hashKey(random.nextLong(), random.nextLong()));
    engine.maxStringBytes(RandomOperations.MAX_BYTES);
    cache = new EmbeddedCache(engine);
    List<Operation> done = new ArrayList<>();
    for (int n = 0; n < OPERATIONS; n += done.size()) {
      done = operations(way == Way.DIRECTLY || way == Way.ASYNC ? 1 : 1 + random.nextInt(12));
      List<Object> given = run(way, done);
      for (int i = 0; i < done.size(); i++) {
        check(done.get(i), outcome(done.get(i)), given.get(i));
      }
      if (random.nextInt(8) == 0) {
        between();
        checkState(way + " " + done);
      }
    }
    engine.close();
  }

  private int database;

  private List<Operation> operations(int count) {
    database = random.nextInt(RandomOperations.DATABASES);
    RandomOperations make = new RandomOperations(random, database);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operations.add(make.next());
    }
    return operations;
  }

  private List<Object> run(Way way, List<Operation> operations) {
    List<Object> given = new ArrayList<>();
    Keyspace<String, String> keyspace = cache.database(database).as(Latin1.CODEC, Latin1.CODEC);
    switch (way) {
      case DIRECTLY -> operations.forEach(each -> given.add(outcome(each, engine)));
      case WITHIN_A_PLAN -> {
        try (Plan held = engine.plan().all().acquire()) {
          operations.forEach(each -> given.add(outcome(each, engine)));
        }
      }
      case ASYNC -> given.addAll(outcomes(start(operations, keyspace.async())));
      case PIPELINE -> given.addAll(outcomes(keyspace.pipeline(async -> start(operations, async))));
      case TRANSACTION -> given.addAll(outcomes(keyspace.atomically(
          List.of("a"), transaction -> start(operations, transaction.write()))));
      default -> throw new AssertionError();
    }
    return given;
  }

  private static List<CompletableFuture<?>> start(List<Operation> operations, AsyncKeyspace<String, String> async) {
    List<CompletableFuture<?>> futures = new ArrayList<>();
    operations.forEach(each -> futures.add(each.throughDoor().apply(async)));
    return futures;
  }

  private static List<Object> outcomes(List<CompletableFuture<?>> futures) {
    List<Object> outcomes = new ArrayList<>();
    for (CompletableFuture<?> future : futures) {
      assertThat(future).as("completed when the body has returned").isDone();
      try {
        outcomes.add(future.join());
      } catch (CompletionException failed) {
        outcomes.add(failed.getCause());
      }
    }
    return outcomes;
  }

  private Object outcome(Operation operation) {
    try {
      return operation.onModel().apply(model);
    } catch (Signal signal) {
      return signal.failure();
    }
  }

  private static Object outcome(Operation operation, Engine engine) {
    try {
      return operation.onEngine().apply(engine);
    } catch (Signal signal) {
      return signal.failure();
    }
  }

  private void check(Operation operation, Object expected, Object given) {
    String about = operation + ", seed " + seed;
    if (expected instanceof Model.OneOf one) {
      boolean fits = given == null ? one.keys().isEmpty() : one.keys().contains(given);
      assertThat(fits).as(about + " gave " + given).isTrue();
    } else if (expected instanceof Model.Between between) {
      assertThat((Long) given).as(about).isBetween(between.least(), between.most());
    } else if (expected instanceof Failure failure && given instanceof QCacheException thrown) {
      assertThat(thrown).as(about).hasSameClassAs(failure.exception()).hasMessage(failure.line());
    } else {
      assertThat(given).as(about).isEqualTo(expected);
    }
  }

  /** What happens between the operations of clients. */
  private void between() {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        int millis = random.nextInt(40);
        clock.step(millis);
        model.step(millis);
      }
      case 2 -> {
        int one = random.nextInt(RandomOperations.DATABASES);
        int other = random.nextInt(RandomOperations.DATABASES);
        cache.swapDatabases(one, other);
        model.swap(one, other);
      }
      case 3 -> {
        engine.upkeep();
        model.upkeep();
      }
      default -> { }
    }
    if (random.nextInt(100) == 0) {
      cache.clearAll();
      model.databases.forEach(java.util.Map::clear);
    }
  }

  private void checkState(String about) {
    for (int db = 0; db < RandomOperations.DATABASES; db++) {
      Database there = engine.database(db);
      TreeSet<String> keys = RandomOperations.matching(there, "*");
      assertThat(keys).as("%s, seed %d", about, seed).isEqualTo(model.keys(db, ""));
      for (String key : keys) {
        Slice slice = new Slice().wrap(key.getBytes(ISO_8859_1));
        ValueList out = new ValueList();
        StringOps.get(there, slice, out);
        assertThat(new String(out.only(), ISO_8859_1)).as("%s, seed %d", about, seed).isEqualTo(model.get(db, key));
        assertThat(KeyOps.deadline(there, slice)).as("%s, seed %d", about, seed).isEqualTo(model.deadline(db, key));
      }
      long deadlines = model.databases.get(db).values().stream()
          .filter(each -> each.deadline() != Deadline.NONE).count();
      assertThat(KeyOps.sizeWithDeadline(there)).as("%s, seed %d", about, seed)
          .isBetween(deadlines, deadlines + model.size(db).most() - model.size(db).least());
    }
  }
}
