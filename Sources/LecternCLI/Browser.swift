import Components
import Foundation

/// An installed Chromium, which prints pages as PDF files.
struct Browser {
  private let path: String

  /// The names that Chromium and its relatives are installed under.
  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
  ]

  /// The first one on the search path.
  static func find() throws(BrowserError) -> Browser {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for name in names {
      for folder in folders {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return Browser(path: path) }
      }
    }
    throw .missing
  }

  /// Prints a page; `folder` holds what the browser writes meanwhile.
  func printPage(_ page: String, to file: String, folder: String) throws(BrowserError) {
    let printed = "\(folder)/page.pdf"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=\(folder)/browser",
      "--no-pdf-header-footer", "--print-to-pdf=\(printed)", URL(fileURLWithPath: page).absoluteString,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw .failed(path: path)
    }
    process.waitUntilExit()
    guard let data = FileManager.default.contents(atPath: printed), !data.isEmpty else {
      throw .failed(path: path)
    }
    do throws(OutputError) {
      try OutputFile.write(data, to: file)
    } catch {
      throw .cannotWrite(path: file)
    }
  }
}

/// What can go wrong while a page is printed.
enum BrowserError: Explained, Equatable {
  case missing
  case failed(path: String)
  case cannotWrite(path: String)

  var sentence: String {
    switch self {
    case .missing: "--pdf needs an installed Chromium, and none of its names is on the search path"
    case .failed(let path): "\(path) printed no page"
    case .cannotWrite(let path): "the file \"\(path)\" cannot be written"
    }
  }

  var hint: String? {
    switch self {
    case .missing: "install the Debian package chromium, or print the page from any browser"
    default: nil
    }
  }
}

extension BrowserError: CustomStringConvertible {
  var description: String { sentence + (hint.map { " (\($0))" } ?? "") }
}
