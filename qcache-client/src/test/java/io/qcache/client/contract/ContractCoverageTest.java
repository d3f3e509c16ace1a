package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** Is there an operation in the Java door that the contract does not call? */
final class ContractCoverageTest {
  @Test void everyOperationOfEveryInterface_isCalledByTheContract() throws Exception {
    EmbeddedContractTest contract = new EmbeddedContractTest();
    int tests = 0;
    for (Method method : EmbeddedContractTest.class.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        run(contract, method);
        tests++;
      }
    }
    assertThat(tests).isGreaterThan(50);
    assertThat(contract.recorder().neverCalled()).isEmpty();
  }

  private static void run(EmbeddedContractTest contract, Method test) throws Exception {
    contract.openIt();
    try {
      test.setAccessible(true);
      test.invoke(contract);
    } catch (InvocationTargetException failed) {
      // The contract's own run shows it; here only what was called counts.
    } finally {
      contract.closeIt();
    }
  }
}
