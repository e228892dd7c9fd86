import Components

/// A file whose text is part of a document.
package struct SourceFile: Sendable, Equatable {
  /// The path as messages name it.
  package var file: String
  /// Its whole text.
  package var text: String

  package init(file: String, text: String) {
    self.file = file
    self.text = text
  }
}

/// Puts the files that a document includes by `{{< include file.md >}}` in their places.
///
/// The line stands alone, outside of fences. Paths are relative to the file that includes; the front matter of an
/// included file is left out. Files that include each other are an error at the line that closes the circle.
struct IncludeExpansion {
  /// Reads a file by its path; nil if there is none.
  typealias Reader = @Sendable (String) -> String?

  private(set) var problems: [Problem] = []
  /// The files that were included, each once, in the order of the text.
  private(set) var included: [SourceFile] = []

  private let read: Reader
  private var bytes: [UInt8] = []
  private var lineCount = 0
  private var origins: [SourceText.Origin] = []

  /// A document is not longer.
  private static let mostBytes = 64 << 20

  private init(read: @escaping Reader) { self.read = read }

  /// The text of a document with all that it includes.
  static func expand(
    _ source: SourceText, read: @escaping Reader
  ) -> (source: SourceText, included: [SourceFile], problems: [Problem]) {
    let mark = Array("{{<".utf8)
    let first = source.bytes.firstIndex(of: mark[0])
    guard let first, source.bytes[first...].contains(mark) else { return (source, [], []) }
    var expansion = IncludeExpansion(read: read)
    expansion.add(source, chain: [source.file])
    guard !expansion.included.isEmpty || !expansion.problems.isEmpty else { return (source, [], []) }
    let text = SourceText(
      bytes: expansion.bytes, file: source.file, firstLine: source.firstLine, origins: expansion.origins)
    return (text, expansion.included, expansion.problems)
  }

  private mutating func add(_ source: SourceText, chain: [String]) {
    var fence: Fence?
    var line = chain.count > 1 ? Self.frontMatterEnd(source) : 0
    begin(source, at: line)
    while line < source.lineCount {
      let content = source.line(line)
      if let open = fence {
        if open.isClosed(by: content) { fence = nil }
      } else if let opened = Fence(opening: content) {
        fence = opened
      } else if let path = Self.path(in: content) {
        include(path, at: source.position(at: content.startIndex), chain: chain)
        line += 1
        begin(source, at: line)
        continue
      }
      bytes += content
      bytes.append(.newline)
      lineCount += 1
      line += 1
    }
  }

  private mutating func begin(_ source: SourceText, at line: Int) {
    let origin = source.origin(ofLine: line)
    if origins.last?.line == lineCount { origins.removeLast() }
    origins.append(.init(line: lineCount, file: origin.file, firstLine: origin.firstLine))
  }

  private mutating func include(_ path: String, at position: SourcePosition, chain: [String]) {
    let file = Self.resolved(path, besides: position.file)
    guard !chain.contains(file) else {
      problems.append(Problem(DocumentError.includeCycle(chain: chain + [file]), at: position))
      return
    }
    // Files that include each other twice would grow without end long before memory does.
    guard bytes.count < Self.mostBytes else {
      problems.append(Problem(DocumentError.tooMuchIncluded(megabytes: Self.mostBytes >> 20), at: position))
      return
    }
    guard let text = read(file) else {
      problems.append(Problem(DocumentError.missingInclude(path: path), at: position))
      return
    }
    if !included.contains(where: { $0.file == file }) { included.append(SourceFile(file: file, text: text)) }
    add(SourceText(DocumentReader.readable(text), file: file), chain: chain + [file])
  }

  /// The path of `{{< include path >}}`, if a line is nothing else.
  private static func path(in line: ArraySlice<UInt8>) -> String? {
    let text = line.trimmed
    guard text.starts(with: "{{<".utf8), text.suffix(3).elementsEqual(">}}".utf8), text.count > 6 else {
      return nil
    }
    let words = text.dropFirst(3).dropLast(3).text.trimmed
    guard words.hasPrefix("include"), words.dropFirst(7).first?.isWhitespace == true else { return nil }
    return words.dropFirst(7).trimmed.trimming { $0 == "\"" || $0 == "'" }
  }

  /// The line behind the front matter of a file.
  private static func frontMatterEnd(_ source: SourceText) -> Int {
    guard source.lineCount > 1, source.line(0).trimmed.elementsEqual("---".utf8) else { return 0 }
    let end = (1..<source.lineCount).first { source.line($0).trimmed.elementsEqual("---".utf8) }
    return end.map { $0 + 1 } ?? 0
  }

  /// A path beside a file, without `..` where a folder stands before it.
  static func resolved(_ path: String, besides file: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
    for part in path.split(separator: "/").map(String.init) where part != "." {
      if part == "..", let last = parts.last, !last.isEmpty, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

extension Collection<UInt8> where Self: RandomAccessCollection, Index == Int {
  /// Whether some bytes occur.
  func contains(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
    return (startIndex...endIndex - wanted.count).contains { index in
      self[index] == first && self[index..<index + wanted.count].elementsEqual(wanted)
    }
  }
}

extension String {
  /// Without the characters at both ends that meet a condition.
  fileprivate func trimming(_ isLeftOut: (Character) -> Bool) -> String {
    String(drop(while: isLeftOut).reversed().drop(while: isLeftOut).reversed())
  }
}
