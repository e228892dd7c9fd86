/// Numbers in a rectangular arrangement, row by row.
public struct Tensor<Scalar: Real>: Hashable, Sendable {
  /// The sizes along the axes.
  public let shape: Shape
  /// The elements, the last axis fastest.
  public var elements: [Scalar]
  /// The number of rows of a matrix, the elements of a vector.
  public let rows: Int
  /// The number of columns of a matrix, one for a vector.
  public let columns: Int

  /// A tensor of the given elements; their number must be that of the shape.
  public init(_ elements: [Scalar], shape: Shape) {
    precondition(
      elements.count == shape.count, "\(elements.count) elements do not fill the shape \(shape)")
    self.shape = shape
    self.elements = elements
    rows = shape.dimensions.first ?? 1
    columns = shape.dimensions.dropFirst().reduce(1, *)
  }

  /// A tensor with the same number everywhere.
  public init(repeating value: Scalar, shape: Shape) {
    self.init([Scalar](repeating: value, count: shape.count), shape: shape)
  }

  /// An element of a matrix.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// A row of a matrix.
  public func row(_ index: Int) -> ArraySlice<Scalar> { elements[index * columns..<(index + 1) * columns] }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> Tensor {
    Tensor(
      indices.flatMap { row($0) }, shape: Shape([indices.count] + Array(shape.dimensions.dropFirst())))
  }
}
