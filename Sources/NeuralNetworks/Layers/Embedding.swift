import Autodiff
import Components
import Tensors

/// Gives every whole number of a sample a vector that is trained, its row of a table.
public struct Embedding: Layer, Hashable {
  /// How many different numbers there are, from zero.
  public var vocabulary: Int
  /// The length of a vector.
  public var units: Int

  /// A table of vectors.
  public init(_ vocabulary: Int, units: Int) {
    self.vocabulary = vocabulary
    self.units = units
  }

  private static let vocabularyParameter = Layers.size(
    "vocabulary", help: "How many different numbers there are, from zero.")
  private static let unitsParameter = Layers.size("units", help: "The length of a vector.")
  static let component = Component<any Layer>(
    "embedding", help: "Gives every whole number a vector.", swift: "Embedding(_ vocabulary, units)",
    parameters: [vocabularyParameter, unitsParameter]
  ) { Embedding($0[vocabularyParameter], units: $0[unitsParameter]) }

  public var name: String { "embedding" }
  public var arguments: [RecipeArgument] { [.init("vocabulary", vocabulary), .init("units", units)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    try trace.require("vocabulary", vocabulary)
    try trace.require("units", units)
    trace.requireIndices(x, below: vocabulary)
    return trace.table(vocabulary, units).gatheringRows(x)
  }
}

extension NetworkTrace {
  /// A table of vectors that begin between −0.05 and 0.05, as Keras' do.
  func table(_ rows: Int, _ units: Int) -> Variable {
    weights(
      [rows, units], fans: .init(input: rows, output: units), initializer: UniformInitializer(limit: 0.05))
  }
}
