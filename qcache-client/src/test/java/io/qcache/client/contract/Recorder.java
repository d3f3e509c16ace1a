package io.qcache.client.contract;

import io.qcache.AsyncHashes;
import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncLists;
import io.qcache.AsyncSets;
import io.qcache.AsyncSortedSets;
import io.qcache.AsyncStrings;
import io.qcache.Channels;
import io.qcache.HashReads;
import io.qcache.Hashes;
import io.qcache.KeyReads;
import io.qcache.Keys;
import io.qcache.Keyspace;
import io.qcache.ListReads;
import io.qcache.Listening;
import io.qcache.Lists;
import io.qcache.QCache;
import io.qcache.ReadOnly;
import io.qcache.SetReads;
import io.qcache.Sets;
import io.qcache.SortedSetReads;
import io.qcache.SortedSets;
import io.qcache.StringReads;
import io.qcache.Strings;
import io.qcache.Subscription;
import io.qcache.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/**
 * Stands in front of a door and notes each call: by the interface it was made through, its name and its parameters.
 * What a call returns or hands to a body is stood in front of too, so nothing that the contract does goes unseen.
 */
final class Recorder {
  /** The interfaces of the Java door, those before that extend others. */
  static final List<Class<?>> INTERFACES = List.of(
      QCache.class, Keyspace.class, Strings.class, StringReads.class, Keys.class, KeyReads.class, Lists.class,
      ListReads.class, Hashes.class, HashReads.class, Sets.class, SetReads.class,
      SortedSets.class, SortedSetReads.class,
      AsyncKeyspace.class, AsyncStrings.class, AsyncKeys.class, AsyncLists.class, AsyncHashes.class, AsyncSets.class,
      AsyncSortedSets.class,
      ReadOnly.class, Transaction.class,
      Channels.class, Subscription.class, Listening.class);

  private final Set<String> called = new ConcurrentSkipListSet<>();

  /** The calls that can be made through the interfaces and were not. */
  Set<String> neverCalled() {
    Set<String> left = new TreeSet<>();
    for (Class<?> type : INTERFACES) {
      for (Method method : type.getMethods()) {
        boolean isOurs = method.getDeclaringClass().getPackageName().equals(QCache.class.getPackageName());
        if (isOurs && !Modifier.isStatic(method.getModifiers())) {
          left.add(name(type, method));
        }
      }
    }
    left.removeAll(called);
    return left;
  }

  private static String name(Class<?> type, Method method) {
    List<String> parameters = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return type.getSimpleName() + "." + method.getName() + parameters;
  }

  <T> T wrap(Class<T> type, T target) {
    InvocationHandler handler = (proxy, method, arguments) -> call(type, target, method, arguments);
    return type.cast(Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Class<?> type, Object target, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() != Object.class) {
      called.add(name(type, method));
    }
    try {
      return watched(method.getReturnType(), method.invoke(target, bodiesWatched(method, arguments)));
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** The bodies of pipelines and transactions get what they work with from the door: that too goes through here. */
  private Object[] bodiesWatched(Method method, Object[] arguments) {
    boolean hasBody = method.getName().equals("pipeline") || method.getName().equals("atomically");
    if (!hasBody) {
      return arguments;
    }
    Object[] watched = arguments.clone();
    int last = arguments.length - 1;
    Class<?> handed = method.getName().equals("pipeline") ? AsyncKeyspace.class : Transaction.class;
    if (arguments[last] != null) {
      @SuppressWarnings("unchecked")
      Function<Object, Object> body = (Function<Object, Object>) arguments[last];
      Function<Object, Object> through = given -> body.apply(watched(handed, given));
      watched[last] = through;
    }
    return watched;
  }

  @SuppressWarnings("unchecked")
  private Object watched(Class<?> type, Object value) {
    return value != null && INTERFACES.contains(type) ? wrap((Class<Object>) type, value) : value;
  }
}
