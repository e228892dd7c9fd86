import Components
import Foundation

/// What goes to standard error: problems, and a progress line where somebody watches.
enum Terminal {
  private static let lock = NSLock()
  nonisolated(unsafe) private static var hasProgress = false
  nonisolated(unsafe) private static var lastProgress: ContinuousClock.Instant?

  /// Whether standard error is a terminal.
  static let isInteractive = isatty(2) == 1

  private static let hasColors =
    isInteractive && ProcessInfo.processInfo.environment["NO_COLOR"].map(\.isEmpty) ?? true

  /// Writes a line.
  static func write(_ line: String) {
    lock.withLock {
      erase()
      FileHandle.standardError.write(Data((line + "\n").utf8))
    }
  }

  /// Writes a problem as `file:line:column: error: sentence (hint)`.
  static func write(_ problem: Problem) {
    guard hasColors else { return write(problem.description) }
    let color = problem.severity == .error ? "\u{1B}[31m" : "\u{1B}[33m"
    let plain = problem.description
    let mark = ": \(problem.severity.rawValue): "
    guard let range = plain.range(of: mark) else { return write(plain) }
    write(
      "\u{1B}[1m" + plain[..<range.lowerBound] + ":\u{1B}[0m \(color)\(problem.severity.rawValue):\u{1B}[0m "
        + plain[range.upperBound...])
  }

  /// Shows a line that the next one replaces; nothing where nobody watches, and no more than eyes can follow.
  static func progress(_ line: String) {
    guard isInteractive else { return }
    lock.withLock {
      let now = ContinuousClock().now
      if let lastProgress, lastProgress.duration(to: now) < .milliseconds(40) { return }
      lastProgress = now
      erase()
      FileHandle.standardError.write(Data(line.prefix(width).utf8))
      hasProgress = true
    }
  }

  /// Takes the progress line away.
  static func clearProgress() { lock.withLock { erase() } }

  private static func erase() {
    guard hasProgress else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    hasProgress = false
  }

  private static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 79 }
    return Int(size.ws_col) - 1
  }
}
