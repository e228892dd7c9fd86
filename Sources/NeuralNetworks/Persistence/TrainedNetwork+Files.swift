import Autodiff
import Components
import Foundation
import Kernels
import Tensors

/// The architecture of a saved network, as its JSON file holds it.
private struct SavedNetwork: Codable {
  static let format = "lectern-network"
  static let version = 1

  var format = Self.format
  var version = Self.version
  var input: [Int]
  var precision: String
  var layers: [RecipeJSON]
  var loss: RecipeJSON
  var history: TrainingHistory
}

extension TrainedNetwork {
  /// The parameters and states by their names, as in `layers.0.weight`.
  public var weights: Safetensors {
    let blocks = blocks
    let entries = blocks.indices.map { index in
      Safetensors.Entry(name: blocks[index].name, shape: blocks[index].shape, values: values(index, blocks))
    }
    return Safetensors(entries, metadata: ["format": "lectern"])
  }

  private func values(_ index: Int, _ blocks: [ParameterBlock]) -> Safetensors.Values {
    switch parameters {
    case .float(let values): .float(Self.block(index, of: values, blocks))
    case .double(let values): .double(Self.block(index, of: values, blocks))
    }
  }

  private static func layout<Scalar: Real>(_ blocks: [ParameterBlock], _: Scalar.Type) -> ParameterLayout {
    ParameterLayout(
      shapes: blocks.map(\.shape), isTrained: blocks.map(\.isTrained), laneCount: Scalar.laneCount)
  }

  private static func block<Scalar: Real>(
    _ index: Int, of values: [Scalar], _ blocks: [ParameterBlock]
  ) -> [Scalar] {
    let first = layout(blocks, Scalar.self).offsets[index]
    return Array(values[first..<first + blocks[index].shape.count])
  }

  /// The network with other parameters, by their names; all of its own must be there, in their shapes.
  public func replacing(weights: Safetensors) throws(NetworkError) -> TrainedNetwork {
    switch parameters {
    case .float:
      let flat = try Self.flat(weights, blocks, Float.self)
      return TrainedNetwork(
        network: network, inputShape: inputShape, loss: loss, history: history, parameters: .float(flat))
    case .double:
      let flat = try Self.flat(weights, blocks, Double.self)
      return TrainedNetwork(
        network: network, inputShape: inputShape, loss: loss, history: history, parameters: .double(flat))
    }
  }

  private static func flat<Scalar: Real>(
    _ weights: Safetensors, _ blocks: [ParameterBlock], _: Scalar.Type
  ) throws(NetworkError) -> [Scalar] {
    let layout = layout(blocks, Scalar.self)
    var flat = [Scalar](repeating: 0, count: layout.storageCount)
    for (block, offset) in zip(blocks, layout.offsets) {
      guard let entry = weights[block.name], entry.shape == block.shape else {
        throw .parametersDiffer(name: block.name, expected: block.shape, found: weights[block.name]?.shape)
      }
      switch entry.values {
      case .float(let values):
        for (index, value) in values.enumerated() { flat[offset + index] = Scalar(value) }
      case .double(let values):
        for (index, value) in values.enumerated() { flat[offset + index] = Scalar(value) }
      }
    }
    if let extra = weights.entries.first(where: { entry in !blocks.contains { $0.name == entry.name } }) {
      throw .unknownFormat(reason: "the network has no parameters called \(extra.name)")
    }
    return flat
  }

  /// Writes the network to two files: `path.json` with its layers, `path.safetensors` with its parameters.
  ///
  /// The same network gives the same bytes, and reads back to one that predicts the same bits. Modules and losses of
  /// one's own are code, which no file holds: their `weights` can be saved, and put into an equal network.
  public func save(to path: String) throws {
    let files = try savedFiles()
    try files.weights.write(to: URL(fileURLWithPath: path + ".safetensors"), options: .atomic)
    try files.description.write(to: URL(fileURLWithPath: path + ".json"), options: .atomic)
  }

  /// What `save` writes: the layers as JSON, and the parameters as safetensors.
  public func savedFiles() throws -> (description: Data, weights: Data) {
    try Self.checkHasRecipe(network.layers)
    guard !(loss is CustomLoss) else { throw NetworkError.notExportable(layer: loss.name, format: "JSON") }
    let isFloat = if case .float = parameters { true } else { false }
    let saved = SavedNetwork(
      input: inputShape.dimensions, precision: isFloat ? "float" : "double",
      layers: network.layers.map { RecipeJSON($0.recipe) }, loss: RecipeJSON(loss.recipe), history: history)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return (try encoder.encode(saved), try weights.encoded())
  }

  /// Throws if a layer, however deep, is none that a catalog can make again.
  private static func checkHasRecipe(_ layers: [any Layer]) throws {
    for layer in layers {
      guard (try? Layers.catalog.decode(layer.recipe)) != nil else {
        throw NetworkError.notExportable(layer: layer.name, format: "JSON")
      }
    }
  }

  /// Reads a network that `save` has written.
  public init(contentsOf path: String) throws {
    let text = try Self.contents(of: path + ".json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let saved = try? decoder.decode(SavedNetwork.self, from: text) else {
      throw NetworkError.unknownFormat(reason: "\(path).json does not describe a network")
    }
    guard saved.format == SavedNetwork.format, saved.version <= SavedNetwork.version else {
      throw NetworkError.unknownFormat(
        reason: "\(path).json is \(saved.format) of version \(saved.version), written by a later Lectern")
    }
    guard let precision = Precision(rawValue: saved.precision), saved.input.allSatisfy({ $0 > 0 }) else {
      throw NetworkError.unknownFormat(reason: "\(path).json names the precision \(saved.precision)")
    }
    let (layers, loss) = try Self.components(of: saved, path)
    let network = Sequential(layers)
    let shape = Shape(saved.input)
    let blocks = try network.traced(for: shape).trace.blocks
    let weights = try Safetensors(decoding: try Self.contents(of: path + ".safetensors"))
    let stored: StoredParameters
    switch precision {
    case .float: stored = .float(try Self.flat(weights, blocks, Float.self))
    case .double: stored = .double(try Self.flat(weights, blocks, Double.self))
    }
    self.init(
      network: network, inputShape: shape, loss: loss, history: saved.history, parameters: stored)
  }

  private static func contents(of path: String) throws(NetworkError) -> Data {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw .unknownFormat(reason: "the file \(path) is missing or cannot be read")
    }
    return data
  }

  /// The layers and the loss that a file names; a problem with one has no place in a recipe, but a file.
  private static func components(
    of saved: SavedNetwork, _ path: String
  ) throws(NetworkError) -> (layers: [any Layer], loss: any Loss) {
    do {
      return (
        try saved.layers.map { try Layers.catalog.decode($0.node) },
        try Losses.catalog.decode(saved.loss.node)
      )
    } catch {
      throw .unknownFormat(reason: "\(path).json: \((error as? Problem)?.message ?? "\(error)")")
    }
  }
}
