import Components
import Documents
import Experiments

/// Finds the texts of inline values among what the cells gave.
package struct InlineValueResolver {
  /// The values of every cell by its label.
  let values: [String: [String: RecordedValue]]
  /// The labels of cells that failed or were skipped.
  let failed: Set<String>
  /// The document's parameters.
  let parameters: [(name: String, value: RecordedValue)]
  /// The values of inline expressions by their index.
  let expressions: [Int: RecordedValue]

  package init(
    values: [String: [String: RecordedValue]], failed: Set<String> = [],
    parameters: [(name: String, value: RecordedValue)] = [], expressions: [Int: RecordedValue] = [:]
  ) {
    self.values = values
    self.failed = failed
    self.parameters = parameters
    self.expressions = expressions
  }

  /// The text of a value; throws the problem with it.
  ///
  /// Nil if its program failed, which is reported there.
  package func text(_ value: InlineValue) throws -> String? {
    switch value.content {
    case .swift(let expression, let format):
      return try expressions[value.index].map {
        try text($0, spread: nil, format, expression, value.position)
      }
    case .value(let path, let format):
      let place = ValuePath(path)
      let (label, rest) = (place.label, place.rest)
      if label == "params" {
        guard let parameter = parameters.first(where: { $0.name == rest }) else { return nil }
        return try text(parameter.value, spread: nil, format, path, value.position)
      }
      // An unknown label has been reported by the check.
      guard let own = values[label] else { return nil }
      let (found, spread) = ExperimentResult.spreadValue(at: rest, in: own)
      guard let found else {
        throw Problem(
          failed.contains(label)
            ? ExecutionError.valueOfFailedCell(label: label)
            : .unknownValue(label: label, path: rest, known: own.keys.sorted()), at: value.position)
      }
      return try text(found, spread: spread, format, path, value.position)
    }
  }

  private func text(
    _ value: RecordedValue, spread: Double?, _ format: String?, _ name: String, _ position: SourcePosition
  ) throws -> String {
    guard let format else {
      switch value {
      case .real(let number):
        return spread.map { ValueFormat.uncertain(number, $0) } ?? ValueFormat.short(number)
      case .integer(let number): return "\(number)"
      case .text(let text): return text
      case .boolean(let flag): return "\(flag)"
      case .list, .object: return value.compactJSON
      }
    }
    guard let number = value.number, let format = NumberFormat(format) else {
      throw Problem(ExecutionError.notANumber(path: name, format: format), at: position)
    }
    return format.text(number) + (spread.map { " ± " + format.text($0) } ?? "")
  }
}
