package io.qcache.benchmarks.hits;

import java.lang.reflect.InvocationTargetException;

/** The policies by name: ours here, those of other libraries among the peers where they were built with -Ppeers. */
final class Policies {
  private Policies() {}

  /**
   * A fresh policy for that many entries.
   *
   * @throws BadInput if there is none of that name, or it does not know one of its options
   */
  static Policy open(Spec spec, int entries, Trace trace) {
    int keys = trace.distinct();
    Policy policy = switch (spec.name()) {
      case "LRU" -> new Lru(entries, keys);
      case "CLOCK" -> new Clock(entries, keys);
      case "S3-FIFO" -> new S3Fifo(entries, keys, spec.real("small", 0.1, 0, 1), spec.whole("promote", 2, 1, 3));
      case "qcache-model" -> new QCacheModel(spec, entries, keys);
      case "QCache" -> QCachePolicy.fitting(spec, entries, trace);
      case "optimum" -> new Optimum(entries, trace);
      default -> peer(spec.name(), entries);
    };
    spec.done();
    return policy;
  }

  private static Policy peer(String name, int entries) {
    try {
      if (!name.matches("\\w+")) {
        throw new ClassNotFoundException(name);
      }
      Class<?> peer = Class.forName("io.qcache.benchmarks.peers." + name + "Policy");
      return (Policy) peer.getConstructor(int.class).newInstance(entries);
    } catch (ClassNotFoundException missing) {
      throw new BadInput("no policy " + name + ": was it built with -Ppeers?");
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException(name, failed.getCause());
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(name, wrong);
    }
  }
}
