import Datasets
import Tensors

/// Finds data that no training can use.
enum DataCheck {
  /// Throws the first example that has no value, an infinite one, or a number that an embedding does not know.
  static func check(_ data: Dataset, part: String, _ network: Sequential) throws(NetworkError) {
    guard data.count > 0 else { throw .noExamples(part: part) }
    for (index, value) in data.inputs.elements.enumerated() where !value.isFinite {
      let (row, column) = index.quotientAndRemainder(dividingBy: data.inputs.columns)
      let name = data.features.indices.contains(column) ? data.features[column].name : "column \(column + 1)"
      throw .nonFiniteData(part: part, what: describe(value), row: row, column: name)
    }
    if case .values(let values, let names) = data.targets {
      for (index, value) in values.elements.enumerated() where !value.isFinite {
        let (row, column) = index.quotientAndRemainder(dividingBy: values.columns)
        throw .nonFiniteData(
          part: part, what: describe(value), row: row,
          column: names.indices.contains(column) ? names[column] : "the target")
      }
    }
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

  static func describe(_ value: Double) -> String {
    value.isNaN ? "no value (NaN)" : "an infinite value"
  }
}
