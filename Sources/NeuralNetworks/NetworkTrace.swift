import Autodiff
import Tensors

/// A network while it is written down: its graph, and what its layers ask for.
public final class NetworkTrace: Graph {
  /// Whether the network is traced for training; dropout and batch normalization differ then.
  public let isTraining: Bool
  /// The blocks of parameters and states in the order in which the layers asked for them.
  public private(set) var blocks: [ParameterBlock] = []
  /// The nodes of the blocks; variables would hold the trace that holds them, and neither would ever be freed.
  private var parameterNodes: [Int] = []
  /// The states that training changes, with the nodes that they become.
  private(set) var updates: [(block: Int, node: Int)] = []
  /// Every layer with the shape behind it, in order; layers in layers follow the one that they are in.
  public private(set) var entries: [Entry] = []
  /// Which numbers of a sample choose rows of tables: from `first` on every `step`-th, below `limit`.
  private(set) var indexChecks: [(first: Int, step: Int, limit: Int)] = []
  /// The numbers of the layer that is being traced, and of those that it is in.
  private var path: [Int] = []
  /// The next block that a shared layer uses again.
  private var reused: Int?
  private var children: [Int] = [0]

  /// A layer of a traced network.
  public struct Entry: Sendable {
    /// The numbers of the layer and of those that it is in, from zero.
    public var path: [Int]
    /// The layer's name.
    public var name: String
    /// The shape of a sample behind it.
    public var shape: Shape
    /// The parameters that are trained, those of inner layers included.
    public var parameterCount: Int
    /// The node of its output.
    var output: Int
  }

  /// The parameters and states of the blocks.
  public var parameters: [Variable] { parameterNodes.map { Variable(graph: self, index: $0) } }

  /// A trace without layers.
  public init(isTraining: Bool) { self.isTraining = isTraining }

  /// Writes a layer down behind a value.
  func add(_ layer: any Layer, _ x: Variable) throws(NetworkError) -> Variable {
    path.append(children[children.count - 1])
    children[children.count - 1] += 1
    children.append(0)
    defer {
      path.removeLast()
      children.removeLast()
    }
    let before = blocks.count
    let entry = entries.count
    entries.append(Entry(path: path, name: layer.name, shape: [], parameterCount: 0, output: 0))
    let output = try layer.trace(x, in: self)
    entries[entry].shape = output.shape
    entries[entry].output = output.index
    entries[entry].parameterCount = blocks[before...].reduce(0) { $0 + ($1.isTrained ? $1.shape.count : 0) }
    return output
  }

  /// Writes layers down one behind the other.
  func add(_ layers: [any Layer], _ x: Variable) throws(NetworkError) -> Variable {
    var value = x
    for layer in layers { value = try add(layer, value) }
    return value
  }

  /// A block of weights that the training's initializer fills, or one of its own.
  public func weights(
    _ shape: Shape, name: String = "weight", fans: ParameterBlock.Fans,
    initializer: (any Initializer)? = nil
  ) -> Variable {
    let start: ParameterBlock.Start = initializer.map { .own($0, fans) } ?? .initialized(fans)
    return block(name, shape, start, isTrained: true, isPenalized: true)
  }

  /// A block of biases, or of gains, that begins with one number.
  public func bias(_ shape: Shape, name: String = "bias", start: Double = 0) -> Variable {
    block(name, shape, .constant(start), isTrained: true, isPenalized: false)
  }

  /// A block of biases that begins with given numbers.
  public func bias(values: [Double], name: String = "bias") -> Variable {
    block(name, [values.count], .values(values), isTrained: true, isPenalized: false)
  }

  /// A block that training keeps for prediction, such as a running mean.
  public func state(_ name: String, _ shape: Shape, start: Double) -> Variable {
    block(name, shape, .constant(start), isTrained: false, isPenalized: false)
  }

  /// What a state becomes with every step of training.
  public func update(_ state: Variable, to value: Variable) {
    guard isTraining, let block = parameterNodes.firstIndex(of: state.index) else { return }
    updates.append((block, value.index))
  }

