package io.qcache.net.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path directory;

  private static Options options(String... args) throws OptionException {
    return CommandLine.parse(args).options();
  }

  private static void refused(String message, String... args) {
    assertThatThrownBy(() -> CommandLine.parse(args)).isInstanceOf(OptionException.class).hasMessage(message);
  }

  private String file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines)).toString();
  }

  @Test void nothing_meansPort5001_onTheLoopbackInterface() throws OptionException {
    assertThat(options().number(Option.PORT)).isEqualTo(5001);
    assertThat(options().text(Option.BIND)).isEqualTo("127.0.0.1 -::1");
    assertThat(options().number(Option.EVENT_LOOPS))
        .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  @Test void anOption_isWrittenWithABlankOrAnEqualsSign_andTheLastOneCounts() throws OptionException {
    assertThat(options("--port", "7000", "--maxclients=5").number(Option.PORT)).isEqualTo(7000);
    assertThat(options("--port=7000").number(Option.PORT)).isEqualTo(7000);
    assertThat(options("--port", "1", "--PORT", "2").number(Option.PORT)).isEqualTo(2);
    assertThat(options("--requirepass=--a=b").text(Option.REQUIREPASS)).isEqualTo("--a=b");
    assertThat(options("--bind", "::1", "127.0.0.1", "--port", "1").text(Option.BIND)).isEqualTo("::1 127.0.0.1");
    assertThat(options("--listenAddr", ":6000").number(Option.PORT)).isEqualTo(6000);
  }

  @Test void whatRedisServersAreUsuallyStartedWith_isTakenWhereItIsTrue() throws OptionException {
    Options usual = options("--port", "7000", "--save", "", "--appendonly", "no", "--daemonize", "no");
    assertThat(usual.number(Option.PORT)).isEqualTo(7000);
    assertThat(options("--save").number(Option.PORT)).isEqualTo(5001);
    assertThat(options("--save", "3600 1 300 100", "--save", "60", "10000").text(Option.SAVE)).isEqualTo("3600 1 300 100 60 10000");
    assertThat(options("--save", "3600 1", "--save", "").text(Option.SAVE)).isEmpty();
  }

  @Test void whatCannotBeTaken_isRefusedNamingOptionAndValue() {
    refused("unknown option --nosuch '3'", "--nosuch", "3");
    refused("unknown option --nosuch '3'", "--nosuch=3");
    refused("unknown option --nosuch", "--nosuch", "--port", "1");
    refused("--port 'abc': argument couldn't be parsed into an integer", "--port", "abc");
    refused("--port '65536': argument must be between -1 and 65535 inclusive", "--port", "65536");
    refused("--port '1 2': wrong number of arguments", "--port", "1", "2");
    refused("--port: wrong number of arguments", "--port");
    refused("--activedefrag 'yes': QCache has no such feature, only 'no' can be said of it", "--activedefrag", "yes");
    refused("--appendfsync 'sometimes': argument(s) must be one of the following: always, everysec, no", "--appendfsync", "sometimes");
    refused("--save '900': Invalid save parameters", "--save", "900");
    refused("--save '0 1': Invalid save parameters", "--save", "0", "1");
    refused("--save 'x 1': Invalid save parameters", "--save", "x 1");
    refused("--dbfilename 'a/b': dbfilename can't be a path, just a filename", "--dbfilename", "a/b");
    refused("--hz '10': QCache has no such feature", "--hz", "10");
    refused("--tls-dh-params-file 'x': QCache has no such feature", "--tls-dh-params-file", "x");
    refused("unknown option '-x': options are written --name value", "-x");
    refused("unknown option '--': options are written --name value", "--");
  }

  @Test void helpAndVersion_areWishes() throws OptionException {
    assertThat(CommandLine.parse("--help").wantsHelp()).isTrue();
    assertThat(CommandLine.parse("-h").wantsHelp()).isTrue();
    assertThat(CommandLine.parse("--version").wantsVersion()).isTrue();
    assertThat(CommandLine.parse("-v").wantsVersion()).isTrue();
    assertThat(CommandLine.parse("--port", "1").wantsHelp()).isFalse();
  }

  @Test void aFile_isReadLikeRedisConf_andTheCommandLineWins() throws Exception {
    String file = file("qcache.conf", "# a comment", "", "port 7000\r", "  MaxClients   5", "requirepass \"a b\\x41\"",
        "bind 127.0.0.1 ::1", "proto-max-bulk-len 100mb", "save \"\"", "dir '" + directory + "'");
    Options options = options(file, "--maxclients", "6");
    assertThat(options.number(Option.PORT)).isEqualTo(7000);
    assertThat(options.number(Option.MAXCLIENTS)).isEqualTo(6);
    assertThat(options.text(Option.REQUIREPASS)).isEqualTo("a bA");
    assertThat(options.text(Option.BIND)).isEqualTo("127.0.0.1 ::1");
    assertThat(options.number(Option.PROTO_MAX_BULK_LEN)).isEqualTo(100 << 20);
    assertThat(options.text(Option.DIR)).isEqualTo(directory.toString());
  }

  @Test void aFile_thatIncludesAnother_hasItsLinesAtThatPlace() throws Exception {
    String inner = file("inner.conf", "port 2", "timeout 9");
    assertThat(options(file("outer.conf", "port 1", "include " + inner)).number(Option.PORT)).isEqualTo(2);
    assertThat(options(file("outer.conf", "include '" + inner + "'", "port 1")).number(Option.PORT)).isEqualTo(1);
  }

  @Test void aFile_thatIsWrong_isRefusedNamingFileLineOptionAndValue() throws Exception {
    String unknown = file("a.conf", "port 1", "nosuch 3");
    refused(unknown + " line 2: unknown option nosuch '3'", unknown);
    String range = file("b.conf", "port 70000");
    refused(range + " line 1: port '70000': argument must be between -1 and 65535 inclusive", range);
    String quotes = file("c.conf", "", "requirepass \"abc");
    refused(quotes + " line 2: malformed line 'requirepass \"abc': Protocol error: unbalanced quotes in request",
        quotes);
    String array = file("d.conf", "*1");
    refused(array + " line 1: unknown option '*1'", array);
    String loop = directory.resolve("e.conf").toString();
    file("e.conf", "include " + loop);
    refused("include '" + loop + "': more than 16 files deep", loop);
    String none = directory + "/none";
    refused("cannot read the file of options '" + none + "': " + none + " (No such file or directory)", none);
  }
}
