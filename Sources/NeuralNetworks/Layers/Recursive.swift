import Autodiff
import Components
import Tensors

/// A network over trees (Socher and others, 2011): a leaf has the vector of its token, an inner node what a layer makes of
/// its two children's vectors and that of its own token, such as an operation; the result is the root's.
///
/// A sample has a row of three numbers for each node: its token, and the rows of its left and its right child, −1 for a
/// leaf. Children stand before their parents and the root in the last row; rows in front that a smaller tree does not
/// need are leaves that nobody reads. So trees of different shape go together in a batch.
public struct Recursive: Layer {
  /// How many tokens there are.
  public var vocabulary: Int
  /// The length of a vector.
  public var units: Int
  /// What becomes of the vectors of the left child, the right child and the node's token, one behind the other; gives as
  /// many numbers as a vector has.
  public var merge: [any Layer]

  /// A network over trees.
  public init(vocabulary: Int, units: Int, merge: [any Layer]) {
    self.vocabulary = vocabulary
    self.units = units
    self.merge = merge
  }

  private static let vocabularyParameter = Layers.size("vocabulary", help: "How many tokens there are.")
  private static let unitsParameter = Layers.size("units", help: "The length of a node's vector.")
  private static let mergeParameter = Layers.parameter(
    "merge", help: "The layer or layers that make the vectors of two children and a token into one.")
  static let component = Component<any Layer>(
    "recursive", help: "Goes through trees from the leaves to the root.",
    swift: "Recursive(vocabulary, units, merge)",
    parameters: [vocabularyParameter, unitsParameter, mergeParameter]
  ) {
    Recursive(
      vocabulary: $0[vocabularyParameter], units: $0[unitsParameter],
      merge: try Layers.decode($0[mergeParameter]))
  }

  public var name: String { "recursive" }
  public var arguments: [RecipeArgument] {
    [.init("vocabulary", vocabulary), .init("units", units), .init("merge", layers: merge)]
  }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("vocabulary", vocabulary)
    try trace.require("units", units)
    guard x.shape.rank == 2, x.shape.dimensions[1] == 3, x.shape.dimensions[0] > 0 else {
      throw trace.mismatch(x, needs: "trees of nodes × 3 numbers (token, left, right)")
    }
    trace.requireIndices(x, below: vocabulary, every: 3)
    let table = trace.table(vocabulary, units)
    let leaves = table.gatheringRows(x.slice(axis: 1, 0..<1).reshaped(to: [x.shape.dimensions[0]]))
    let shared = SharedLayers(merge)
    var states = [leaves.element(0)]
    for node in 1..<max(x.shape.dimensions[0], 1) {
      let row = x.element(node)
      let known = Variable.stacked(states)
      let children = [row.element(1), row.element(2)].map { known.gatheringRows($0) }
      let merged = try shared.trace(Variable.concatenated(children + [leaves.element(node)]), in: trace)
      guard merged.shape == [units] else { throw trace.mismatch(merged, needs: "\(units) numbers") }
      let isLeaf = row.element(1).isLess(than: trace.constant(0))
      states.append(leaves.element(node).selected(where: isLeaf, otherwise: merged))
    }
    return states[states.count - 1]
  }
}

/// Layers that are used several times with the same parameters.
///
/// The first use asks for the parameters; the others get the same ones.
final class SharedLayers {
  private let layers: [any Layer]
  private var first: Int?

  init(_ layers: [any Layer]) { self.layers = layers }

  func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    guard let first else {
      self.first = trace.nextBlock
      return try trace.add(layers, x)
    }
    return try trace.reusingParameters(from: first) { () throws(NetworkError) in try trace.add(layers, x) }
  }
}
