/// Something that the author should know, at its place: what the terminal prints, what the report shows where it
/// happened, and what `results.json` lists.
public struct Problem: Error, Codable, Hashable, Sendable, CustomStringConvertible {
  /// How grave a problem is: an error makes the document fail.
  public enum Severity: String, Codable, Sendable {
    case error, warning
  }

  /// The path of the file as the author gave it.
  public var file: String
  /// The line, from one.
  public var line: Int
  /// The column in characters, from one.
  public var column: Int
  /// Whether the document fails.
  public var severity: Severity
  /// A sentence without its full stop.
  public var message: String
  /// What would mend it, such as `did you mean "adam"?`.
  public var hint: String?

  /// A problem at a place.
  public init(
    at position: SourcePosition, severity: Severity = .error, message: String, hint: String? = nil
  ) {
    file = position.file
    line = position.line
    column = position.column
    self.severity = severity
    self.message = message
    self.hint = hint
  }

  /// A problem that a failure explains.
  public init(_ failure: some Explained, at position: SourcePosition, severity: Severity = .error) {
    self.init(at: position, severity: severity, message: failure.sentence, hint: failure.hint)
  }

  /// Where it happened.
  public var position: SourcePosition { SourcePosition(file: file, line: line, column: column) }

  /// `file:line:column: error: sentence (hint)`.
  public var description: String {
    "\(file):\(line):\(column): \(severity.rawValue): \(message)" + (hint.map { " (\($0))" } ?? "")
  }
}

/// An error made of facts that can put itself into a sentence.
///
/// Each family of errors has its sentences in one place: its conformance to this protocol.
public protocol Explained: Error, CustomStringConvertible {
  /// What is wrong, without a full stop.
  var sentence: String { get }
  /// What would mend it.
  var hint: String? { get }
}

extension Explained {
  /// No hint, unless the error has one.
  public var hint: String? { nil }

  /// The sentence with its hint, for errors that reach a terminal without a place.
  public var description: String { sentence + (hint.map { " (\($0))" } ?? "") }
}
