import Autodiff
import Datasets
import Kernels
import Tensors

/// A network with its parameters and what its training went through.
public struct TrainedNetwork: Model {
  /// The layers.
  public let network: Sequential
  /// The number of features of a sample.
  public let inputCount: Int
  /// What the training went through.
  public let history: TrainingHistory
  /// The flat parameter vector, gaps included, in the precision of the training.
  let parameters: StoredParameters

  /// Parameters in the precision of a training.
  enum StoredParameters: Sendable, Hashable {
    case float([Float])
    case double([Double])
  }

  /// The number of parameters.
  public var parameterCount: Int { (try? network.parameterCount(inputs: inputCount)) ?? 0 }

  /// The parameters of each block in order, as numbers: weights units × inputs, then biases.
  public var parameterBlocks: [[Double]] {
    let shapes = ((try? network.blocks(for: [inputCount])) ?? []).flatMap { $0.map(\.shape) }
    switch parameters {
    case .float(let values):
      return blocks(of: values, ParameterLayout(shapes: shapes, laneCount: Float.laneCount))
    case .double(let values):
      return blocks(of: values, ParameterLayout(shapes: shapes, laneCount: Double.laneCount))
    }
  }

  private func blocks<Scalar: Real>(of values: [Scalar], _ layout: ParameterLayout) -> [[Double]] {
    zip(layout.offsets, layout.shapes).map { offset, shape in
      values[offset..<offset + shape.count].map { Double($0) }
    }
  }

  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    precondition(
      inputs.columns == inputCount,
      "the network takes \(inputCount) features, but a sample has \(inputs.columns)")
    switch parameters {
    case .float(let values): return predict(inputs, with: values)
    case .double(let values): return predict(inputs, with: values)
    }
  }

  private func predict<Scalar: Real>(_ inputs: Tensor<Double>, with values: [Scalar]) -> Tensor<Double> {
    let memory = WorkMemory<Scalar>(count: values.count)
    for (index, value) in values.enumerated() { memory.base[index] = value }
    let part = DataPart<Scalar>(inputs: inputs)
    guard let evaluator = try? Evaluator(network, part: part, loss: nil, parameters: memory) else {
      return Tensor([], shape: [0, 0])
    }
    return evaluator.predictions()
  }
}

extension TrainedNetwork {
  /// The mean of a loss over data, each sample's in the precision of the network, their sum in Double.
  public func meanLoss(_ loss: any Loss, on data: Dataset) -> Double {
    switch parameters {
    case .float(let values): meanLoss(loss, on: data, with: values)
    case .double(let values): meanLoss(loss, on: data, with: values)
    }
  }

  private func meanLoss<Scalar: Real>(_ loss: any Loss, on data: Dataset, with values: [Scalar]) -> Double {
    let memory = WorkMemory<Scalar>(count: values.count)
    for (index, value) in values.enumerated() { memory.base[index] = value }
    let evaluator = try? Evaluator(network, part: DataPart<Scalar>(data), loss: loss, parameters: memory)
    return evaluator?.meanLoss() ?? .nan
  }
}
