package io.qcache.net;

import io.qcache.engine.Engine;
import io.qcache.net.option.CommandLine;
import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import io.qcache.offline.Check;
import io.qcache.offline.Export;
import io.qcache.offline.Repair;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the program does with the files of a directory instead of serving them. */
final class Offline {
  private Offline() {}

  /**
   * Does what the line says; whether all is well.
   *
   * @throws IOException where it cannot be done
   */
  static boolean perform(CommandLine line, Engine engine) throws IOException {
    Options options = line.options();
    boolean skipping = options.isOn(Option.RDB_SKIP_UNSUPPORTED);
    String snapshot = options.text(Option.DBFILENAME);
    return switch (line.task()) {
      case CHECK -> new Check(engine, snapshot, skipping, System.out::println).check(Path.of(line.file()));
      case REPAIR -> new Repair(engine, snapshot, skipping, System.out::println, Offline::confirms).repair(Path.of(line.file()));
      default -> {
        export(line, new Export(engine, options.path(Option.DIR), snapshot, line.file()), skipping);
        yield true;
      }
    };
  }

  private static void export(CommandLine line, Export export, boolean skipping) throws IOException {
    Options options = line.options();
    String said = switch (line.task()) {
      case EXPORT -> export.asRdb(line.rdbVersion(), options.isOn(Option.RDBCOMPRESSION), options.isOn(Option.RDBCHECKSUM), skipping);
      default -> export.asCommands(skipping);
    };
    boolean isOutput = line.file().equals(Export.STANDARD_OUTPUT);
    PrintStream to = isOutput ? System.err : System.out;
    to.println(said);
  }

  /** As redis-check-aof asks: anything but a y is a no, the end of the input too. */
  private static boolean confirms() {
    System.out.print("Continue? [y/N]: ");
    System.out.flush();
    try {
      int answer = System.in.read();
      System.out.println();
      return answer == 'y' || answer == 'Y';
    } catch (IOException none) {
      return false;
    }
  }

  /** What to say of it. */
  static String reason(IOException e) {
    return e instanceof NoSuchFileException missing && missing.getReason() == null
        ? "there is no ".concat(missing.getFile()) : String.valueOf(e.getMessage());
  }
}
