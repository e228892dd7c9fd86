import Autodiff
import Datasets
import Kernels
import Tensors

/// A network with its parameters and what its training went through.
public struct TrainedNetwork: Model {
  /// The layers.
  public let network: Sequential
  /// The shape of a sample.
  public let inputShape: Shape
  /// What the network was trained for, which decides what its outputs mean.
  public let loss: any Loss
  /// What the training went through.
  public let history: TrainingHistory
  /// The flat parameter vector, gaps and states included, in the precision of the training.
  let parameters: StoredParameters
  /// The network on its way, behind the epochs that the settings name; files do not hold it.
  public internal(set) var snapshots: [Snapshot] = []

  /// The derivative of all trained parameters, one block behind the other, by each hyperparameter for which it was wanted;
  /// files do not hold it.
  var tangents: [[Double]]?

  /// The network as it was behind an epoch.
  public struct Snapshot: Sendable {
    /// The number of the epoch; 0 is before the first one.
    public let epoch: Int
    /// The network.
    public let network: TrainedNetwork
  }

  /// Parameters in the precision of a training.
  enum StoredParameters: Sendable, Hashable {
    case float([Float])
    case double([Double])
  }

  /// The numbers of a sample.
  public var inputCount: Int { inputShape.count }

  /// The number of parameters.
  public var parameterCount: Int { (try? network.parameterCount(for: inputShape)) ?? 0 }

  /// The layers with the shapes behind them and their parameters.
  public var summary: NetworkSummary? { try? network.summary(for: inputShape) }

  /// The blocks of parameters and states in the order of the layers.
  var blocks: [ParameterBlock] { (try? network.traced(for: inputShape).trace.blocks) ?? [] }

  /// The parameters of each block in order, as numbers: weights units × inputs, then biases.
  public var parameterBlocks: [[Double]] {
    let blocks = blocks
    switch parameters {
    case .float(let values): return Self.split(values, blocks)
    case .double(let values): return Self.split(values, blocks)
    }
  }

  private static func split<Scalar: Real>(_ values: [Scalar], _ blocks: [ParameterBlock]) -> [[Double]] {
    let layout = ParameterLayout(
      shapes: blocks.map(\.shape), isTrained: blocks.map(\.isTrained), laneCount: Scalar.laneCount)
    return zip(layout.offsets, layout.shapes).map { offset, shape in
      values[offset..<offset + shape.count].map { Double($0) }
    }
  }

  /// What the network predicts, examples × outputs: values, or a score for each class.
  public func predict(_ inputs: Tensor<Double>) -> Tensor<Double> {
    precondition(
      inputs.columns == inputCount,
      "the network takes \(inputCount) features, but a sample has \(inputs.columns)")
    let shaped = Tensor(inputs.elements, shape: Shape([inputs.rows] + inputShape.dimensions))
    switch parameters {
    case .float(let values): return predict(shaped, with: values)
    case .double(let values): return predict(shaped, with: values)
    }
  }

  private func predict<Scalar: Real>(_ inputs: Tensor<Double>, with values: [Scalar]) -> Tensor<Double> {
    let evaluator = try? Evaluator(
      network, part: DataPart<Scalar>(inputs: inputs), predicting: loss, parameters: WorkMemory(values))
    return evaluator?.predictions() ?? Tensor([], shape: [0, 0])
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
    let evaluator = try? Evaluator<Scalar>(network, data: data, loss: loss, parameters: WorkMemory(values))
    return evaluator?.meanLoss() ?? .nan
  }
}

extension WorkMemory {
  /// Whether no number is infinite or none at all.
  var isFinite: Bool { (0..<count).allSatisfy { base[$0].isFinite } }

  /// Memory with given numbers.
  convenience init(_ values: [Scalar]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }
}
