import Datasets
import NeuralNetworks

/// What a recipe must have for a view of its results.
public enum ViewNeed: Hashable, Sendable {
  /// More than one epoch.
  case epochs
  /// An optimizer with a learning rate.
  case learningRate
  /// A network in place of a learner.
  case network
  /// A part that watches over the training.
  case validation
  /// Classes to predict.
  case classes
  /// At most eight classes.
  case fewClasses
  /// Numbers to predict.
  case values
  /// So many numeric features.
  case features(Int)
  /// At least so many numeric features, of which at most forty.
  case manyFeatures(Int)
  /// Samples that are images of one channel.
  case images
  /// A law or known errors of the targets.
  case errors
  /// Two networks of which one makes points of two features, or images.
  case samples
  /// `forecast`.
  case forecast
  /// `validate`.
  case folds
  /// `search`.
  case search
  /// `search` with a pruner.
  case prunedSearch
  /// `search` with at least so many numeric hyperparameters.
  case searchOf(Int)
  /// `search` for several objectives.
  case severalObjectives
  /// `learning-curve`.
  case learningCurve
  /// `diagnose`.
  case diagnosis
  /// `diagnose` of a strategy that can be changed.
  case diagnosisOfChanges
  /// `validation-curve`.
  case validationCurve
  /// `closure-test`.
  case closure
  /// `closure-test` with level 2.
  case closureLevel2

  /// Whether a checked recipe has it.
  func isMet(by experiment: Experiment) -> Bool {
    let data = experiment.data
    guard experiment.adversary == nil else { return isMetByAdversary(of: experiment) }
    let areNumeric = data.features.allSatisfy { $0.categories == nil }
    switch self {
    case .epochs:
      return experiment.trainings.contains { $0?.epochs ?? 1 > 1 }
    case .network: return experiment.trainings.allSatisfy { $0 != nil }
    case .validation:
      return experiment.space.extremes.contains { (try? experiment.strategy($0))?.validation != nil }
    case .learningRate:
      return experiment.trainings.allSatisfy { $0.map { !($0.optimizer is any Minimizer) } ?? false }
    case .classes: return data.classes != nil
    case .fewClasses: return data.classNames.map { $0.count <= 8 } ?? false
    case .values: return data.classes == nil
    case .features(let count): return data.sampleShape.count == count && areNumeric
    case .manyFeatures(let count): return (count...40).contains(data.sampleShape.count) && areNumeric
    case .images:
      let shape = data.sampleShape.dimensions
      return shape.count == 2 || shape.count == 3 && shape[2] == 1
    case .errors: return experiment.closure != nil || data.errors != nil
    case .samples: return false
    case .forecast: return experiment.forecast != nil
    case .folds: return experiment.splitter != nil
    case .search: return experiment.search != nil
    case .prunedSearch: return experiment.search?.plan.pruner != nil
    case .searchOf(let count): return experiment.search != nil && experiment.numericParameters.count >= count
    case .severalObjectives: return experiment.search?.objectives.count ?? 0 > 1
    case .learningCurve: return experiment.learningCurve != nil
    case .diagnosis: return experiment.diagnosis != nil
    case .diagnosisOfChanges:
      return experiment.diagnosisPaths.contains { $0.hasPrefix("diagnose.effects.") }
    case .validationCurve: return experiment.validationCurve != nil
    case .closure: return experiment.closure != nil
    case .closureLevel2: return experiment.closure?.levels.contains(2) ?? false
    }
  }

  /// Networks that learn against each other predict nothing: only what they make and their losses can be shown.
  private func isMetByAdversary(of experiment: Experiment) -> Bool {
    let data = experiment.data
    let shape = data.sampleShape.dimensions
    switch self {
    case .epochs: return (experiment.adversary?.trainer.epochs ?? 1) > 1
    case .samples: return shape == [2] || shape.count == 2 || shape.count == 3 && shape[2] == 1
    case .manyFeatures(let count): return (count...40).contains(shape.count)
    default: return false
    }
  }

  /// What is needed, in words.
  public var words: String {
    switch self {
    case .epochs: "more than one epoch"
    case .network: "a network"
    case .validation: "a validation part"
    case .learningRate: "an optimizer with a learning rate"
    case .classes: "classes to predict"
    case .fewClasses: "at most eight classes"
    case .values: "numbers to predict"
    case .features(let count): count == 1 ? "one numeric feature" : "\(count) numeric features"
    case .manyFeatures(let count): "\(count) to 40 numeric features"
    case .images: "images of one channel"
    case .errors: "known errors of the data, or a closure test"
    case .samples: "\"gan\" for points of two features or images"
    case .forecast: "\"forecast\""
    case .folds: "\"validate\""
    case .search: "\"search\""
    case .prunedSearch: "a search with a pruner"
    case .searchOf(let count): "a search of at least \(count) numeric hyperparameters"
    case .severalObjectives: "a search for several objectives"
    case .learningCurve: "\"learning-curve\""
    case .diagnosis: "\"diagnose\""
    case .diagnosisOfChanges: "\"diagnose\" with changes that can be tried"
    case .validationCurve: "\"validation-curve\""
    case .closure: "\"closure-test\""
    case .closureLevel2: "\"closure-test\" with level 2"
    }
  }
}

extension Experiment {
  /// The hyperparameters that are numbers, with their places in assignments.
  var numericParameters: [Int] {
    space.parameters.indices.filter { index in
      if case .choice = space.parameters[index].distribution { false } else { true }
    }
  }

  /// The figures and tables among the shown ones that the recipe will have, by what can be known beforehand.
  public var expectedViews: [String] { shown.filter { ResultView.named($0)?.isExpected(of: self) ?? false } }
}
