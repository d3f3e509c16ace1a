package io.qcache.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.QCacheServer;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.Reply;
import io.qcache.resp.ReplyReader;
import io.qcache.resp.RequestWriter;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README tells the truth: its programs are compiled and run, its conversations held with a server. */
class ReadmeIT {
  private static final Pattern PRINTED = Pattern.compile("System\\.out\\.println\\(.*;\\s*// (.*)");
  private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");

  @TempDir Path classes;
  private QCacheServer server;

  @BeforeEach void serve() {
    server = QCacheServer.builder().port(0).open();
  }

  @AfterEach void stop() {
    server.close();
  }

  @Test void javaExamples_printWhatTheirCommentsSay() throws Exception {
    List<String> examples = blocks("java");
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (String example : examples) {
      String source = example.replace("localhost:5001", "localhost:" + server.port());
      assertThat(run(source)).as(example).isEqualTo(commented(source));
    }
  }

  @Test void redisCliConversation_isHeldWordForWord() throws Exception {
    for (String conversation : blocks("redis-cli")) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        for (String exchange : conversation.split("(?m)^127\\.0\\.0\\.1:5001> ")) {
          if (!exchange.isBlank()) {
            String command = exchange.lines().findFirst().orElseThrow();
            String expected = exchange.substring(command.length() + 1).stripTrailing();
            assertThat(shown(ask(socket, command.split(" "))).stripTrailing()).as(command).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test void telnetConversation_isHeldByteForByte() throws Exception {
    for (String conversation : blocks("telnet")) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket.setSoTimeout(10_000);
        for (String line : conversation.lines().toList()) {
          if (line.startsWith("> ")) {
            socket.getOutputStream().write((line.substring(2) + "\r\n").getBytes(StandardCharsets.UTF_8));
          } else {
            assertThat(readLine(socket.getInputStream())).isEqualTo(line);
          }
        }
      }
    }
  }

  private static List<String> blocks(String language) throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher fence = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(readme);
    List<String> blocks = new ArrayList<>();
    while (fence.find()) {
      blocks.add(fence.group(1));
    }
    assertThat(blocks).as("blocks of " + language).isNotEmpty();
    return blocks;
  }

  private static List<String> commented(String source) {
    return source.lines().map(PRINTED::matcher).filter(Matcher::find).map(found -> found.group(1)).toList();
  }

  private List<String> run(String source) throws Exception {
    Matcher name = CLASS_NAME.matcher(source);
    assertThat(name.find()).isTrue();
    Path file = Files.writeString(classes.resolve(name.group(1) + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int exit = compiler.run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d", classes.toString(),
        file.toString());
    assertThat(exit).as("javac of " + name.group(1)).isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass(name.group(1)).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Reply ask(Socket socket, String[] words) throws Exception {
    GrowingOutput request = new GrowingOutput();
    RequestWriter writer = new RequestWriter(request);
    writer.command(words.length);
    Stream.of(words).forEach(writer::argument);
    socket.getOutputStream().write(request.toByteArray());
    ReplyReader reader = new ReplyReader();
    byte[] buffer = new byte[4096];
    Reply reply = null;
    while (reply == null) {
      int read = socket.getInputStream().read(buffer);
      assertThat(read).isPositive();
      reader.feed(buffer, 0, read);
      reply = reader.poll();
    }
    return reply;
  }

  /** A reply as redis-cli prints it to a terminal. */
  private static String shown(Reply reply) {
    if (reply.isNull()) {
      return "(nil)";
    }
    if (reply instanceof Reply.Int number) {
      return "(integer) " + number.value();
    }
    if (reply instanceof Reply.ErrorReply error) {
      return "(error) " + error.line();
    }
    if (reply instanceof Reply.ArrayReply) {
      StringBuilder lines = new StringBuilder();
      List<Reply> elements = reply.asList();
      for (int i = 0; i < elements.size(); i++) {
        lines.append(i + 1).append(") ").append(shown(elements.get(i))).append('\n');
      }
      return lines.toString();
    }
    return reply instanceof Reply.Bulk ? '"' + reply.asText() + '"' : reply.asText();
  }

  private static String readLine(InputStream in) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      assertThat(b).as("a line, so far " + line).isNotEqualTo(-1);
      line.append((char) b);
    }
    assertThat(in.read()).isEqualTo('\n');
    return line.toString();
  }
}
