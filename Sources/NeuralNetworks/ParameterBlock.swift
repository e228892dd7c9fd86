import Tensors

/// A block of parameters: its name and shape, how it begins, and what may change it.
public struct ParameterBlock: Sendable {
  /// The path of its layer and its own name, as in `layers.0.weight`.
  public var name: String
  /// The shape.
  public var shape: Shape
  /// How it begins.
  public var start: Start
  /// Whether training changes it; otherwise it is a state, such as a running mean.
  public var isTrained: Bool
  /// Whether penalties such as weight decay reach it: weights, but neither biases nor gains.
  public var isPenalized: Bool

  /// How a block begins.
  public enum Start: Sendable {
    /// With one number everywhere.
    case constant(Double)
    /// With the numbers of the training's initializer.
    case initialized(Fans)
    /// With the numbers of an initializer of its own.
    case own(any Initializer, Fans)
    /// With given numbers.
    case values([Double])
  }

  /// The numbers of connections into and out of a unit.
  public struct Fans: Sendable, Hashable {
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
}
