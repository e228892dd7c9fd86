import Components
import Datasets
import NeuralNetworks
import Search
import Tensors
import Validation

extension ExperimentRun {
  /// Fits the best trials of a search and scores the mean of their predictions, of probabilities where there are classes.
  func ensemble(
    _ experiment: Experiment, _ rest: [Int], _ test: [Int], _ result: inout ExperimentResult
  ) throws {
    guard let search = experiment.search, let count = search.plan.ensemble else { return }
    let study = search.plan.study(in: experiment.space, directions: search.directions, seed: experiment.seed)
    let trials = result.trials
    let members = Array(study.ranking(of: trials).prefix(count))
    let fitted = try pool.map(members.count) { number in
      try experiment.strategy(of: members[number], among: trials).fit(
        experiment.data, on: rest, key: experiment.key)
    }
    guard let first = fitted.first else { return }
    result.values["search.ensemble.members"] = .list(members.map { .integer($0.number) })
    for (part, indices) in [("validation", first.validation), ("test", test)] where !indices.isEmpty {
      let data = experiment.data.subset(indices)
      let scores = experiment.metrics.values(Self.mean(fitted.map { $0.predict(data) }, data), data)
      for (metric, value) in zip(experiment.metrics, scores) {
        result.set("search.ensemble.\(part).\(metric.name)", value)
      }
    }
  }

  private static func mean(_ outputs: [Tensor<Double>], _ data: Dataset) -> Tensor<Double> {
    let predictions = data.classes == nil ? outputs : outputs.map(ClassProbabilities.of)
    let means = predictions[0].elements.indices.map { index in
      Statistics.mean(predictions.map { $0.elements[index] })
    }
    return Tensor(means, shape: predictions[0].shape)
  }
}
