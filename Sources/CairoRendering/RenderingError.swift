import CCairo
import Components
import Plotting

/// Why figures cannot be drawn.
public enum RenderingError: Error, Equatable, Sendable {
  /// The font of all figures is not where Debian puts it.
  case missingFont(path: String)
  /// The font file is there but cannot be read.
  case unreadableFont(path: String, code: Int)
  /// FreeType does not start.
  case noFreeType(code: Int)
  /// A drawing has no extent, or more points than a page can have.
  case impossibleSize(width: Double, height: Double)
  /// An image would have no pixels, or more than Cairo can hold.
  case impossibleResolution(Double)
  /// Cairo gives up.
  case cairoFailed(status: String)

  init(_ status: cairo_status_t) {
    self = .cairoFailed(status: cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
  }
}

extension RenderingError: Explained {
  /// What is wrong.
  public var sentence: String {
    switch self {
    case .missingFont(let path): "the font of figures is missing: \(path)"
    case .unreadableFont(let path, let code): "FreeType cannot read \(path) (error \(code))"
    case .noFreeType(let code): "FreeType does not start (error \(code))"
    case .impossibleSize(let width, let height):
      "no page is \(width.text()) by \(height.text()) points large"
    case .impossibleResolution(let value): "no image has \(value.text()) pixels an inch at this size"
    case .cairoFailed(let status): "Cairo cannot draw the figure: \(status)"
    }
  }

  /// What would mend it.
  public var hint: String? {
    switch self {
    case .missingFont, .unreadableFont: "install fonts-dejavu-core"
    case .impossibleSize: "PDF pages have at most 14400 points, which are 200 inches"
    case .impossibleResolution: "images have at most 32767 pixels in a row"
    case .noFreeType, .cairoFailed: nil
    }
  }
}
