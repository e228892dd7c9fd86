/// A top-level statement of a Swift cell: where it stands, and what kind it is.
struct SwiftStatement: Equatable {
  /// What a statement is, as far as weaving cares.
  enum Kind: Equatable {
    /// An import.
    case importDeclaration
    /// A struct, class, enum, protocol, actor or type alias.
    case typeDeclaration
    case extensionDeclaration
    /// A function or an operator.
    case functionDeclaration
    /// `let` or `var`.
    case variableDeclaration
    /// `if`, `for`, `return` and the like, and assignments.
    case control
    /// Anything that has a value.
    case expression
  }

  var kind: Kind
  /// The lines of the cell that it covers, from zero.
  var firstLine: Int
  /// The column of its first character, from zero, in characters.
  var column: Int
  /// The text from its first to its last character.
  var text: String

  /// Whether it may stand at file scope, before everything that runs.
  var isFileScope: Bool {
    switch kind {
    case .importDeclaration, .typeDeclaration, .extensionDeclaration: true
    default: false
    }
  }

  /// Whether something happens when the program comes to it.
  var runs: Bool {
    switch kind {
    case .variableDeclaration, .control, .expression: true
    default: false
    }
  }
}
