package io.qcache.net.differential;

/** All commands of bits.  Offsets are small, or refused: nothing here costs hundreds of megabytes. */
final class BitCommands implements CommandGroup {
  private static final String[] TYPES = {"u1", "u8", "u4", "i5", "i8", "u16", "i16", "i32", "u32", "u63", "i63", "i64"};
  private static final String[] ODD_TYPES = {"", "u", "i", "u0", "i0", "u64", "i65", "u99", "a8", "8", "u-1", "u08",
      "U8", "I8", "u8 ", "u18446744073709551617", "u8\0"};

  @Override public String[] keys() {
    return Line.STRING_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(8, "SETBIT", line -> bit(offset(line.key())));
    table.row(6, "GETBIT", line -> offset(line.key()));
    table.row(10, "BITCOUNT", BitCommands::countRange);
    table.row(10, "BITPOS", line -> posRange(bit(line.key())));
    table.row(8, "BITOP", BitCommands::operation);
    table.row(16, "BITFIELD", line -> fields(line.key(), false));
    table.row(6, "BITFIELD_RO", line -> fields(line.key(), true));
  }

  private static Line bit(Line line) {
    return line.dice.percent(94) ? line.oneOf("0", "1") : line.oneOf("", "2", "-1", "a", "01", "1.0", " 1", "10");
  }

  private static Line offset(Line line) {
    return line.dice.percent(88) ? line.text(Long.toString(line.dice.between(0, line.dice.percent(95) ? 300 : 700_000)))
        : line.oneOf("-1", "", "a", "1.0", "+1", "#1", "4294967296", "4294967297", "9223372036854775807", "-0", " 1",
            "9223372036854775808", "-9223372036854775808", "01");
  }

  private static void countRange(Line line) {
    line.key();
    if (line.dice.percent(70)) {
      unit(line.index().index());
    }
  }

  private static void posRange(Line line) {
    if (line.dice.percent(70)) {
      line.index();
      if (line.dice.percent(75)) {
        unit(line.index());
      }
    }
  }

  private static void unit(Line line) {
    if (line.dice.percent(50)) {
      line.words(line.dice.percent(95) ? line.dice.oneOf("BIT", "BYTE") : line.dice.oneOf("", "BITS", "1"));
    }
  }

  private static void operation(Line line) {
    String word = line.dice.percent(96) ? line.dice.oneOf("AND", "OR", "XOR", "NOT") : line.dice.oneOf("", "NAND", "ANDOR");
    line.words(word).key();
    if (word.equals("NOT") && line.dice.percent(90)) {
      line.key();
    } else {
      line.keys();
    }
  }

  private static void fields(Line line, boolean readOnly) {
    for (int left = line.dice.few(6); left >= 0; left--) {
      int kind = readOnly && line.dice.percent(90) ? 0 : line.dice.below(10);
      switch (kind) {
        case 0, 1, 2 -> place(line.words("GET"));
        case 3, 4 -> place(line.words("SET")).integer();
        case 5, 6 -> place(line.words("INCRBY")).integer();
        case 7, 8 -> line.words("OVERFLOW",
            line.dice.percent(96) ? line.dice.oneOf("WRAP", "SAT", "FAIL") : line.dice.oneOf("", "WRAPS"));
        default -> line.oneOf("GET", "SET", "INCRBY", "OVERFLOW", "", "u8");
      }
    }
  }

  private static Line place(Line line) {
    line.oneOf(line.dice.percent(94) ? TYPES : ODD_TYPES);
    return line.dice.percent(40) ? line.text("#" + line.dice.below(30))
        : line.dice.percent(90) ? line.text(Integer.toString(line.dice.below(300)))
            : line.oneOf("#", "##1", "#-1", "#4294967296", "#9223372036854775807", "-1", "", "4294967296", "a",
                "9223372036854775808", "#a", "1.0");
  }
}
