package io.qcache.net.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The file of a Unix socket, which nobody can connect to before its permissions are what they shall be:
 *
 * <pre>
 *   DIR/.q1a2b3c/s   bound in a directory of our own, that only we can enter
 *       │            permissions set
 *       ▼
 *   DIR/NAME         renamed to, in one step in which a stale file goes
 * </pre>
 */
final class SocketFile {
  private static final int LONGEST = 107; // bytes that connecting can name, where the system allows most
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ,
  };

  private final Path path;
  private final boolean posix;
  private Path directory; // ours, while there is one
  private Path aside;     // in it
  private Object key;     // of the file that is ours, as the system knows it, if it does

  SocketFile(Path path) {
    this.path = path;
    this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Throws where something is there that is no socket, or one that somebody answers at, or nobody could connect to. */
  void requireFree() throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) { // it would be bound all the same, aside
      throw new BindException("the path is longer than " + LONGEST + " bytes");
    }
    BasicFileAttributes there;
    try {
      there = attributes(path);
    } catch (NoSuchFileException free) {
      return;
    }
    if (!there.isOther()) {
      throw new BindException("there is a file which is no socket");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false); // whoever has many waiting would make us wait too
      channel.connect(UnixDomainSocketAddress.of(path));
      throw new BindException("Address already in use");
    } catch (ConnectException stale) {
      // nobody listens any more: it will be replaced
    }
  }

  private static BasicFileAttributes attributes(Path of) throws IOException {
    return Files.readAttributes(of, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a place to bind at first. */
  Path prepare() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException("there is no directory " + parent);
    }
    String name = Long.toString(System.nanoTime() & 0x7fffffff, Character.MAX_RADIX);
    Path made = path.resolveSibling(".q".concat(name));
    Files.createDirectory(made, ownerOnly());
    directory = made;
    aside = made.resolve("s");
    return aside;
  }

  private FileAttribute<?>[] ownerOnly() {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(0700))} : new FileAttribute<?>[0];
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((mode >> i & 1) != 0) {
        permissions.add(BITS[i]);
      }
    }
    return permissions;
  }

  /** Lets others in, those whom the mode allows; for 0 those whom the umask does. */
  void publish(int mode) throws IOException {
    if (mode != 0) {
      if (!posix) {
        throw new UnsupportedOperationException("unixsocketperm can't be set on this system");
      }
      Files.setPosixFilePermissions(aside, permissions(mode));
    }
    key = attributes(aside).fileKey();
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing but the socket behind. */
  void tidy() {
    if (directory != null) {
      try {
        Files.deleteIfExists(aside);
        Files.delete(directory);
      } catch (IOException e) {
        // an empty directory that only we can enter harms nobody
      }
    }
  }

  /** Deletes the socket, unless another has taken its place. */
  void remove() {
    try {
      if (Objects.equals(key, attributes(path).fileKey())) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // somebody else has
    }
  }
}
