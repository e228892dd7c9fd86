import Documents
import Foundation
import Synchronization

/// The typeset formulas of a project in one file, by the digests of all that decides how they look.
///
/// New ones are added at the end with a single write, so that several programs may use the file at once; a record that
/// was cut off is passed over. A file that has grown beyond its bound is begun anew.
final class FormulaStore: Sendable {
  private static let stores = Mutex<[String: FormulaStore]>([:])
  private static let mostBytes = 64 << 20
  /// Stands before every record; the length and the digest follow.
  private static let mark = Array("formula ".utf8)
  private static let digestLength = 64

  private let path: String
  private let contents: Mutex<Contents>

  private struct Contents {
    var bytes: [UInt8]
    var ranges: [String: Range<Int>]
  }

  /// The store of a file; each is read once.
  static func store(at path: String) -> FormulaStore {
    stores.withLock { stores in
      if let known = stores[path] { return known }
      let store = FormulaStore(path: path)
      stores[path] = store
      return store
    }
  }

  private init(path: String) {
    self.path = path
    let data = FileManager.default.contents(atPath: path) ?? Data()
    if data.count > Self.mostBytes { try? FileManager.default.removeItem(atPath: path) }
    let bytes = data.count > Self.mostBytes ? [] : Array(data)
    let ranges = Self.ranges(of: bytes)
    let end = ranges.values.map { $0.upperBound + 1 }.max() ?? 0
    // What a full disk cut off would hide all that is added behind it.
    if end < bytes.count { truncate(path, end) }
    contents = Mutex(Contents(bytes: Array(bytes[..<end]), ranges: ranges))
  }

  /// Where the records lie.
  private static func ranges(of bytes: [UInt8]) -> [String: Range<Int>] {
    var ranges: [String: Range<Int>] = [:]
    var index = 0
    while let record = record(bytes, at: index) {
      ranges[record.key] = record.range
      index = record.range.upperBound + 1
    }
    return ranges
  }

  /// `formula DIGEST LENGTH\n` and so many bytes with a newline behind them.
  private static func record(_ bytes: [UInt8], at begin: Int) -> (key: String, range: Range<Int>)? {
    let keyBegin = begin + mark.count
    let keyEnd = keyBegin + digestLength
    guard keyEnd < bytes.count, bytes[begin..<keyBegin].elementsEqual(mark), bytes[keyEnd] == .space else {
      return nil
    }
    let digits = bytes[(keyEnd + 1)...].prefix(10).prefix { $0.isDigit }
    guard let length = Int(digits.text), digits.endIndex < bytes.count, bytes[digits.endIndex] == .newline
    else {
      return nil
    }
    let end = digits.endIndex + 1 + length
    guard end < bytes.count, bytes[end] == .newline else { return nil }
    return (bytes[keyBegin..<keyEnd].text, digits.endIndex + 1..<end)
  }

  /// A kept formula.
  subscript(key: String) -> String? {
    contents.withLock { contents in contents.ranges[key].map { contents.bytes[$0].text } }
  }

  /// Keeps formulas; a disk that does not take them costs only time.
  func add(_ formulas: [(key: String, html: String)]) {
    guard !formulas.isEmpty else { return }
    var addition: [UInt8] = []
    for (key, html) in formulas {
      addition +=
        Self.mark + Array(key.utf8) + Array(" \(html.utf8.count)\n".utf8) + Array(html.utf8) + [.newline]
    }
    contents.withLock { contents in
      for (key, range) in Self.ranges(of: addition) {
        let offset = contents.bytes.count
        contents.ranges[key] = range.lowerBound + offset..<range.upperBound + offset
      }
      contents.bytes += addition
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
      guard file >= 0 else { return }
      addition.withUnsafeBytes { _ = write(file, $0.baseAddress, $0.count) }
      close(file)
    }
  }
}
