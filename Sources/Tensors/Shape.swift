/// The sizes of a tensor along its axes; no axes for a single number.
public struct Shape: Hashable, Sendable, Codable, CustomStringConvertible, ExpressibleByArrayLiteral {
  /// The size along each axis.
  public var dimensions: [Int]

  /// A shape of the given sizes.
  public init(_ dimensions: [Int]) { self.dimensions = dimensions }

  /// A shape of the given sizes.
  public init(arrayLiteral elements: Int...) { dimensions = elements }

  /// The number of axes.
  public var rank: Int { dimensions.count }
  /// The number of elements.
  public var count: Int { dimensions.reduce(1, *) }

  /// `3 × 4`, or `scalar`.
  public var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: " × ")
  }

  /// How far neighbors along each axis lie apart, the last axis fastest.
  public var steps: [Int] {
    var steps = dimensions
    var next = 1
    for axis in dimensions.indices.reversed() {
      steps[axis] = next
      next *= dimensions[axis]
    }
    return steps
  }

  /// The shape that two values have together, by NumPy's rule: compared from the last axis, sizes agree or one of them
  /// is one; nil if they do not go together.
  public static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    if a == b { return a }
    let rank = max(a.rank, b.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let first = axis < rank - a.rank ? 1 : a.dimensions[axis - rank + a.rank]
      let second = axis < rank - b.rank ? 1 : b.dimensions[axis - rank + b.rank]
      guard first == second || first == 1 || second == 1 else { return nil }
      sizes[axis] = first == 1 ? second : first
    }
    return Shape(sizes)
  }
}
