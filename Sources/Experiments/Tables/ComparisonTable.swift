import Components
import Plotting
import Search

extension Experiment {
  /// The loss and the names of the metrics: the scores that every part has.
  var scoreNames: [String] { adversary?.metrics.map(\.name) ?? ["loss"] + metrics.map(\.name) }

  /// What a column of a table may name: the paths of values that are not lists, and a mean with its deviation
  /// under one name, as in `cv.accuracy`.
  public var columnPaths: [String] {
    let known = valuePaths.filter { !isList($0) }
    return known + known.filter { $0.hasSuffix(".mean") }.map { String($0.dropLast(5)) }
  }

  /// The paths of the values that are lists or objects.
  public var listPaths: [String] { valuePaths.filter(isList) }

  /// Whether the value at a path is a list or an object.
  func isList(_ path: String) -> Bool {
    let lists = [
      ".history", ".folds", ".values", ".history.mean", ".history.std", ".interval", ".sizes",
      ".findings", ".violations",
      "search.best.params", "search.nested.params",
    ]
    return lists.contains { path.hasSuffix($0) }
  }

  /// Whether large or small values are good at a path or under a heading; nil where neither is known.
  public func direction(of path: String) -> Direction? {
    if let search, path == search.path || path == "search.best.value" { return search.direction }
    let parts = path.split(separator: ".").map(String.init)
    let scores = ["train", "validation", "test", "cv"]
    let isSummary = parts.last == "mean" || parts.last == "pooled"
    guard let name = isSummary ? parts.dropLast().last : parts.last,
      parts.count == 1 || scores.contains(parts[0])
    else { return nil }
    if let metric = adversary?.metrics.first(where: { $0.name == name }) { return metric.direction }
    return name == "loss" ? .minimize : metrics.first { $0.name == name }?.direction
  }

  /// The columns of a comparison for which the author names none: the scores of the parts that no choice was
  /// made by, as far as the recipe has them.
  public var comparedPaths: [String] {
    guard variants.isEmpty else { return [] }
    let part =
      hasTest
      ? "test" : splitter == nil ? (runPaths.contains("validation.loss") ? "validation" : "train") : nil
    return [splitter == nil ? nil : "cv", part].compactMap { $0 }.flatMap { part in
      scoreNames.map { "\(part).\($0)" }
    }
  }
}

extension ResultView {
  /// A row for every variant, compared with the reference.
  static let comparison = ResultView(
    name: "comparison", help: "The scores of every variant and how they differ from the reference.",
    isDefault: true, isOfVariants: true, columns: comparisonColumns
  ) { result in
    let rows = result.comparisonRows
    guard let columns = comparisonColumns(result.experiment), !rows.isEmpty else { return nil }
    return .table(
      Table(columns: columns, rows: rows, caption: result.comparisonCaption, hasRowHeaders: true))
  }

  private static let comparisonColumns: @Sendable (Experiment) -> [Table.Column]? = { experiment in
    experiment.comparison.map { plan in
      let part = experiment.comparedPart
      return ["variant"]
        + plan.metrics.flatMap { metric -> [Table.Column] in
          let difference = plan.metrics.count > 1 ? "difference in \(metric)" : "difference"
          return [.init("\(part).\(metric)"), .init(difference)]
            + (plan.test == nil ? [] : [.init("p", format: .significant(2))])
        }
    }
  }
}

extension ExperimentResult {
  /// What the comparison shows, and what its probabilities are.
  fileprivate var comparisonCaption: String {
    let scores = "Scores of the variants, and their differences from the reference"
    guard let test = experiment.comparison?.test else { return scores + "." }
    let first = variants.first?.result
    let seeds = max(first?.repetitions.count ?? 0, 1)
    let folds = first?.folds.count ?? 0
    let pairs = [
      seeds > 1 ? "\(seeds) seeds" : nil, folds > 0 ? "\(folds) folds" : nil,
    ].compactMap(\.self).joined(separator: " and ")
    return
      "\(scores), paired over \(pairs); p is the probability of differences as large if there were none ("
      + "\(test.words))."
  }

  /// A row for every variant: each score, its difference from the reference, and the p-value where there is a test.
  fileprivate var comparisonRows: [[Table.Cell]] {
    guard let plan = experiment.comparison else { return [] }
    let part = experiment.comparedPart
    return variants.map { variant in
      let isReference = variant.name == plan.reference
      let cells = plan.metrics.flatMap { metric -> [Table.Cell] in
        let found = differences.first { $0.variant == variant.name && $0.metric == metric }
        let difference = found.map { Table.Cell(.real($0.mean), error: $0.deviation) } ?? .missing
        return [variant.result.cell(at: "\(part).\(metric)"), difference]
          + (plan.test == nil ? [] : [found?.pValue.map { .real($0) } ?? .missing])
      }
      return [.text(isReference ? "\(variant.title) (reference)" : variant.title)] + cells
    }
  }

  /// The value at a path as a cell: a mean with its deviation under the path before `.mean`, a number with its
  /// error where it has one.
  public func cell(at path: String) -> Table.Cell {
    let (value, spread) = Self.spreadValue(at: path, in: values)
    return value.map { Table.Cell($0, error: spread) } ?? .missing
  }

  /// The value at a path, and its spread if it has one: `.std` beside `.mean`, or `.error`.
  public static func spreadValue(
    at path: String, in values: [String: RecordedValue]
  ) -> (value: RecordedValue?, spread: Double?) {
    if let value = value(at: path, in: values) {
      let isMean = path.hasSuffix(".mean")
      return (value, isMean ? nil : spread(at: "\(path).error", in: values))
    }
    return (value(at: "\(path).mean", in: values), spread(at: "\(path).std", in: values))
  }

  /// A spread; none where all values are the same.
  private static func spread(at path: String, in values: [String: RecordedValue]) -> Double? {
    value(at: path, in: values)?.number.flatMap { $0 == 0 ? nil : $0 }
  }

  /// Results side by side: a row for each, a column for each path.
  public static func comparison(
    _ results: [(name: String, result: ExperimentResult)], heading: String, paths: [String]
  ) -> Table {
    Table(
      columns: [.init(heading)] + paths.map { .init($0) },
      rows: results.map { name, result in [.text(name)] + paths.map { result.cell(at: $0) } },
      hasRowHeaders: true)
  }
}
