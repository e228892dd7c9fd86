/// A top-level statement of a Swift cell: where it stands, and what kind it is.
package struct SwiftStatement: Equatable {
  /// What a statement is, as far as weaving cares.
  package enum Kind: Equatable {
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

  package var kind: Kind
  /// The line of the cell that it begins on, from zero.
  package var firstLine: Int
  /// The column of its first character, from zero, in characters.
  package var column: Int
  /// The text from its first to its last character.
  package var text: String

  package init(kind: Kind, firstLine: Int, column: Int, text: String) {
    self.kind = kind
    self.firstLine = firstLine
    self.column = column
    self.text = text
  }

  /// Whether it may stand at file scope, before everything that runs.
  package var isFileScope: Bool {
    switch kind {
    case .importDeclaration, .typeDeclaration, .extensionDeclaration: true
    default: false
    }
  }

  /// Whether something happens when the program comes to it.
  package var runs: Bool {
    switch kind {
    case .variableDeclaration, .control, .expression: true
    default: false
    }
  }
}
