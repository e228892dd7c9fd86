import Components
import Tensors

extension Dataset {
  /// The features of examples with a shape, named by their places: `x1` for vectors, `x1,2` for matrices.
  public static func features(ofSample sizes: [Int]) -> [Feature] {
    let count = sizes.reduce(1, *)
    let steps = Shape(sizes).steps
    return (0..<count).map { index in
      let places = zip(steps, sizes).map { index / $0 % $1 + 1 }
      return Feature(name: "x" + places.map(String.init).joined(separator: ","))
    }
  }

  /// The examples of two arrays: inputs keep the shape of an example, targets are numbers.
  ///
  /// Throws `DataFileError` if their counts differ.
  public static func arrays(
    inputs: NumPyArray, targets: NumPyArray, names: (inputs: String, targets: String)
  ) throws -> Dataset {
    let count = inputs.shape.dimensions.first ?? 0
    let targetCount = targets.shape.dimensions.first ?? 0
    guard count > 0 else {
      throw DataFileError.broken(path: names.inputs, format: "npy", reason: "has no examples")
    }
    guard count == targetCount else {
      throw DataFileError.differentCounts(
        first: names.inputs, firstCount: count, second: names.targets, secondCount: targetCount)
    }
    if targets.elements.contains(where: \.isNaN) {
      throw DataFileError.broken(path: names.targets, format: "npy", reason: "has targets that are NaN")
    }
    let sample = Array(inputs.shape.dimensions.dropFirst())
    let width = targets.elements.count / count
    return Dataset(
      features: features(ofSample: sample.isEmpty ? [1] : sample),
      inputs: Tensor(inputs.elements, shape: Shape([count] + (sample.isEmpty ? [1] : sample))),
      targets: .values(
        Tensor(targets.elements, shape: [count, width]),
        names: width == 1 ? ["y"] : (0..<width).map { "y\($0 + 1)" }))
  }

  /// The examples with another shape of an example.
  ///
  /// Throws `DatasetError` if it does not hold as many numbers, or if a feature is text.
  public func reshaped(_ shape: [Int]) throws -> Dataset {
    if let text = features.first(where: { $0.categories != nil }) {
      throw DatasetError.shapeOfText(column: text.name)
    }
    guard shape.reduce(1, *) == inputs.columns else {
      throw DatasetError.wrongShape(shape: shape, count: inputs.columns)
    }
    var result = self
    result.inputs = Tensor(inputs.elements, shape: Shape([count] + shape))
    return result
  }
}
