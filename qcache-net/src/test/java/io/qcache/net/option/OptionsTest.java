package io.qcache.net.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.EvictionPolicy;
import io.qcache.resp.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private final Options options = new Options();

  private String configSet(String... pairs) {
    return options.change(List.of(pairs));
  }

  private List<String> find(String... patterns) {
    List<String> found = new ArrayList<>();
    options.get(List.of(patterns), (name, value) -> found.add(name + "=" + value));
    return found;
  }

  private String configGet(String name) {
    return find(name).get(0).substring(name.length() + 1);
  }

  // The words on the right are those of redis-server 7.0.15.
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "maxclients|0|argument must be between 1 and 4294967295 inclusive",
    "maxclients|abc|argument couldn't be parsed into an integer",
    "maxclients|99999999999999999999|argument couldn't be parsed into an integer",
    "timeout|-1|argument must be between 0 and 2147483647 inclusive",
    "timeout|1k|argument couldn't be parsed into an integer",
    "timeout|01|argument couldn't be parsed into an integer",
    "timeout|+5|argument couldn't be parsed into an integer",
    "timeout|-0|argument couldn't be parsed into an integer",
    "timeout|-|argument couldn't be parsed into an integer",
    "timeout|\"\"|argument couldn't be parsed into an integer",
    "timeout|\" 5\"|argument couldn't be parsed into an integer",
    "loglevel|foo|argument(s) must be one of the following: debug, verbose, notice, warning",
    "maxmemory-policy|lru|argument(s) must be one of the following: volatile-lru, volatile-lfu, volatile-random, "
        + "volatile-ttl, allkeys-lru, allkeys-lfu, allkeys-random, noeviction",
    "protected-mode|maybe|argument must be 'yes' or 'no'",
    "proto-max-bulk-len|5|argument must be between 1048576 and 536870912 inclusive",
    "proto-max-bulk-len|mb|argument must be between 1048576 and 536870912 inclusive",
    "proto-max-bulk-len|99999999999999999999|argument must be between 1048576 and 536870912 inclusive",
    "proto-max-bulk-len|100xb|argument must be a memory value",
    "proto-max-bulk-len|-1|argument must be a memory value",
    "proto-max-bulk-len|1.5mb|argument must be a memory value",
  })
  void set_toWhatCannotBe_saysSoInRedissWords_andLeavesTheValue(String name, String value, String words) {
    String before = configGet(name);
    assertThat(configSet(name, value))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + words);
    assertThat(configGet(name)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "maxclients,20000,20000", "timeout,0,0", "protected-mode,NO,no", "loglevel,WARNING,warning",
    "proto-max-bulk-len,100mb,104857600", "proto-max-bulk-len,2m,2000000", "proto-max-bulk-len,1024KB,1048576",
    "proto-max-bulk-len,1048576b,1048576", "tcp-keepalive,60,60", "requirepass,secret,secret",
    "maxmemory-policy,Volatile-TTL,volatile-ttl",
  })
  void set_toWhatIsRight_showsItInOneForm(String name, String value, String shown) {
    assertThat(configSet(name, value)).isNull();
    assertThat(configGet(name)).isEqualTo(shown);
  }

  @Test void anOlderName_meansTheSameOption() {
    assertThat(configSet("hash-max-ziplist-entries", "7")).isNull();
    assertThat(configGet("hash-max-listpack-entries")).isEqualTo("7");
    assertThat(configSet("ZSET-max-listpack-value", "1kb")).isNull();
    assertThat(configGet("zset-max-ziplist-value")).isEqualTo("1024");
  }

  @ParameterizedTest
  @CsvSource({
    "777,777", "0,0", "0660,660", "1000,argument must be between 0 and 777 inclusive",
    "99999999999999999999,argument couldn't be parsed as an octal number",
    "77777777777777777777777,argument must be between 0 and 777 inclusive",
    "888,argument couldn't be parsed as an octal number", "-1,argument couldn't be parsed as an octal number",
  })
  void unixsocketperm_isOctal_inRedissWords(String value, String shown) {
    try {
      options.setNamed("unixsocketperm", "--", value);
      assertThat(configGet("unixsocketperm")).isEqualTo(shown);
    } catch (OptionException e) {
      assertThat(e).hasMessage("--unixsocketperm '" + value + "': " + shown);
    }
  }

  @Test void set_tellsTheListenerWhenTheNewValueIsInForce_andNotWhenItIsRefused() {
    List<String> heard = new ArrayList<>();
    options.listen(option -> heard.add(option.title() + "=" + options.number(option)));
    configSet("timeout", "7");
    configSet("timeout", "x");
    assertThat(heard).containsExactly("timeout=7");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "timeout 1 nosuch 2|ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'",
    "NoSuch 2 databases 4|ERR Unknown option or number of arguments for CONFIG SET - 'NoSuch'",
    "databases 4 NoSuch 2|ERR CONFIG SET failed (possibly related to argument 'databases') - "
        + "can't set immutable config",
    "timeout 1 timeout 2 NoSuch 2|ERR CONFIG SET failed (possibly related to argument 'timeout') - duplicate parameter",
    "timeout 1 TIMEOUT 2|ERR CONFIG SET failed (possibly related to argument 'TIMEOUT') - duplicate parameter",
    "timeout 1 databases 4|ERR CONFIG SET failed (possibly related to argument 'databases') - "
        + "can't set immutable config",
    "timeout 1 Port 4|ERR CONFIG SET failed (possibly related to argument 'Port') - can't set immutable config",
    "timeout 1 Dir /tmp|ERR CONFIG SET failed (possibly related to argument 'Dir') - can't set protected config",
    "timeout 1 MaxClients x|ERR CONFIG SET failed (possibly related to argument 'maxclients') - "
        + "argument couldn't be parsed into an integer",
    "timeout 1 activedefrag yes|ERR CONFIG SET failed (possibly related to argument 'activedefrag') - "
        + "QCache has no such feature, only 'no' can be said of it",
  })
  void set_ofSeveral_changesNoneWhereOneCannotBe(String pairs, String error) {
    assertThat(configSet(pairs.split(" "))).isEqualTo(error);
    assertThat(configGet("timeout")).isEqualTo("0");
  }

  @Test void set_ofSeveral_changesAll() {
    assertThat(configSet("timeout", "5", "MAXCLIENTS", "6", "save", "")).isNull();
    assertThat(find("timeout", "maxclients")).containsExactly("timeout=5", "maxclients=6");
  }

  @Test void set_ofAnUnknownNameWithoutEnd_echoesItsBeginning() {
    assertThat(configSet("x".repeat(10_000), "1")).hasSizeLessThan(250);
  }

  @Test void get_ofAName_repliesItAsItWasAskedFor_andOfAPatternAsItIs() {
    assertThat(find("TIMEOUT", "timeout", "nosuch")).containsExactly("TIMEOUT=0");
    assertThat(find("time*", "timeou?", "*CLIENTS"))
        .containsExactly("timeout=0", "tls-auth-clients=yes", "maxclients=10000", "maxmemory-clients=0");
    assertThat(find("listenAddr")).isEmpty();
    assertThat(find("*")).contains("port=5001", "bind=127.0.0.1 -::1", "save=", "appendonly=no")
        .doesNotHaveDuplicates();
  }

  @Test void aFeatureThatIsAbsent_isShownAsOff_andCanBeSetToThatAlone() {
    assertThat(configGet("save")).isEmpty();
    assertThat(configSet("save", "60 1")).isNull();
    assertThat(configSet("save", "300 10")).isNull();
    assertThat(configGet("save")).isEqualTo("300 10");
    assertThat(configSet("save", "")).isNull();
    assertThat(configSet("dbfilename", "x")).contains("can't set protected config");
    assertThat(configGet("activedefrag")).isEqualTo("no");
    assertThat(configSet("activedefrag", "no")).isNull();
    assertThat(configSet("activedefrag", "yes")).contains("QCache has no such feature");
    assertThat(configSet("hz", "10")).contains("QCache has no such feature");
    assertThat(configSet("replicaof", "no one")).isNull();
    assertThat(configSet("ActiveDefrag", "yes")).contains("related to argument 'activedefrag')");
  }

  @Test void whereAListenerCannotFollow_allIsAsBefore_andThoseToldHearOfThatToo() {
    List<String> told = new ArrayList<>();
    options.listen(option -> {
      told.add(option.title() + "=" + options.text(option));
      if (option == Option.APPENDONLY && options.isOn(option)) {
        throw new OptionException("no room");
      }
    });
    assertThat(configSet("timeout", "5", "appendonly", "yes", "maxclients", "6"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'appendonly') - no room");
    assertThat(told).containsExactly("timeout=5", "appendonly=yes", "appendonly=no", "timeout=0");
    assertThat(find("timeout", "appendonly", "maxclients")).contains("timeout=0", "appendonly=no", "maxclients=10000");
  }

  @Test void everyPolicy_hasItsNameInTheTable() {
    for (EvictionPolicy policy : EvictionPolicy.values()) {
      assertThat(configSet("maxmemory-policy", policy.redisName())).isNull();
      assertThat(options.evictionPolicy()).isSameAs(policy);
    }
    assertThat(Option.MAXMEMORY_POLICY.choices).hasSize(EvictionPolicy.values().length);
  }

  @Test void everyDefault_isOneThatItsOwnRulesAccept() {
    for (Option option : Option.all()) {
      if (option.hasValue() && option.settable == Settable.AT_RUN_TIME) {
        assertThat(configSet(option.title(), options.text(option))).as(option.title()).isNull();
      }
    }
  }

  @Test void limits_followTheOptions_andAreTheSameObjectUntilThen() {
    assertThat(options.limits(true)).isSameAs(options.limits(true));
    assertThat(options.limits(true).bulkBytes()).isEqualTo(512L << 20);
    assertThat(options.limits(false)).isEqualTo(Limits.UNAUTHENTICATED);
    configSet("proto-max-bulk-len", "1mb");
    configSet("proto-max-inline-len", "1kb");
    assertThat(options.limits(true).bulkBytes()).isEqualTo(1 << 20);
    assertThat(options.limits(true).inlineBytes()).isEqualTo(1 << 10);
    configSet("unauthenticated-max-bulk-len", "2kb", "unauthenticated-max-arguments", "3");
    assertThat(options.limits(false).bulkBytes()).isEqualTo(2 << 10);
    assertThat(options.limits(false).arguments()).isEqualTo(3);
  }

  @Test void aPasswordOfAnyLetters_isItsUtf8Bytes_fromTheCommandLineAndFromAClient() throws OptionException {
    byte[] utf8 = "pässwörd".getBytes(StandardCharsets.UTF_8);
    options.setNamed("requirepass", "--", "pässwörd");
    assertThat(options.password()).isEqualTo(utf8);
    configSet("requirepass", "");
    assertThat(options.password()).isEmpty();
    configSet("requirepass", new String(utf8, StandardCharsets.ISO_8859_1));
    assertThat(options.password()).isEqualTo(utf8);
  }

  @ParameterizedTest
  @CsvSource({
    ":5001, 5001, * -::*", "localhost:7000, 7000, localhost", "[::1]:0, 0, ::1", "10.0.0.1:65535, 65535, 10.0.0.1",
  })
  void listenAddr_isBindAndPort(String text, String port, String bind) throws OptionException {
    options.setNamed("listenaddr", "--", text);
    assertThat(configGet("port")).isEqualTo(port);
    assertThat(configGet("bind")).isEqualTo(bind);
  }

  @ParameterizedTest
  @CsvSource({"5001", "localhost", "::1:5001", ":70000", ":", "host:port"})
  void listenAddr_thatIsMalformed_isRefusedNamingIt(String text) {
    assertThatThrownBy(() -> options.setNamed("listenAddr", "--", text))
        .isInstanceOf(OptionException.class).hasMessageStartingWith("--listenAddr '" + text + "': ");
  }

  @Test void bind_takesSeveralWords_andNotNone() throws OptionException {
    options.setNamed("bind", "--", "127.0.0.1", " ::1  -10.0.0.1 ");
    assertThat(configGet("bind")).isEqualTo("127.0.0.1 ::1 -10.0.0.1");
    assertThatThrownBy(() -> options.setNamed("bind", "--", ""))
        .hasMessage("--bind '': at least one address must be given");
  }

  @Test void dir_mustBeThere_andIsShownInFull(@TempDir Path directory) throws OptionException {
    options.setNamed("dir", "--", directory.toString());
    assertThat(configGet("dir")).isEqualTo(directory.toAbsolutePath().toString());
    assertThatThrownBy(() -> options.setNamed("dir", "--", directory + "/none"))
        .hasMessage("--dir '" + directory + "/none': no such directory");
    assertThat(new Options().text(Option.DIR)).isEqualTo(System.getProperty("user.dir"));
  }

  @Test void help_namesEveryOption() {
    for (Option option : Option.all()) {
      assertThat(Help.text()).contains("  --" + option.title() + " ").contains(option.help);
    }
  }

  @Test void outputLimits_areSetByClass_andTheOthersKeepTheirs() throws Exception {
    Options options = new Options();
    options.set(Option.CLIENT_OUTPUT_BUFFER_LIMIT, "pubsub", "1mb", "512kb", "10");
    assertThat(options.change(List.of("client-output-buffer-limit", "replica 1 2 3 normal 5 6 7"))).isNull();
    assertThat(options.text(Option.CLIENT_OUTPUT_BUFFER_LIMIT))
        .isEqualTo("normal 5 6 7 slave 1 2 3 pubsub 1048576 524288 10");
    assertThat(options.outputLimits().hardBytes(OutputClass.PUBSUB)).isEqualTo(1 << 20);
    assertThat(options.outputLimits().softBytes(OutputClass.NORMAL)).isEqualTo(6);
    assertThat(options.outputLimits().softSeconds(OutputClass.REPLICA)).isEqualTo(3);
    String failed = "ERR CONFIG SET failed (possibly related to argument 'client-output-buffer-limit') - ";
    assertThat(options.change(List.of("client-output-buffer-limit", "foo 0 0 0")))
        .isEqualTo(failed + "Invalid client class specified in buffer limit configuration.");
    assertThat(options.change(List.of("client-output-buffer-limit", "normal 0 0")))
        .isEqualTo(failed + "Wrong number of arguments in buffer limit configuration.");
    for (String wrong : new String[] {"normal a 0 0", "normal 0 -1 0", "normal 0 0 -1", "normal 0 0 1kb"}) {
      assertThat(options.change(List.of("client-output-buffer-limit", wrong))).as(wrong)
          .isEqualTo(failed + "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
    }
    assertThat(options.change(List.of("client-output-buffer-limit", ""))).isNull();
    assertThat(options.outputLimits().hardBytes(OutputClass.NORMAL)).isEqualTo(5);
  }

  @Test void maxmemoryClients_isBytes_orAPercentageOfMaxmemory() throws Exception {
    Options options = new Options();
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(options.clientBytes()).isBetween(heap / 4, heap / 2);
    assertThat(options.change(List.of("maxmemory-clients", "1mb"))).isNull();
    assertThat(options.text(Option.MAXMEMORY_CLIENTS)).isEqualTo("1048576");
    assertThat(options.clientBytes()).isEqualTo(1 << 20);
    assertThat(options.change(List.of("maxmemory", "10mb", "maxmemory-clients", "5%"))).isNull();
    assertThat(options.text(Option.MAXMEMORY_CLIENTS)).isEqualTo("5%");
    assertThat(options.clientBytes()).isEqualTo((10 << 20) / 100 * 5);
    String failed = "ERR CONFIG SET failed (possibly related to argument 'maxmemory-clients') - ";
    assertThat(options.change(List.of("maxmemory-clients", "120%")))
        .isEqualTo(failed + "percentage argument must be less or equal to 100");
    for (String wrong : new String[] {"-1", "a", "a%", "%", "-5%"}) {
      assertThat(options.change(List.of("maxmemory-clients", wrong))).as(wrong)
          .isEqualTo(failed + "argument must be a memory or percent value");
    }
  }

  @Test void maxclients_isNotMoreThanTheSystemAllows() throws Exception {
    Options options = new Options();
    assertThat(options.possibleClients(20_000)).isEqualTo(-1);
    assertThat(options.change(List.of("maxclients", "20001"))).isEqualTo("ERR CONFIG SET failed (possibly related to "
        + "argument 'maxclients') - The operating system is not able to handle the specified number of clients, "
        + "try with 20000");
    assertThat(options.possibleClients(100)).isEqualTo(10_000);
    assertThat(options.number(Option.MAXCLIENTS)).isEqualTo(100);
  }
}
