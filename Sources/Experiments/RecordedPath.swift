import Components

/// A path among recorded values, as in `test.accuracy`, `cv.accuracy.folds.0` or `variants."rate=0.1".test.loss`.
public struct RecordedPath: Hashable, Sendable {
  /// The parts between the dots; a part in quotes may hold dots and keeps its quotes.
  public let segments: [String]

  /// A path as it is written.
  public init(_ text: String) {
    var segments: [String] = []
    var current = ""
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == ".", !isQuoted {
        segments.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    self.segments = segments + [current]
  }

  /// A name as a segment: in quotes if it holds other characters than letters, digits and `- _ = ,`.
  public static func segment(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_=,".unicodeScalars.contains($0)
    }
    return isPlain && !name.isEmpty ? name : "\"\(name.filter { $0 != "\"" })\""
  }

  /// Whether a path names an element of the list at another one, as in `cv.accuracy.folds.0`.
  static func isElement(_ path: String, of list: String) -> Bool {
    guard path.hasPrefix("\(list).") else { return false }
    return path.dropFirst(list.count + 1).allSatisfy { "0123456789.".contains($0) }
  }

  /// The value at the path: the longest key that begins it, then the way into the object or the list.
  public func value(in values: [String: RecordedValue]) -> RecordedValue? {
    for count in stride(from: segments.count, to: 0, by: -1) {
      let key = segments[..<count].joined(separator: ".")
      guard let value = values[key] else { continue }
      return Self.inner(value, segments[count...])
    }
    return nil
  }

  /// Goes into an object by the longest key that fits, into a list by the number.
  private static func inner(_ value: RecordedValue, _ path: ArraySlice<String>) -> RecordedValue? {
    guard let first = path.first else { return value }
    switch value {
    case .object(let object):
      for count in stride(from: path.count, to: 0, by: -1) {
        let key = path.prefix(count).joined(separator: ".")
        if let found = object[key] { return inner(found, path.dropFirst(count)) }
      }
      return nil
    case .list(let items):
      guard let index = Int(first), items.indices.contains(index) else { return nil }
      return inner(items[index], path.dropFirst())
    default: return nil
    }
  }
}
