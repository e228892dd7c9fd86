import Datasets
import Kernels
import Tensors

/// A part of the data in the precision of a network: feature by feature, so that a batch is gathered column by column.
final class DataPart<Scalar: Real> {
  let count: Int
  let inputCount: Int
  let outputCount: Int
  /// Features × samples.
  let inputs: WorkMemory<Scalar>
  /// Outputs × samples.
  let targets: WorkMemory<Scalar>

  convenience init(_ data: Dataset) { self.init(inputs: data.inputs, targets: data.targetValues) }

  init(inputs source: Tensor<Double>, targets: Tensor<Double>? = nil) {
    count = source.rows
    inputCount = source.columns
    outputCount = targets?.columns ?? 0
    inputs = Self.transposed(source)
    self.targets = targets.map(Self.transposed) ?? WorkMemory(count: 0)
  }

  private static func transposed(_ source: Tensor<Double>) -> WorkMemory<Scalar> {
    let memory = WorkMemory<Scalar>(count: source.elements.count)
    let (rows, columns) = (source.rows, source.columns)
    source.elements.withUnsafeBufferPointer { elements in
      for column in 0..<columns {
        for row in 0..<rows { memory.base[column * rows + row] = Scalar(elements[row * columns + column]) }
      }
    }
    return memory
  }

  /// Lays samples along the lanes of a program's inputs.
  func gather(
    _ indices: UnsafePointer<Int32>, _ batch: Int, x: UnsafeMutablePointer<Scalar>,
    target: UnsafeMutablePointer<Scalar>?, groups: Int
  ) {
    Scalar.gather(
      inputs.base, samples: count, indices, count: batch, x, features: inputCount, groups: groups)
    if let target {
      Scalar.gather(
        targets.base, samples: count, indices, count: batch, target, features: outputCount, groups: groups)
    }
  }
}
