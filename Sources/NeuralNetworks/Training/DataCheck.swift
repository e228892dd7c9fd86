import Datasets
import Tensors

/// Finds data that no training can use.
enum DataCheck {
  /// Throws what the data lack, or the first example that has no value, an infinite one, or a number that an embedding
  /// does not know.
  static func check(_ data: Dataset, part: String, _ network: Sequential) throws(NetworkError) {
    guard data.count > 0 else { throw .noExamples(part: part) }
    try checkCounts(data, part: part)
    try checkNumbers(data, part: part)
    for check in try network.traced(for: data.sampleShape).trace.indexChecks {
      for row in 0..<data.count {
        for column in stride(from: check.first, to: data.inputs.columns, by: check.step) {
          let value = data.inputs[row, column]
          guard value >= 0, value < Double(check.limit), value == value.rounded() else {
            throw .numberOutsideVocabulary(value: value, vocabulary: check.limit, row: row)
          }
        }
      }
    }
  }

  /// Throws if the validation part has other features or targets than the training part.
  static func compare(_ training: Dataset, _ validation: Dataset) throws(NetworkError) {
    let facts = [
      ("features", "\(training.sampleShape)", "\(validation.sampleShape)"),
      ("targets", "\(training.outputCount)", "\(validation.outputCount)"),
      ("classes", list(training), list(validation)),
    ]
    for (what, first, second) in facts where first != second {
      throw .partsDiffer(what: what, training: first, validation: second)
    }
  }

  private static func list(_ data: Dataset) -> String {
    data.classNames?.joined(separator: ", ") ?? "none"
  }

  /// Wants as many targets, errors and weights as there are examples.
  private static func checkCounts(_ data: Dataset, part: String) throws(NetworkError) {
    let targets =
      switch data.targets {
      case .classes(let classes, _): classes.count
      case .values(let values, _): values.rows
      }
    let counts: [(String, Int?)] = [
      ("targets", targets), ("errors", data.errors?.count), ("weights", data.weights?.count),
      ("rows of the covariance", data.covariance?.rows),
      ("columns of the covariance", data.covariance?.columns),
    ]
    for case (let what, let found?) in counts where found != data.count {
      throw .dataIncomplete(part: part, what: what, found: found, examples: data.count)
    }
    // The covariance is one of examples: several targets of an example have none.
    if data.covariance != nil, data.outputCount != 1, data.classes == nil {
      throw .dataIncomplete(
        part: part, what: "rows of the covariance", found: data.count, examples: data.count * data.outputCount
      )
    }
  }

  private static func checkNumbers(_ data: Dataset, part: String) throws(NetworkError) {
    for (index, value) in data.inputs.elements.enumerated() where !value.isFinite {
      let (row, column) = index.quotientAndRemainder(dividingBy: data.inputs.columns)
      let name = data.features.indices.contains(column) ? data.features[column].name : "column \(column + 1)"
      throw .nonFiniteData(part: part, what: describe(value), row: row, column: name)
    }
    switch data.targets {
    case .values(let values, let names):
      for (index, value) in values.elements.enumerated() where !value.isFinite {
        let (row, column) = index.quotientAndRemainder(dividingBy: values.columns)
        throw .nonFiniteData(
          part: part, what: describe(value), row: row,
          column: names.indices.contains(column) ? names[column] : "the target")
      }
    case .classes(let classes, let names):
      for (row, number) in classes.enumerated() where !names.indices.contains(number) {
        throw .badExample(
          part: part, what: "class", requirement: "a number below \(names.count)", found: "\(number)",
          row: row)
      }
    }
    for (row, value) in (data.errors ?? []).enumerated() where !(value > 0 && value.isFinite) {
      throw .badExample(
        part: part, what: "error", requirement: "above 0 and finite", found: "\(value)", row: row)
    }
    for (row, value) in (data.weights ?? []).enumerated() where !(value >= 0 && value.isFinite) {
      throw .badExample(
        part: part, what: "weight", requirement: "at least 0 and finite", found: "\(value)", row: row)
    }
  }

  static func describe(_ value: Double) -> String {
    value.isNaN ? "no value (NaN)" : "an infinite value"
  }
}
