import Components
import Search
import Validation

// Trainings that go on with other hyperparameters, as in population-based training.
extension Experiment {
  /// The epochs of a whole training of a trial; 1 if trials are not trained by and by.
  ///
  /// Where the epochs are a hyperparameter themselves, every training is cut into hundredths.
  var fullResource: Int {
    guard search?.closureLevels.isEmpty != false else { return 1 }
    let epochs = space.extremes.compactMap { (try? strategy($0))?.estimator.settings?.epochs }
    guard let first = epochs.first else { return 1 }
    return epochs.allSatisfy { $0 == first } ? first : 100
  }

  /// The epochs that an amount of training has.
  static func epochs(_ epochs: Int, resource: Int, of full: Int) -> Int {
    full == epochs ? resource : max(1, epochs * resource / max(full, 1))
  }

  /// The trainings that a strategy goes on with.
  func lineage(_ stages: [Evaluation.Stage], fullResource: Int) throws -> [Strategy.Stage] {
    try stages.map { stage in
      let strategy = try strategy(stage.assignment)
      let epochs = strategy.estimator.settings?.epochs ?? 0
      return .init(
        strategy, epochs: Self.epochs(epochs, resource: stage.resource, of: fullResource))
    }
  }

  /// The strategy of a trial, with the trainings that it went on with.
  func strategy(of trial: Trial, among trials: [Trial]) throws -> Strategy {
    var strategy = try strategy(trial.assignment)
    var stages: [Evaluation.Stage] = []
    var next = trial.training?.parent
    while let number = next, let parent = trials.first(where: { $0.number == number }) {
      if let training = parent.training {
        stages.append(.init(assignment: parent.assignment, resource: training.resource))
      }
      next = parent.training?.parent
    }
    // The last stage of a training that was evaluated to the end is a whole one.
    if let full = trial.training?.resource {
      strategy.lineage = try lineage(stages.reversed(), fullResource: full)
    }
    return strategy
  }

  /// The hyperparameters that change more than how a network is trained: those cannot change on the way.
  var frozenHyperparameters: Set<Int> {
    Set(
      space.parameters.indices.filter { index in
        let distribution = space.parameters[index].distribution
        if case .choice = distribution { return true }
        let kinds = [0.2, 0.8].map { place -> String? in
          guard var assignment = space.extremes.first(where: { !$0[index].isNaN }) else { return nil }
          assignment[index] = distribution.value(atUnit: place)
          guard let strategy = try? strategy(assignment),
            case .network(let network, let settings) = strategy.estimator
          else { return nil }
          return "\(network) \(strategy.preparations) \(settings.epochs) \(settings.batchSize)"
        }
        return kinds[0] == nil || kinds[0] != kinds[1]
      })
  }
}
