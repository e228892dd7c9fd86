import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

/// A part of the data of an experiment.
public enum DataPartName: String, Sendable, CaseIterable {
  case train, validation, test
}

/// What a result does not have.
public enum ResultAccessError: Error, Equatable, Sendable {
  case noNetwork(label: String)
  case noPart(label: String, part: String, known: [String])
  case noSearch(label: String)
  case noFolds(label: String)
  case unknownVariant(label: String, name: String, known: [String])
}

extension ResultAccessError: Explained {
  public var sentence: String {
    switch self {
    case .noNetwork(let label): "\"\(label)\" has no trained network that predicts"
    case .noPart(let label, let part, _): "\"\(label)\" has no \(part) part"
    case .noSearch(let label): "\"\(label)\" has no search"
    case .noFolds(let label): "\"\(label)\" has no cross-validation"
    case .unknownVariant(let label, let name, _): "\"\(label)\" has no variant \"\(name)\""
    }
  }

  public var hint: String? {
    switch self {
    case .noPart(_, _, let known): known.isEmpty ? nil : "it has: \(known.joined(separator: ", "))"
    case .noSearch: "give it search: and a hyperparameter"
    case .noFolds: "give it validate:"
    case .unknownVariant(_, let name, let known): Suggestion.hint(for: name, among: known)
    case .noNetwork: nil
    }
  }
}

/// The trials of a search.
public struct StudyResult: Sendable {
  /// The hyperparameters.
  public let space: SearchSpace
  /// The trials in their order.
  public let trials: [Trial]
  /// The best trial.
  public let best: Trial
}

extension ExperimentResult {
  /// The fitted strategy, which prepares what it is asked about: `try result.model.predict(inputs)`.
  ///
  /// With variants it is that of the first, with repetitions that of the first. Throws ``ResultAccessError``.
  public var model: FittedStrategy {
    get throws(ResultAccessError) {
      guard let fitted = fitted ?? variants.first?.result.fitted else {
        throw .noNetwork(label: experiment.label)
      }
      return fitted
    }
  }

  /// The examples of a part with what the model says about them.
  ///
  /// Throws ``ResultAccessError``.
  public func predictions(_ part: DataPartName) throws(ResultAccessError) -> PartPredictions {
    let model = try model
    let parts: [DataPartName: [Int]] = [
      .train: model.training, .validation: model.validation, .test: experiment.parts().test,
    ]
    guard let indices = parts[part], !indices.isEmpty else {
      let known = DataPartName.allCases.filter { !(parts[$0] ?? []).isEmpty }.map(\.rawValue)
      throw .noPart(label: experiment.label, part: part.rawValue, known: known)
    }
    let data = experiment.data.subset(indices)
    return PartPredictions(part: part.rawValue, data: data, outputs: model.predict(data))
  }

  /// The trials of the search.
  ///
  /// Throws ``ResultAccessError``.
  public var study: StudyResult {
    get throws(ResultAccessError) {
      guard let best else { throw .noSearch(label: experiment.label) }
      return StudyResult(space: experiment.space, trials: trials, best: best)
    }
  }

  /// The result of a variant by its name or title.
  ///
  /// Throws ``ResultAccessError``.
  public func variant(_ name: String) throws(ResultAccessError) -> ExperimentResult {
    guard let variant = variants.first(where: { $0.name == name || $0.title == name }) else {
      throw .unknownVariant(label: experiment.label, name: name, known: variants.map(\.name))
    }
    return variant.result
  }
}
