package io.qcache.net;

import io.qcache.engine.Engine;
import io.qcache.net.option.CommandLine;
import io.qcache.net.option.Help;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import io.qcache.net.option.Task;
import io.qcache.net.option.Version;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * The server as a program.  It ends with exit code 0 on SIGTERM and SIGINT when all is answered, with 1 where it cannot
 * start as it is told, with 70 where a loop has died.
 *
 * <p>Whoever changes what runs before {@code Ready}: lambdas, regular expressions, String.format, streams, loggers,
 * dates and secure randoms each cost more there than all the rest (the module's README has the figures).
 */
public final class Main {
  static final int CANNOT_START = 1;
  static final int DIED = 70;

  private Main() {}

  /** Runs until it is told to end. */
  public static void main(String[] args) {
    Warmup.chooseSelectors();
    new Warmup().start();
    CommandLine line;
    try {
      line = CommandLine.parse(args);
    } catch (OptionException e) {
      refuse(e.getMessage() + " (--help lists the options)");
      return;
    }
    if (line.wantsHelp()) {
      System.out.print(Help.text());
    } else if (line.wantsVersion()) {
      System.out.println("QCache ".concat(Version.text()));
    } else if (line.task() == Task.MAKE_ARCHIVE) {
      makeArchive(line.file());
    } else if (line.task() != null) {
      perform(line);
    } else {
      serve(line.options());
    }
  }

  private static void makeArchive(String file) {
    try {
      System.out.println(Archive.make(file));
    } catch (IOException | InterruptedException e) {
      refuse(e.getMessage());
    }
  }

  private static void perform(CommandLine line) {
    Options options = line.options();
    ServerLog log = new ServerLog(options, System.err, Startup.pid());
    try (Engine engine = engine(options, log)) {
      if (!Offline.perform(line, engine)) {
        System.exit(CANNOT_START);
      }
    } catch (IOException e) {
      refuse(Offline.reason(e));
    } catch (OutOfMemoryError exhausted) {
      refuse("the JVM's memory is not enough: java -Xmx gives it more");
    }
  }

  private static void refuse(String reason) {
    System.err.println("qcache: ".concat(reason));
    System.exit(CANNOT_START);
  }

  private static void serve(Options options) {
    long pid = Startup.pid();
    ServerLog log = new ServerLog(options, System.out, pid);
    QCacheServer server;
    try {
      server = QCacheServer.open(options, log, engine(options, log));
    } catch (IOException e) {
      refuse(e.getMessage());
      return;
    }
    run(server, log, pid);
  }

  /** From here on signals end it well. */
  static void run(QCacheServer server, ServerLog log, long pid) {
    Ending ending = new Ending(server, log);
    Runtime.getRuntime().addShutdownHook(ending);
    log.log(Level.INFO, "QCache " + Version.text() + ", pid " + pid + server.entrances());
    try {
      server.load();
    } catch (IOException e) {
      log.log(Level.ERROR, "Cannot load: ".concat(String.valueOf(e.getMessage())));
      ending.exit(CANNOT_START);
      return;
    }
    log.log(Level.INFO, "Ready to accept connections");
    ending.await();
  }

  private static Engine engine(Options options, ServerLog log) {
    Engine.Settings settings = new Engine.Settings().databases((int) options.number(Option.DATABASES)).log(log)
        .maxBytes(options.number(Option.MAXMEMORY)).evictionPolicy(options.evictionPolicy());
    long[] secret = Startup.secret();
    if (secret != null) {
      settings.hashKey(secret[0], secret[1]);
    }
    return Engine.open(settings);
  }
}
