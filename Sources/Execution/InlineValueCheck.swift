import Components
import Documents
import Experiments

/// Checks inline values before anything is computed: labels, the paths of experiments, parameters, formats.
struct InlineValueCheck {
  let labels: [String]
  let document: Document
  let experiments: [String: Experiment]
  let parameters: [String]

  /// The problem of a value, if it has one that can be known.
  func problem(_ value: InlineValue) -> Problem? {
    let format: String?
    switch value.content {
    case .swift(_, let given): format = given
    case .value(let path, let given):
      format = given
      if let error = error(path) { return Problem(error, at: value.position) }
    }
    if let format, NumberFormat(format) == nil {
      return Problem(ExecutionError.badFormat(format), at: value.position)
    }
    return nil
  }

  private func error(_ path: String) -> ExecutionError? {
    let own = ValuePath(path)
    let (label, rest) = (own.label, own.rest)
    if label == "params" {
      let name = rest
      return parameters.contains(name) ? nil : .unknownParameter(name: name, known: parameters)
    }
    guard labels.contains(label) else { return .unknownLabel(name: label, known: labels + ["params"]) }
    // Cells record what they like; only recipes tell beforehand.
    guard let experiment = experiments[label] else { return nil }
    let known = experiment.valuePaths
    return experiment.hasValue(at: rest) ? nil : .unknownValue(label: label, path: rest, known: known)
  }
}
