import Foundation

/// Where Debian puts what pages are made with.
enum SystemFiles {
  /// A file of a Debian package.
  struct File {
    let path: String
    let package: String
  }

  static let katex = File(path: "/usr/share/javascript/katex/katex.min.js", package: "libjs-katex")
  static let katexStyle = File(path: "/usr/share/javascript/katex/katex.min.css", package: "libjs-katex")
  static let highlighter = File(
    path: "/usr/share/javascript/highlight.js/highlight.min.js", package: "libjs-highlight.js")

  /// A font of KaTeX, named as in its style sheet: `KaTeX_Main-Regular.woff2`.
  static func katexFont(_ name: String) -> File {
    File(path: "/usr/share/fonts/truetype/katex/\(name)", package: "fonts-katex")
  }

  /// The bytes of a file.
  static func bytes(of file: File) throws(PublishingError) -> Data {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw .missingSystemFile(path: file.path, package: file.package)
    }
    return data
  }

  /// The text of a file.
  static func text(of file: File) throws(PublishingError) -> String {
    String(decoding: try bytes(of: file), as: UTF8.self)
  }
}
