import Components
import Documents

/// One program of all Swift cells of a document: what the interpreter runs, and what each part of it belongs to.
package struct WovenProgram {
  /// The source.
  package var text: String
  /// The cells by the numbers that the program calls them by.
  package var cells: [Cell]
  /// The inline expressions in it.
  package var inlineValues: [InlineValue]
  /// What the compiler believes to stand in the document.
  package var regions: [Region]
  /// What is wrong with the cells before the compiler looks at them.
  package var problems: [Problem]
  /// The files that cells stand in: the program tells a line of the second as 1 000 000 more, and so on.
  package var files: [String]

  /// A statement or an inline expression of the document.
  package struct Region: Equatable {
    /// The number of the file that it stands in.
    var file = 0
    /// The lines of the file that it covers.
    var lines: ClosedRange<Int>
    /// The column of its first character.
    var column: Int
    /// Whether it is a variable of the whole cell: later cells may use it, so that the compiler's advice on variables
    /// that nothing uses is not for it.
    var isVariable: Bool
    /// How far to the right of its place it stands, where there is no line above for what the program adds.
    var offset = 0

    package init(file: Int = 0, lines: ClosedRange<Int>, column: Int, isVariable: Bool = false) {
      self.file = file
      self.lines = lines
      self.column = column
      self.isVariable = isVariable
    }
  }

  /// What the program adds to a line of the document stands from here on, where no author writes.
  package static let firstGeneratedColumn = 500

  /// No file has more lines.
  static let linesPerFile = 1_000_000

  /// The place that the program tells by a number.
  func place(ofLine line: Int) -> (file: String, line: Int) {
    let number = line / Self.linesPerFile
    return (files.indices.contains(number) ? files[number] : files.first ?? "", line % Self.linesPerFile)
  }

  /// What the compiler calls a file, given what it calls the document.
  static func name(ofFile number: Int, document: String) -> String {
    number == 0 ? document : "\(document)+\(number)"
  }
}

