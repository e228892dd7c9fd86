import Components
import Plotting
import Search

extension Experiment {
  /// The loss and the names of the metrics: the scores that every part has.
  var scoreNames: [String] { ["loss"] + metrics.map(\.name) }

  /// What a column of a table may name: the paths of values that are not lists, and a mean with its deviation
  /// under one name, as in `cv.accuracy`.
  public var columnPaths: [String] {
    let known = valuePaths.filter { !isList($0) }
    return known + known.filter { $0.hasSuffix(".mean") }.map { String($0.dropLast(5)) }
  }

  /// The paths of the values that are lists or objects.
  public var listPaths: [String] { valuePaths.filter(isList) }

  private func isList(_ path: String) -> Bool {
    path.hasSuffix(".history") || path.hasSuffix(".folds")
      || ["search.values", "search.best.params"].contains(path)
  }

  /// Whether large or small values are good at a path or under a heading; nil where neither is known.
  public func direction(of path: String) -> Direction? {
    if let search, path == search.path || path == "search.best.value" { return search.direction }
    let parts = path.split(separator: ".").map(String.init)
    let scores = ["train", "validation", "test", "cv"]
    guard let name = parts.last == "mean" ? parts.dropLast().last : parts.last,
      parts.count == 1 || scores.contains(parts[0])
    else { return nil }
    return name == "loss" ? .minimize : metrics.first { $0.name == name }?.direction
  }

  /// The columns of a comparison for which the author names none: the scores of the parts that no choice was
  /// made by, as far as the recipe has them.
  public var comparedPaths: [String] {
    let part =
      split.test != nil
      ? "test" : splitter == nil ? (valuePaths.contains("validation.loss") ? "validation" : "train") : nil
    return [splitter == nil ? nil : "cv", part].compactMap { $0 }.flatMap { part in
      scoreNames.map { "\(part).\($0)" }
    }
  }
}

extension ExperimentResult {
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
      return (value, isMean ? nil : Self.value(at: "\(path).error", in: values)?.number)
    }
    return (value(at: "\(path).mean", in: values), value(at: "\(path).std", in: values)?.number)
  }

  /// Results side by side: a row for each, a column for each path.
  public static func comparison(_ results: [ExperimentResult], paths: [String]) -> Table {
    Table(
      columns: ["experiment"] + paths.map { .init($0) },
      rows: results.map { result in
        [.text(result.experiment.label)] + paths.map { result.cell(at: $0) }
      }, hasRowHeaders: true)
  }
}
