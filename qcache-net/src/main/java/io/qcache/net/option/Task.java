package io.qcache.net.option;

/** What the main program does with a file instead of serving. */
public enum Task {
  MAKE_ARCHIVE("--make-archive"), EXPORT("--export"), EXPORT_COMMANDS("--export-commands"), CHECK("--check"), REPAIR("--repair");

  private static final Task[] ALL = values();

  private final String title;

  Task(String title) {
    this.title = title;
  }

  /** As it is written on the command line. */
  public String title() {
    return title;
  }

  /** The one of that name without dashes; null where there is none. */
  static Task named(String name) {
    for (Task task : ALL) {
      if (task.title.length() == name.length() + 2 && task.title.endsWith(name)) {
        return task;
      }
    }
    return null;
  }
}
