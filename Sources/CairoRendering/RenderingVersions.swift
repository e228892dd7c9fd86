import CCairo

/// The versions of the libraries that draw: the bytes of figures depend on them.
public enum RenderingVersions {
  /// Cairo's version.
  public static var cairo: String { String(cString: cairo_version_string()) }

  /// FreeType's version.
  public static var freeType: String {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { return "unknown" }
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    FT_Library_Version(library, &major, &minor, &patch)
    FT_Done_FreeType(library)
    return "\(major).\(minor).\(patch)"
  }
}
