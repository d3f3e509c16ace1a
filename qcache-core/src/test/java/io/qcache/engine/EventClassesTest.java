package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventClassesTest {
  @ParameterizedTest
  @CsvSource({"KEA,AKE", "A,A", "Ex,xE", "$Kg,g$K", "mnKE,nKEm", "Kg$lshzxetdmn,AKm", "An,A", "tdK,tdK", "KKK,K", "'',''"})
  void theText_isAsRedisShowsIt(String given, String shown) {
    assertThat(EventClasses.parse(given).text()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"q", "K E", "a", "KEX"})
  void aLetterThatIsNone_isNotRead(String given) {
    assertThat(EventClasses.parse(given)).isNull();
  }

  @Test void nothingIsPublished_withoutBothAClassAndAChannel() {
    assertThat(EventClasses.parse("Ex").areAny()).isTrue();
    assertThat(EventClasses.parse("Km").areAny()).isTrue();
    assertThat(EventClasses.parse("KE").areAny()).isFalse();
    assertThat(EventClasses.parse("Anm").areAny()).isFalse();
    assertThat(EventClasses.NONE.areAny()).isFalse();
    assertThat(EventClasses.parse("A").has('K')).isFalse();
    assertThat(EventClasses.parse("A").has('-')).isFalse();
  }
}
