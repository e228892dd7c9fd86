import Autodiff
import Components
import Tensors

/// Lays all numbers of a sample in one row, the last axis fastest.
public struct Flatten: Layer, Hashable {
  /// A flattening.
  public init() {}

  static let component = Component<any Layer>(
    "flatten", help: "Lays all numbers of a sample in one row.", swift: "Flatten()"
  ) {
    _ in
    Flatten()
  }

  public var name: String { "flatten" }
  public var arguments: [RecipeArgument] { [] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    x.reshaped(to: [x.shape.count])
  }
}
