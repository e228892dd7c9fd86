import Components
import Documents
import Experiments
import Plotting

/// A document with what its cells gave: numbers, tables and plots that are still values.
///
/// Pages and `results.json` are made from it.
package struct ExecutedDocument: Sendable {
  /// The document that ran.
  package var document: Document
  /// How its report names files.
  package var paths: ReportPaths
  /// The seed in force.
  package var seed: UInt64
  /// What each cell gave, in the order of the document's cells.
  package var cells: [ExecutedCell]
  /// The text of each inline value by its index; one that failed is missing, and a problem says why.
  package var inlineTexts: [Int: String]
  /// Everything wrong, those of the document and of its cells included, in the order of the text.
  package var problems: [Problem]
  /// The parameters in force.
  package var parameters: [(name: String, value: RecordedValue)]
  /// The files that the document names and their digests.
  package var inputs: [InputFile]

  package init(
    document: Document, seed: UInt64, cells: [ExecutedCell], inlineTexts: [Int: String],
    problems: [Problem], parameters: [(name: String, value: RecordedValue)] = [], inputs: [InputFile] = []
  ) {
    self.parameters = parameters
    self.inputs = inputs
    self.document = document
    paths = ReportPaths(document: document.file, included: document.included.map(\.file))
    self.seed = seed
    self.cells = cells
    self.inlineTexts = inlineTexts
    self.problems = problems
  }

  /// The files that its experiments write into a folder beside the page.
  package var exportedFiles: [ExportedFile] {
    cells.flatMap(\.outputs).flatMap { output -> [ExportedFile] in
      if case .files(let files) = output { files } else { [] }
    }
  }

  /// Whether the document has no error.
  package var isOK: Bool { !problems.contains { $0.severity == .error } }
}

/// What a cell gave.
package struct ExecutedCell: Sendable {
  /// How it ended.
  package enum Status: String, Sendable {
    case ok, failed, skipped
  }

  package var cell: Cell
  package var status: Status
  /// What is shown below the cell, in order.
  package var outputs: [CellOutput]
  /// The values by their paths within the cell, as in `test.accuracy`.
  package var values: [String: RecordedValue]
  /// The expectations, met or not.
  package var expectations: [ExpectationResult]
  /// What is wrong with the cell: shown in its place.
  package var problems: [Problem]

  package init(
    cell: Cell, status: Status, outputs: [CellOutput] = [], values: [String: RecordedValue] = [:],
    expectations: [ExpectationResult] = [], problems: [Problem] = []
  ) {
    self.cell = cell
    self.status = status
    self.outputs = outputs
    self.values = values
    self.expectations = expectations
    self.problems = problems
  }
}

/// Something shown below a cell.
package enum CellOutput: Sendable {
  /// What the cell printed.
  case text(String)
  /// The value of the last expression, as text.
  case value(String)
  case figure(LabeledFigure)
  case table(LabeledTable)
  /// Sentences; a line each is a paragraph.
  case paragraph(String)
  /// Files that an experiment writes beside the page.
  case files([ExportedFile])
  /// The settings that an experiment ran with: folded away on the page.
  case settings([Setting])
}

/// A setting in force and whether the author gave it.
package struct Setting: Sendable {
  package var path: String
  package var value: String
  package var isGiven: Bool

  package init(path: String, value: String, isGiven: Bool) {
    self.path = path
    self.value = value
    self.isGiven = isGiven
  }
}

/// A figure with what a page needs to show it.
package struct LabeledFigure: Sendable {
  /// `fig-…`, if references can name it.
  package var label: String?
  package var figure: Figure
  package var caption: String?
  /// The author's description for readers who do not see it.
  package var alternativeText: String?
  /// The size that the author asks for; nil for the figure's own.
  package var size: FigureSize?
  /// The sizes of text and lines.
  package var theme: Theme
  /// The name of the figure's tab, if others stand behind tabs beside it.
  package var tab: String?
  /// The figures behind the other tabs.
  package var others: [Tab] = []

  /// The figure and those behind other tabs, each by itself with the name of its tab.
  package var tabbed: [(name: String, figure: LabeledFigure)] {
    var own = self
    own.others = []
    let rest = others.map { tab in
      var figure = own
      figure.figure = tab.figure
      return (name: tab.name, figure: figure)
    }
    return [(name: tab ?? "", figure: own)] + rest
  }

  /// A figure behind a tab.
  package struct Tab: Sendable {
    package var name: String
    package var figure: Figure
  }

  package init(
    label: String?, figure: Figure, caption: String?, alternativeText: String?, size: FigureSize? = nil,
    theme: Theme = .standard
  ) {
    self.theme = theme
    self.size = size
    self.label = label
    self.figure = figure
    self.caption = caption
    self.alternativeText = alternativeText
  }
}

/// A table with what a page needs to show it.
package struct LabeledTable: Sendable {
  /// `tbl-…`, if references can name it.
  package var label: String?
  package var table: Table
  package var caption: String?

  package init(label: String?, table: Table, caption: String?) {
    self.label = label
    self.table = table
    self.caption = caption
  }
}

/// An expectation of a recipe and what came of it.
package struct ExpectationResult: Sendable {
  package var path: String
  package var expected: String
  package var actual: RecordedValue
  package var passed: Bool

  package init(path: String, expected: String, actual: RecordedValue, passed: Bool) {
    self.path = path
    self.expected = expected
    self.actual = actual
    self.passed = passed
  }
}