  private func block(
    _ name: String, _ shape: Shape, _ start: ParameterBlock.Start, isTrained: Bool, isPenalized: Bool
  ) -> Variable {
    if let block = reused, blocks.indices.contains(block), blocks[block].shape == shape {
      reused = block + 1
      return Variable(graph: self, index: parameterNodes[block])
    }
    let prefix = path.map { "layers.\($0)." }.joined()
    blocks.append(
      ParameterBlock(
        name: prefix + name, shape: shape, start: start, isTrained: isTrained, isPenalized: isPenalized))
    let variable = parameter(shape, isTrained: isTrained)
    parameterNodes.append(variable.index)
    return variable
  }

  /// The number of the block that the next layer gets, a new one or one that is used again.
  var nextBlock: Int { reused ?? blocks.count }

  /// Traces layers that use the blocks from a number on again, in the order in which these were made.
  func reusingParameters<Result>(
    from first: Int, _ body: () throws(NetworkError) -> Result
  ) throws(NetworkError) -> Result {
    let outer = reused
    let known = entries.count
    reused = first
    defer {
      reused = outer
      // The layers have been listed where they were first used.
      entries.removeSubrange(known...)
    }
    return try body()
  }

  /// Wants the samples' own numbers to be whole and below a limit, from the first on every so many.
  func requireIndices(_ x: Variable, below limit: Int, every step: Int = 1) {
    if case .input = x.node.operation { indexChecks.append((0, step, limit)) }
  }

  /// One over the number of samples for each of them, 0 for what fills the batch up: the weights of means.
  public var share: Variable { input("share", []) }

  /// The layer that is being traced.
  private var place: LayerPlace {
    LayerPlace(path: path, name: entries.last { $0.path == path }?.name ?? "")
  }

  /// The problem of a value that a layer cannot take.
  func mismatch(_ x: Variable, needs: String, hint: String? = nil) -> NetworkError {
    .shapeMismatch(layer: place, found: x.shape, needs: needs, hint: hint)
  }

  /// Wants a size of the layer to be at least one, or another number; recipes have been checked, code has not.
  func require(_ name: String, _ size: Int, atLeast least: Int = 1) throws(NetworkError) {
    guard size >= least else { throw bad(name, "at least \(least)", "\(size)") }
  }

  /// Wants a list of sizes of the layer, each at least one.
  func require(_ name: String, _ sizes: [Int], counts: ClosedRange<Int>) throws(NetworkError) {
    guard counts.contains(sizes.count), sizes.allSatisfy({ $0 >= 1 }) else {
      let count =
        counts.lowerBound == counts.upperBound
        ? "\(counts.lowerBound)" : "\(counts.lowerBound) or \(counts.upperBound)"
      throw bad(name, "\(count) \(counts.upperBound == 1 ? "number" : "numbers") of at least 1", "\(sizes)")
    }
  }

  /// Writes a layer's function down behind a value; throws if it cannot take so many values.
  func apply(_ activation: Activation, to x: Variable) throws(NetworkError) -> Variable {
    if activation == .glu, (x.shape.dimensions.last ?? 0) % 2 != 0 {
      throw mismatch(x, needs: "an even number of values for glu")
    }
    return activation(x)
  }

  /// Wants a probability of the layer to be at least 0 and below 1.
  func require(share: Double, _ name: String) throws(NetworkError) {
    guard (0..<1).contains(share) else { throw bad(name, "at least 0 and below 1", "\(share)") }
  }

  /// Wants a number of the layer to be above 0.
  func require(positive value: Double, _ name: String) throws(NetworkError) {
    guard value > 0, value.isFinite else { throw bad(name, "above 0 and finite", "\(value)") }
  }

  /// The problem of a setting of the layer.
  func bad(_ name: String, _ requirement: String, _ found: String) -> NetworkError {
    .badLayerSetting(layer: place, name: name, requirement: requirement, found: found)
  }
}

/// Which layer of a network: its number, as in `layer 2.1, dense`, counted from one.
public struct LayerPlace: Equatable, Sendable, CustomStringConvertible {
  /// The numbers of the layer and of those that it is in, from zero.
  public var path: [Int]
  /// The name of the layer.
  public var name: String

  /// A layer of a network.
  public init(path: [Int], name: String) {
    self.path = path
    self.name = name
  }

  public var description: String {
    "layer \(path.map { "\($0 + 1)" }.joined(separator: ".")), \(name)"
  }
}
