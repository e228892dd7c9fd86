import Autodiff
import Components
import Tensors

/// A step of a network: it holds sizes and choices, never numbers.
///
/// All parameters lie in one flat vector.
public protocol Layer: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// The shape of a sample behind the layer; throws if it cannot take this input. `number` counts layers from zero.
  func outputShape(for input: Shape, number: Int) throws(NetworkError) -> Shape
  /// The blocks of parameters for samples of a shape.
  func parameters(for input: Shape) -> [ParameterBlock]
  /// Writes the layer down behind a value. `parameters` are its blocks.
  func trace(_ x: Variable, parameters: [Variable], isTraining: Bool) -> Variable
}

/// A block of parameters: its shape and how it begins.
public struct ParameterBlock: Sendable {
  /// The shape.
  public var shape: Shape
  /// The numbers of connections into and out of a unit, for blocks that an initializer fills; biases have none and
  /// begin at zero.
  public var fans: Fans?

  /// The connections of a unit.
  public struct Fans: Sendable {
    /// Connections into a unit.
    public var input: Int
    /// Connections out of a unit.
    public var output: Int

    /// The connections of a unit.
    public init(input: Int, output: Int) {
      self.input = input
      self.output = output
    }
  }

  /// A block of parameters.
  public init(shape: Shape, fans: Fans? = nil) {
    self.shape = shape
    self.fans = fans
  }
}

/// All layers: what `model: […]` can name.
public enum Layers {
  /// The layers by name.
  public static let catalog = Catalog<any Layer>("layer", [Dense.component, Dropout.component])
}
