import Datasets
import Tensors

/// The examples of a part of the data with what the fitted strategy says about them.
public struct PartPredictions: Sendable {
  /// The name of the part: `test`, `validation` or `train`.
  public var part: String
  /// The examples.
  public var data: Dataset
  /// The outputs, examples × outputs.
  public var outputs: Tensor<Double>

  /// The probability of every class for each example; nil for values.
  ///
  /// Outputs that are no probabilities are taken as logits: `pᵢ = exp(zᵢ) / Σₖ exp(zₖ)`.
  public var probabilities: [[Double]]? {
    guard data.classes != nil else { return nil }
    let probabilities = ClassProbabilities.of(outputs)
    return (0..<probabilities.rows).map { Array(probabilities.row($0)) }
  }

  /// The class with the largest output for each example; ties go to the lower class.
  public var predictedClasses: [Int] {
    (0..<outputs.rows).map { row in
      let values = Array(outputs.row(row))
      return values.indices.max { (values[$0], -$0) < (values[$1], -$1) } ?? 0
    }
  }
}

extension ExperimentResult {
  /// The predictions for the part that nothing was learned from, as far as there is one: test, validation, training.
  public var predictions: PartPredictions? {
    guard let fitted else { return nil }
    let test = experiment.parts().test
    let parts = [("test", test), ("validation", fitted.validation), ("train", fitted.training)]
    guard let (name, indices) = parts.first(where: { !$0.1.isEmpty }) else { return nil }
    let data = experiment.data.subset(indices)
    return PartPredictions(part: name, data: data, outputs: fitted.predict(data))
  }
}
