import Autodiff
import Components
import Tensors

/// Gives the numbers of a sample another shape, the last axis fastest.
public struct Reshape: Layer, Hashable {
  /// The sizes along the axes; one of them may be −1, whatever is left.
  public var sizes: [Int]

  /// A shape of sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }

  private static let sizesParameter = Parameter<[Int]>(
    "sizes", "numbers of at least 1, at most one of them -1",
    help: "The sizes along the axes; -1 for what is left."
  ) { sizes in
    !sizes.isEmpty && sizes.allSatisfy { $0 >= 1 || $0 == -1 } && sizes.filter { $0 == -1 }.count <= 1
  }
  static let component = Component<any Layer>(
    "reshape", help: "Gives the numbers of a sample another shape.", swift: "Reshape(_ sizes)",
    parameters: [sizesParameter]
  ) { Reshape($0[sizesParameter]) }

  public var name: String { "reshape" }
  public var arguments: [RecipeArgument] { [.init("sizes", list: sizes)] }

  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 >= 1 || $0 == -1 }), sizes.filter({ $0 == -1 }).count <= 1
    else {
      throw trace.mismatch(x, needs: "sizes of at least 1, at most one of them -1")
    }
    let known = sizes.filter { $0 != -1 }.reduce(1, *)
    let shape = Shape(sizes.map { $0 == -1 ? x.shape.count / known : $0 })
    guard shape.count == x.shape.count else {
      throw trace.mismatch(x, needs: "\(shape.count) numbers in all")
    }
    return x.reshaped(to: shape)
  }
}
