import Datasets
import Tensors

/// A fitted linear function of the features.
public struct LinearModel: FittedLearner {
  /// The slope of each output for each feature, features × outputs.
  public let coefficients: Tensor<Double>
  /// The value of each output where all features are zero.
  public let intercepts: [Double]

  public var parameterCount: Int { coefficients.elements.count + intercepts.count }

  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    let outputs = coefficients.columns
    var result = Tensor<Double>(repeating: 0, shape: [inputs.rows, outputs])
    for row in 0..<inputs.rows {
      for output in 0..<outputs {
        var sum = intercepts[output]
        for feature in 0..<inputs.columns { sum += inputs[row, feature] * coefficients[feature, output] }
        result[row, output] = sum
      }
    }
    return result
  }
}
