/// A place in a file of the author's: lines and columns count from one, columns in characters.
public struct SourcePosition: Codable, Hashable, Sendable {
  /// The path as the author gave it.
  public var file: String
  /// The line, from one.
  public var line: Int
  /// The column in characters, from one.
  public var column: Int

  /// A place in a file.
  public init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }
}
