import Datasets
import Kernels
import Tensors

/// A part of the data in the precision of a network: feature by feature, so that a batch is gathered column by column.
final class DataPart<Scalar: Real> {
  let count: Int
  /// The shape of a sample.
  let inputShape: Shape
  let outputCount: Int
  /// Features × samples.
  let inputs: WorkMemory<Scalar>
  /// Outputs × samples.
  let targets: WorkMemory<Scalar>
  /// One over the error of each sample, where the loss wants it.
  let inverseErrors: WorkMemory<Scalar>?
  /// How much each sample counts; nil for all the same.
  let weights: [Double]?

  /// Features with the targets that a loss takes.
  convenience init(_ data: Dataset, for loss: any Loss, weights: [Double]? = nil) {
    self.init(
      inputs: data.inputs, targets: loss.targetValues(of: data), errors: data.errors,
      weights: weights ?? data.weights)
  }

  /// Features alone, or with targets.
  init(
    inputs source: Tensor<Double>, targets: Tensor<Double>? = nil, errors: [Double]? = nil,
    weights: [Double]? = nil
  ) {
    count = source.rows
    inputShape = Shape(Array(source.shape.dimensions.dropFirst()))
    outputCount = targets?.columns ?? 0
    inputs = Self.transposed(source)
    self.targets = targets.map(Self.transposed) ?? WorkMemory(count: 0)
    inverseErrors = errors.map { Self.transposed(Tensor($0.map { 1 / $0 }, shape: [$0.count, 1])) }
    self.weights = weights
  }

  private static func transposed(_ source: Tensor<Double>) -> WorkMemory<Scalar> {
    let memory = WorkMemory<Scalar>(count: source.elements.count)
    write(source, to: memory)
    return memory
  }

  private static func write(_ source: Tensor<Double>, to memory: WorkMemory<Scalar>) {
    let (rows, columns) = (source.rows, source.columns)
    source.elements.withUnsafeBufferPointer { elements in
      for column in 0..<columns {
        for row in 0..<rows { memory.base[column * rows + row] = Scalar(elements[row * columns + column]) }
      }
    }
  }

  /// Puts other features and targets, as many as there are, in place of those of the last epoch.
  func replace(_ samples: EpochSamples) {
    precondition(
      samples.inputs.elements.count == inputs.count && samples.targets.elements.count == targets.count,
      "an epoch has other samples than the training part")
    Self.write(samples.inputs, to: inputs)
    Self.write(samples.targets, to: targets)
  }

  /// Lays samples along the lanes of a program's inputs; those that it does not have are left out.
  func gather(_ indices: UnsafePointer<Int32>, _ batch: Int, into inputs: BatchInputs<Scalar>, groups: Int) {
    if let x = inputs.x {
      Scalar.gather(
        self.inputs.base, samples: count, indices, count: batch, x, features: inputShape.count, groups: groups
      )
    }
    if let target = inputs.target {
      Scalar.gather(
        targets.base, samples: count, indices, count: batch, target, features: outputCount, groups: groups)
    }
    if let inverseError = inputs.inverseError, let inverseErrors {
      Scalar.gather(
        inverseErrors.base, samples: count, indices, count: batch, inverseError, features: 1, groups: groups)
    }
    let lanes = groups * Scalar.laneCount
    let share = 1 / Scalar(batch)
    if let place = inputs.share { for lane in 0..<lanes { place[lane] = lane < batch ? share : 0 } }
    guard let place = inputs.weight else { return }
    for lane in 0..<lanes {
      guard lane < batch else {
        place[lane] = 0
        continue
      }
      place[lane] = weights.map { Scalar($0[Int(indices[lane])]) * share } ?? share
    }
  }
}

/// Where a program takes a batch from.
struct BatchInputs<Scalar: Real> {
  var x: UnsafeMutablePointer<Scalar>?
  var target: UnsafeMutablePointer<Scalar>?
  var weight: UnsafeMutablePointer<Scalar>?
  var share: UnsafeMutablePointer<Scalar>?
  var inverseError: UnsafeMutablePointer<Scalar>?
}

extension Loss {
  /// The targets of data as numbers, examples × outputs.
  func targetValues(of data: Dataset) -> Tensor<Double> {
    if targets == .binary, let classes = data.classes, data.outputCount == 2 {
      return Tensor(classes.map { Double($0) }, shape: [classes.count, 1])
    }
    return data.targetValues
  }
}