/// Weaves Swift cells and inline expressions into one program that runs top to bottom.
///
/// A cell of imports and types alone goes to file scope, and so does every import. Every other cell opens a scope that
/// closes at the end, so that later cells see its names and may define them anew. Before each statement the program
/// notes its line, because a trap tells none.
package struct Weaver {
  /// Names that cells may use without a module; ours, so that no result comes from the C library.
  package static let prelude = """
    import Lectern
    func exp(_ x: Double) -> Double { Double.exp(x) }
    func log(_ x: Double) -> Double { Double.log(x) }
    func log10(_ x: Double) -> Double { Double.log10(x) }
    func log2(_ x: Double) -> Double { Double.log2(x) }
    func pow(_ x: Double, _ y: Double) -> Double { Double.pow(x, y) }
    func sin(_ x: Double) -> Double { Double.sin(x) }
    func cos(_ x: Double) -> Double { Double.cos(x) }
    func tan(_ x: Double) -> Double { Double.tan(x) }
    func tanh(_ x: Double) -> Double { Double.tanh(x) }
    func erf(_ x: Double) -> Double { Double.erf(x) }
    func erfc(_ x: Double) -> Double { Double.erfc(x) }
    func sqrt(_ x: Double) -> Double { x.squareRoot() }
    func exp(_ x: Float) -> Float { Float.exp(x) }
    func log(_ x: Float) -> Float { Float.log(x) }
    func pow(_ x: Float, _ y: Float) -> Float { Float.pow(x, y) }
    func sin(_ x: Float) -> Float { Float.sin(x) }
    func cos(_ x: Float) -> Float { Float.cos(x) }
    func tanh(_ x: Float) -> Float { Float.tanh(x) }
    func sqrt(_ x: Float) -> Float { x.squareRoot() }

    """

  private var fileScope = ""
  private var body = ""
  private var scopes = 0
  private var cells: [Cell] = []
  private var inlineValues: [InlineValue] = []
  private var regions: [WovenProgram.Region] = []
  /// The document as the compiler knows it.
  private let file: String
  /// The files that cells stand in.
  private var files: [String]

  private var problems: [Problem] = []

  private init(file: String, document: String?) {
    self.file = file
    files = document.map { [$0] } ?? []
  }

  private mutating func number(of file: String) -> Int {
    if let number = files.firstIndex(of: file) { return number }
    files.append(file)
    return files.count - 1
  }

  /// The line of a place as the program tells it.
  private mutating func line(_ line: Int, in file: String) -> Int {
    number(of: file) * WovenProgram.linesPerFile + line
  }

  /// Weaves the cells and inline expressions, given in the order of the document.
  ///
  /// `parameters` are the document's, for `params.name`; `file` is what the compiler calls the document, whose path is
  /// `document`: nil for that of the first part.
  package static func program(
    _ parts: [Part], file: String, document: String? = nil,
    parameters: [(name: String, value: RecordedValue)] = []
  ) -> WovenProgram {
    var weaver = Weaver(file: file, document: document)
    for part in parts {
      switch part {
      case .cell(let cell): weaver.weave(cell)
      case .inline(let value, let expression): weaver.weave(value, expression)
      }
    }
    let text =
      prelude + parametersSource(parameters) + weaver.fileScope + "do {\n" + weaver.body
      + String(repeating: "}\n", count: weaver.scopes) + "} catch { CellProgram.fail(error) }\n"
    return WovenProgram(
      text: text, cells: weaver.cells, inlineValues: weaver.inlineValues, regions: weaver.regions,
      problems: weaver.problems, files: weaver.files)
  }

  /// A piece of a document that becomes part of the program.
  package enum Part {
    case cell(Cell)
    case inline(InlineValue, expression: String)
  }

  private static func parametersSource(_ parameters: [(name: String, value: RecordedValue)]) -> String {
    guard !parameters.isEmpty else { return "" }
    let lines = parameters.map { name, value in
      "  let \(swiftName(name)) = \(value.compactJSON)\n"
    }
    return "struct DocumentParameters {\n" + lines.joined() + "}\nlet params = DocumentParameters()\n"
  }

  /// A kebab-case name in Swift's spelling: `hidden-units` is `hiddenUnits`.
  private static func swiftName(_ name: String) -> String {
    let words = name.split(separator: "-")
    return words.enumerated().map { index, word in
      index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }

  private mutating func weave(_ cell: Cell) {
    let number = cells.count
    cells.append(cell)
    let statements = StatementSplitter.statements(of: cell.source)
    if !statements.isEmpty, statements.allSatisfy(\.isFileScope) {
      for statement in statements { fileScope += located(statement, cell) }
      body += "CellProgram.begin(\(number))\nCellProgram.end(\(number))\n"
      return
    }
    for statement in statements where statement.kind == .extensionDeclaration {
      problems.append(
        Problem(ExecutionError.extensionBesideStatements, at: position(of: statement, in: cell)))
    }
    body += "do {\nCellProgram.begin(\(number))\n"
    scopes += 1
    for (index, statement) in statements.enumerated() {
      if statement.runs {
        body += "CellProgram.at(\(line(cell.sourceLine + statement.firstLine, in: cell.position.file)))\n"
      }
      let isLast = index == statements.count - 1
      if statement.kind == .importDeclaration {
        fileScope += located(statement, cell)
      } else if isLast, statement.kind == .expression {
        body += shown(statement, cell)
      } else {
        body += located(statement, cell)
      }
    }
    body += "CellProgram.end(\(number))\n"
  }

  private mutating func weave(_ value: InlineValue, _ expression: String) {
    inlineValues.append(value)
    // The expression begins behind the mark `{swift} of its code span.
    let column = value.position.column + "`{swift} ".count
    let lines = value.position.line...value.position.line
    let file = number(of: value.position.file)
    body +=
      "CellProgram.at(\(line(value.position.line, in: value.position.file)))\n"
      + argument(
        of: "CellProgram.inline(\(value.index),", expression,
        region: .init(file: file, lines: lines, column: column))
  }

  private func position(of statement: SwiftStatement, in cell: Cell) -> SourcePosition {
    SourcePosition(
      file: cell.position.file, line: cell.sourceLine + statement.firstLine, column: statement.column + 1)
  }

  private mutating func region(of statement: SwiftStatement, in cell: Cell) -> WovenProgram.Region {
    let first = cell.sourceLine + statement.firstLine
    return WovenProgram.Region(
      file: number(of: cell.position.file),
      lines: first...first + statement.text.count(where: \.isNewline), column: statement.column + 1,
      isVariable: statement.kind == .variableDeclaration)
  }

  /// A statement that the compiler believes to stand in the document, at its line and column.
  private mutating func located(_ statement: SwiftStatement, _ cell: Cell) -> String {
    let region = region(of: statement, in: cell)
    regions.append(region)
    return "#sourceLocation(file: \(quoted(region)), line: \(region.lines.lowerBound))\n"
      + String(repeating: " ", count: statement.column) + statement.text + "\n#sourceLocation()\n"
  }

  /// A statement whose value is shown.
  private mutating func shown(_ statement: SwiftStatement, _ cell: Cell) -> String {
    argument(of: "CellProgram.showLast(", statement.text, region: region(of: statement, in: cell))
  }

  /// A call with an expression as its last argument, which the compiler believes to stand at a line and
  /// column.
  ///
  /// A source location cannot stand within a call, so that the call's beginning is given the line above, far
  /// to the right.
  private mutating func argument(
    of call: String, _ expression: String, region: WovenProgram.Region
  ) -> String {
    let line = region.lines.lowerBound
    var region = region
    region.offset = line > 1 ? 0 : call.count
    regions.append(region)
    return "#sourceLocation(file: \(quoted(region)), line: \(max(1, line - 1)))\n"
      + (line > 1 ? String(repeating: " ", count: WovenProgram.firstGeneratedColumn - 1) : "") + call
      + (line > 1 ? "\n" : "") + String(repeating: " ", count: region.column - 1) + expression
      + "\n" + String(repeating: " ", count: WovenProgram.firstGeneratedColumn - 1) + ")\n#sourceLocation()\n"
  }

  private func quoted(_ region: WovenProgram.Region) -> String {
    "\"\(WovenProgram.name(ofFile: region.file, document: file))\""
  }
}
