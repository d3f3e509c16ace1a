package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.AsyncBits;
import io.qcache.AsyncHashes;
import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncLists;
import io.qcache.AsyncSets;
import io.qcache.AsyncSortedSets;
import io.qcache.AsyncStrings;
import io.qcache.Bits;
import io.qcache.Hashes;
import io.qcache.Keys;
import io.qcache.Keyspace;
import io.qcache.Lists;
import io.qcache.Sets;
import io.qcache.SortedSets;
import io.qcache.Strings;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The plain and the asynchronous interfaces have the same operations, one returning the future of what the other does.
 */
final class DoorsInStepTest {
  private static final Set<Class<?>> GROUPS = Set.of(
      Strings.class, Bits.class, Keys.class, Lists.class, Hashes.class, Sets.class, SortedSets.class);

  @Test void strings_butThoseThatRunTheCallersCodeInBetween_orFillItsBuffer() {
    assertInStep(Strings.class, AsyncStrings.class,
        Set.of("compute", "computeIfAbsent", "merge", "get[K, byte[], int]"));
  }

  @Test void bits() {
    assertInStep(Bits.class, AsyncBits.class, Set.of());
  }

  @Test void keys_butTheLazyScan() {
    assertInStep(Keys.class, AsyncKeys.class, Set.of("scan"));
  }

  @Test void hashes_butTheLazyScan() {
    assertInStep(Hashes.class, AsyncHashes.class, Set.of("scan"));
  }

  @Test void sets_butTheLazyScan() {
    assertInStep(Sets.class, AsyncSets.class, Set.of("scan"));
  }

  @Test void sortedSets_butTheLazyScan_andWhatWaits() {
    assertInStep(SortedSets.class, AsyncSortedSets.class,
        Set.of("scan", "pollFirst[K, java.time.Duration]", "pollLast[K, java.time.Duration]"));
  }

  @Test void lists_butWhatWaits() {
    assertInStep(Lists.class, AsyncLists.class, Set.of(
        "pollFirst[K, java.time.Duration]", "pollLast[K, java.time.Duration]",
        "pollAny[java.util.Collection<? extends K>, io.qcache.ListEnd, long, java.time.Duration]",
        "move[K, io.qcache.ListEnd, K, io.qcache.ListEnd, java.time.Duration]"));
  }

  @Test void keyspaces_butWhatMakesViewsAndRunsBodies() {
    assertInStep(Keyspace.class, AsyncKeyspace.class, Set.of("as", "async", "pipeline", "atomically"));
  }

  private static void assertInStep(Class<?> plain, Class<?> async, Set<String> plainOnly) {
    Set<String> wanted = operations(plain, plainOnly, DoorsInStepTest::futureOf);
    assertThat(wanted).isNotEmpty();
    assertThat(operations(async, Set.of(), UnaryOperator.identity())).isEqualTo(wanted);
  }

  private static Set<String> operations(Class<?> type, Set<String> but, UnaryOperator<Type> result) {
    Set<String> operations = new TreeSet<>();
    for (Method method : type.getMethods()) {
      String asked = method.getName() + Arrays.stream(method.getParameters())
          .map(parameter -> parameter.getParameterizedType().getTypeName()).toList();
      if (!Modifier.isStatic(method.getModifiers()) && !but.contains(method.getName()) && !but.contains(asked)) {
        String kind = method.isDefault() ? "default " : "";
        String answer = text(result.apply(method.getGenericReturnType()));
        operations.add(kind + answer + " " + method.getName() + parameters(method));
      }
    }
    return operations;
  }

  private static String parameters(Method method) {
    return Arrays.stream(method.getParameters()).map(DoorsInStepTest::text).collect(Collectors.joining(", ", "(", ")"));
  }

  /** A loader of values answers to one of stages. */
  private static String text(Parameter parameter) {
    String type = parameter.getParameterizedType().getTypeName();
    String value = type.replace("? extends java.util.concurrent.CompletionStage<? extends V>>", "? extends V>");
    return (parameter.getName().equals("loader") ? value : type) + " " + parameter.getName();
  }

  /** Groups answer to groups, all else to its future. */
  private static Type futureOf(Type result) {
    Class<?> raw = result instanceof ParameterizedType generic ? (Class<?>) generic.getRawType()
        : result instanceof Class<?> plain ? plain : Object.class;
    return GROUPS.contains(raw)
        ? named("io.qcache.Async" + raw.getSimpleName() + arguments(result))
        : named("java.util.concurrent.CompletableFuture<" + boxed(result) + ">");
  }

  private static String arguments(Type generic) {
    String name = generic.getTypeName();
    return name.substring(name.indexOf('<'));
  }

  private static String boxed(Type type) {
    return type instanceof Class<?> plain
        ? MethodType.methodType(plain).wrap().returnType().getTypeName() : type.getTypeName();
  }

  private static String text(Type type) {
    return type.getTypeName();
  }

  private static Type named(String name) {
    return new Type() {
      @Override public String getTypeName() {
        return name;
      }
    };
  }
}
