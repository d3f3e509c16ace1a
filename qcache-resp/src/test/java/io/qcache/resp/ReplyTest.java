package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test void number_isTakenFromWhateverCarriesIt() {
    assertThat(new Reply.Int(7).asLong()).isEqualTo(7);
    assertThat(bulk("-7").asLong()).isEqualTo(-7);
    assertThat(new Reply.Text("7").asLong()).isEqualTo(7);
    assertThat(new Reply.Bool(true).asLong()).isEqualTo(1);
    assertThat(new Reply.Bool(false).asLong()).isZero();
    assertThat(new Reply.BigNumber(BigInteger.TEN).asLong()).isEqualTo(10);
    assertThat(new Reply.DoubleReply(3).asLong()).isEqualTo(3);
    assertThat(new Reply.Int(7).asDouble()).isEqualTo(7);
    assertThat(bulk("1.5").asDouble()).isEqualTo(1.5);
    assertThat(new Reply.DoubleReply(1.5).asDouble()).isEqualTo(1.5);
    assertThat(new Reply.BigNumber(BigInteger.TEN).asDouble()).isEqualTo(10);
  }

  @Test void boolean_isAlsoAOneOrAZero() {
    assertThat(new Reply.Bool(true).asBoolean()).isTrue();
    assertThat(new Reply.Int(1).asBoolean()).isTrue();
    assertThat(new Reply.Int(0).asBoolean()).isFalse();
    assertThatThrownBy(() -> new Reply.Int(2).asBoolean()).hasMessage("not a boolean: Int[value=2]");
  }

  @Test void text_isTakenFromStringsAndNumbers() {
    assertThat(new Reply.Text("h\u00e9").asText()).isEqualTo("h\u00e9");
    assertThat(bulk("b").asText()).isEqualTo("b");
    assertThat(verbatim("v").asText()).isEqualTo("v");
    assertThat(new Reply.Int(-7).asText()).isEqualTo("-7");
    assertThat(new Reply.DoubleReply(0.5).asText()).isEqualTo("0.5");
    assertThat(new Reply.BigNumber(BigInteger.TEN).asText()).isEqualTo("10");
    assertThat(array(bulk("a"), new Reply.Int(1)).asTexts()).containsExactly("a", "1");
  }

  @Test void list_isTakenFromEveryAggregate() {
    List<Reply> elements = List.of(bulk("a"), new Reply.Int(1));

    assertThat(new Reply.ArrayReply(elements).asList()).isEqualTo(elements);
    assertThat(new Reply.SetReply(elements).asList()).isEqualTo(elements);
    assertThat(new Reply.Push(elements).asList()).isEqualTo(elements);
    assertThat(new Reply.MapReply(elements).asList()).isEqualTo(elements);
  }

  @Test void field_isFoundInAMap_andInAnArrayOfPairs() {
    Reply.MapReply map = new Reply.MapReply(List.of(bulk("a"), new Reply.Int(1), bulk("b"), new Reply.Int(2)));

    assertThat(map.size()).isEqualTo(2);
    assertThat(map.key(1)).isEqualTo(bulk("b"));
    assertThat(map.value(1)).isEqualTo(new Reply.Int(2));
    assertThat(map.get("b")).isEqualTo(new Reply.Int(2));
    assertThat(map.get("c").isNull()).isTrue();
    assertThat(array(bulk("a"), new Reply.Int(1), bulk("odd")).get("a")).isEqualTo(new Reply.Int(1));
  }

  @Test void error_hasACodeAndAMessage() {
    Reply.ErrorReply error = new Reply.ErrorReply("WRONGTYPE Operation against");

    assertThat(error.code()).isEqualTo("WRONGTYPE");
    assertThat(error.message()).isEqualTo("Operation against");
    assertThat(new Reply.ErrorReply("EXECABORT").code()).isEqualTo("EXECABORT");
    assertThat(new Reply.ErrorReply("EXECABORT").message()).isEmpty();
    assertThat(error.isError()).isTrue();
    assertThat(bulk("x").isError()).isFalse();
  }

  @Test void accessor_thatDoesNotFit_namesTheReply() {
    Reply error = new Reply.ErrorReply("ERR no");

    assertThatThrownBy(error::asLong).hasMessage("not a string: ErrorReply[line=ERR no]");
    assertThatThrownBy(error::asList).hasMessage("not a list: ErrorReply[line=ERR no]");
    assertThatThrownBy(bulk("x")::asLong).hasMessage("not a long: Bulk[x]");
    assertThatThrownBy(bulk("x")::asDouble).hasMessage("not a double: Bulk[x]");
    assertThatThrownBy(verbatim("x")::asLong).hasMessage("not a long: Verbatim[txt:x]");
    assertThatThrownBy(Reply.Null.BULK::asText).hasMessage("not a string: BULK");
    assertThatThrownBy(new Reply.BigNumber(BigInteger.TWO.pow(64))::asLong).isInstanceOf(IllegalStateException.class);
    assertThat(Reply.Null.BULK.isNull()).isTrue();
    assertThat(error.isNull()).isFalse();
  }

  @Test void strings_areEqualByTheirBytes() {
    assertThat(bulk("a")).isEqualTo(bulk("a")).hasSameHashCodeAs(bulk("a")).isNotEqualTo(bulk("b"))
        .isNotEqualTo(new Reply.Text("a"));
    assertThat(verbatim("a")).isEqualTo(verbatim("a")).hasSameHashCodeAs(verbatim("a")).isNotEqualTo(verbatim("b"))
        .isNotEqualTo(new Reply.Verbatim("mkd", Bytes.of("a"))).isNotEqualTo(bulk("a"));
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Bytes.of(text));
  }

  private static Reply verbatim(String text) {
    return new Reply.Verbatim("txt", Bytes.of(text));
  }

  private static Reply array(Reply... elements) {
    return new Reply.ArrayReply(List.of(elements));
  }
}
