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
  /// The length of its beginning, in which all blocks lie that are trained; the others are a model's state.
  public let trainedCount: Int
  /// The number of trained parameters.
  public let count: Int

  /// The places of blocks, in their order; those that are not trained come last.
  public init(shapes: [Shape], isTrained: [Bool]? = nil, laneCount: Int) {
    self.shapes = shapes
    let isTrained = isTrained ?? shapes.map { _ in true }
    var offsets = [Int](repeating: 0, count: shapes.count)
    var next = 0
    func place(_ blocks: [Int]) {
      for block in blocks {
        offsets[block] = next
        next += (shapes[block].count + laneCount - 1) / laneCount * laneCount
      }
    }
    place(shapes.indices.filter { isTrained[$0] })
    trainedCount = next
    place(shapes.indices.filter { !isTrained[$0] })
    self.offsets = offsets
    storageCount = next
    count = shapes.indices.reduce(0) { $0 + (isTrained[$1] ? shapes[$1].count : 0) }
  }
}
