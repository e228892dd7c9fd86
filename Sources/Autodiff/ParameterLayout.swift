import Kernels
import Tensors

/// Where the blocks of parameters lie in the flat vector.
///
/// Every block begins at a whole lane group, so that vectors stay aligned; the gaps stay zero.
public struct ParameterLayout: Hashable, Sendable {
  public let shapes: [Shape]
  public let offsets: [Int]
  /// The length of the flat vector, gaps included.
  public let storageCount: Int

  public init(shapes: [Shape], laneCount: Int) {
    self.shapes = shapes
    var offsets: [Int] = []
    var next = 0
    for shape in shapes {
      offsets.append(next)
      next += (shape.count + laneCount - 1) / laneCount * laneCount
    }
    self.offsets = offsets
    storageCount = next
  }

  /// The number of parameters.
  public var count: Int { shapes.reduce(0) { $0 + $1.count } }
}
