import Components

/// Why figures cannot be drawn.
public enum RenderingError: Error, Equatable, Sendable {
  /// The font of all figures is not where Debian puts it.
  case missingFont(path: String)
  /// The font file is there but cannot be read.
  case unreadableFont(path: String, code: Int)
  /// FreeType does not start.
  case noFreeType(code: Int)
}

extension RenderingError: Explained {
  /// What is wrong.
  public var sentence: String {
    switch self {
    case .missingFont(let path): "the font of figures is missing: \(path)"
    case .unreadableFont(let path, let code): "FreeType cannot read \(path) (error \(code))"
    case .noFreeType(let code): "FreeType does not start (error \(code))"
    }
  }

  /// What would mend it.
  public var hint: String? {
    switch self {
    case .missingFont, .unreadableFont: "install fonts-dejavu-core"
    case .noFreeType: nil
    }
  }
}
