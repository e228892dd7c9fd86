import Tensors

/// Outputs of a classifier as probabilities.
public enum ClassProbabilities {
  /// The probabilities of the classes for each example, examples × classes.
  ///
  /// Rows of outputs that add up to one are taken for probabilities, others for logits:
  /// `pᵢ = exp(zᵢ) / Σₖ exp(zₖ)`.
  public static func of(_ outputs: Tensor<Double>) -> Tensor<Double> {
    let areProbabilities = (0..<outputs.rows).allSatisfy { row in
      let values = outputs.row(row)
      return values.allSatisfy { $0 >= 0 } && (values.reduce(0, +) - 1).magnitude < 1e-5
    }
    guard !areProbabilities else { return outputs }
    var result = outputs
    for row in 0..<outputs.rows {
      for (column, value) in softmax(Array(outputs.row(row))).enumerated() { result[row, column] = value }
    }
    return result
  }

  /// `exp(zᵢ) / Σₖ exp(zₖ)`; NaN if an entry is.
  public static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let powers = logits.map { Double.exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
