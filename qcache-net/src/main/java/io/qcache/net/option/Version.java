package io.qcache.net.option;

/** Which QCache this is. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}: what the module or the jar says of itself, {@code dev} where neither does. */
  public static String text() {
    Module module = Version.class.getModule();
    if (module.isNamed() && module.getDescriptor().rawVersion().isPresent()) {
      return module.getDescriptor().rawVersion().get();
    }
    String version = Version.class.getPackage().getImplementationVersion();
    return version != null ? version : "dev";
  }
}
