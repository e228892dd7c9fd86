import Autodiff
import Components
import Tensors

/// A step of a network: it holds sizes and choices, never numbers.
///
/// All parameters lie in one flat vector; a layer asks for its blocks while it is traced.
public protocol Layer: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// The settings that a recipe would give.
  var arguments: [RecipeArgument] { get }
  /// Writes the layer down behind a value; throws if it cannot take this input.
  func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable
}

extension Layer {
  /// The layer as a recipe would name it, with all its settings.
  public var recipe: RecipeNode { RecipeArgument.component(name, arguments) }

  /// Writes the layer down behind a value of a network that is being traced, with parameters of its own at every call:
  /// `try output(hidden(x))`.
  public func callAsFunction(_ x: Variable) throws(NetworkError) -> Variable {
    guard let trace = x.graph as? NetworkTrace else { throw .notTraced(layer: name) }
    return try trace.add(self, x)
  }
}

/// A free-form network: any composition of layers and functions.
///
/// ```swift
/// struct Wide: Module {
///   let first = Dense(16, activation: .relu)
///   let second = Dense(16, activation: .tanh)
///   let output = Dense(1)
///   func callAsFunction(_ x: Variable) throws -> Variable {
///     try output(first(x) + second(x))
///   }
/// }
/// ```
public protocol Module: Layer {
  /// Writes the network down behind a value.
  func callAsFunction(_ x: Variable) throws -> Variable
}

extension Module {
  /// The name of the type.
  public var name: String { "\(Self.self)" }
  /// A module is code: it has no settings that a recipe could give.
  public var arguments: [RecipeArgument] { [] }

  /// Writes the network down behind a value.
  public func trace(_ x: Variable, in trace: NetworkTrace) throws(NetworkError) -> Variable {
    do {
      return try callAsFunction(x)
    } catch let error as NetworkError {
      throw error
    } catch {
      throw .moduleFailed(name: name, reason: "\(error)")
    }
  }
}

/// All layers: what `model: […]` can name.
public enum Layers {
  /// The layers by name.
  public static let catalog = Catalog<any Layer>(
    "layer",
    [
      Dense.component, Convolution1D.component, Convolution2D.component,
      Pooling.component(.maximum, rank: 1), Pooling.component(.maximum, rank: 2),
      Pooling.component(.average, rank: 1), Pooling.component(.average, rank: 2),
      GlobalPooling.component(.maximum), GlobalPooling.component(.average), Flatten.component,
      Reshape.component, Dropout.component, BatchNormalization.component, LayerNormalization.component,
      Embedding.component, SimpleRecurrent.component, LongShortTermMemory.component, GatedRecurrent.component,
      Bidirectional.component, MultiHeadAttention.component, Recursive.component, Residual.component,
      Concatenation.component, MultilayerPerceptron.component, Repetition.component,
      ActivationLayer.component, Sequential.component,
    ])

  /// The layers of a list in a recipe.
  static func decode(_ node: RecipeNode) throws -> [any Layer] {
    guard case .list(let items) = node.kind else { return [try catalog.decode(node)] }
    return try items.map { try catalog.decode($0) }
  }

  /// A parameter that holds layers.
  static func parameter(_ name: String, help: String) -> Parameter<RecipeNode> {
    Parameter<RecipeNode>(name, help: help)
  }

  /// A size: a whole number of at least one.
  static func size(_ name: String, default value: Int? = nil, help: String) -> Parameter<Int> {
    Parameter<Int>(name, default: value, "at least 1", help: help) { $0 >= 1 }
  }

  /// One size for all axes, or one for each.
  static func sizes(_ name: String, default value: [Int]? = nil, help: String) -> Parameter<[Int]> {
    Parameter<[Int]>(name, default: value, "one or two numbers of at least 1", help: help) {
      (1...2).contains($0.count) && $0.allSatisfy { $0 >= 1 }
    }
  }
}
