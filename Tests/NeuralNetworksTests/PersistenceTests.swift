import Autodiff
import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite("Saved networks")
struct PersistenceTests {
  /// A folder that is removed at the end.
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "lectern-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  private func data(_ input: Shape, numbers: Bool = false) -> Dataset {
    var stream = RandomStream(seed: 4, .data)
    let values = (0..<12 * input.count).map { index in
      numbers ? Double(input.rank == 1 || index % 3 == 0 ? index % 4 : -1) : stream.uniform(-1, 1)
    }
    return Dataset(
      features: (0..<input.count).map { .init(name: "x\($0)") },
      inputs: Tensor(values, shape: Shape([12] + input.dimensions)),
      targets: .values(Tensor((0..<12).map { Double($0) / 12 }, shape: [12, 1]), names: ["y"]))
  }

  private func trained(
    _ layers: [any Layer], _ input: Shape, _ precision: Precision = .float,
    loss: any Loss = Huber(delta: 0.5),
    numbers: Bool = false
  ) throws -> TrainedNetwork {
    let settings = TrainingSettings(loss: loss, epochs: 2, batchSize: 5, precision: precision)
    return try Trainer(settings).fit(
      Sequential(layers + [Flatten(), Dense(1)]), training: data(input, numbers: numbers),
      key: FitKey(seed: 2))
  }

  @Test("read back to the same bits, whatever the layer", arguments: Layers.catalog.names)
  func roundTrip(name: String) throws {
    let (layer, input) = try #require(LayerContractTests.example(name))
    let takesNumbers = ["embedding", "recursive"].contains(name)
    for precision in [Precision.float, .double] {
      let network = try trained([layer], input, precision, numbers: takesNumbers)
      try withFolder { folder in
        try network.save(to: folder + "/network")
        let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/network.json"))
        let back = try TrainedNetwork(contentsOf: folder + "/network")
        let inputs = data(input, numbers: takesNumbers).inputs
        #expect(back.predict(inputs) == network.predict(inputs))
        #expect(
          back.history == network.history && back.loss.recipe.recipeText == network.loss.recipe.recipeText)
        try back.save(to: folder + "/again")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/again.json")) == first)
        #expect(back.weights == network.weights)
      }
    }
  }

  @Test("of version 1 stay readable")
  func golden() throws {
    let folder = try #require(Bundle.module.resourcePath) + "/Fixtures"
    let network = try TrainedNetwork(contentsOf: folder + "/network-v1")
    let inputs = Tensor<Double>((0..<32).map { Double($0) / 16 - 1 }, shape: [2, 4, 4, 1])
    let expected: [Double] = [0.2682068347930908, 1.0800652503967285]
    #expect(network.predict(inputs).elements == expected)
    #expect(network.parameterCount == 69 && network.history.epochs == 2)
  }

  @Test("hold tensors that other programs read and write")
  func peers() throws {
    let folder = try #require(Bundle.module.resourcePath) + "/Fixtures"
    let file = try Safetensors(
      decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/peer.safetensors")))
    #expect(
      file["weight"]?.shape == [2, 3] && file["weight"]?.values == .float([0, 0.25, 0.5, 0.75, 1, 1.25]))
    #expect(file["bias"]?.values == .double([0.1, -2.5e-300]) && file["nothing"]?.shape == [0, 4])
    #expect(file.metadata == ["writer": "safetensors"])
    #expect(try Safetensors(decoding: try file.encoded()) == file)
  }

  @Test("that are broken are refused")
  func broken() throws {
    let good = try Safetensors([.init(name: "a", shape: [2], values: .float([1, 2]))]).encoded()
    func reason(_ data: Data) -> String {
      do {
        _ = try Safetensors(decoding: data)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(reason(Data([1, 2, 3])).contains("3 bytes only"))
    #expect(reason(Data(repeating: 0xFF, count: 64)).contains("longer than the file"))
    #expect(reason(good.dropLast(3)).contains("bytes of a are not where"))
    #expect(reason(good + [0]).contains("belong to no tensor"))
    func header(_ text: String, body: Int) -> Data {
      var data = Data()
      withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { data.append(contentsOf: $0) }
      return data + Data(text.utf8) + Data(repeating: 0, count: body)
    }
    #expect(reason(header("{}x", body: 0)).contains("no JSON"))
    #expect(
      reason(header(#"{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}"#, body: 1)).contains("type I8"))
    #expect(
      reason(header(#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, body: 4)).contains(
        "shape [-1]"))
    #expect(
      reason(header(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, body: 8)).contains(
        "not where"))
    #expect(
      reason(
        header(#"{"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,4]}}"#, body: 4)
      ).contains("shape"))
  }

  @Test("with any byte changed or missing are read or refused, but never a trap")
  func damaged() throws {
    let good = try Safetensors(
      [
        .init(name: "a", shape: [2, 1], values: .float([1, 2])),
        .init(name: "b", shape: [1], values: .double([3])),
      ], metadata: ["x": "y"]
    ).encoded()
    for index in good.indices {
      for byte: UInt8 in [0, 0x2D, 0x39, 0x65, 0x7F, 0xFF] {
        var bad = good
        bad[index] = byte
        _ = try? Safetensors(decoding: bad)
      }
      #expect(throws: NetworkError.self) { try Safetensors(decoding: good.prefix(index)) }
    }
    // Offsets that no difference of whole numbers can hold.
    let header =
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,-9223372036854775808]}}"#
    let length = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    #expect(
      throws: NetworkError.unknownFormat(reason: "the bytes of b are not where its shape and the header say")
    ) {
      try Safetensors(decoding: length + Data(header.utf8) + Data(repeating: 0, count: 8))
    }
  }

  @Test("that no file can hold are not written")
  func unwritable() {
    let one = Safetensors.Entry(name: "a", shape: [1], values: .float([1]))
    #expect(throws: NetworkError.self) { try Safetensors([one, one]).encoded() }
    #expect(throws: NetworkError.self) {
      try Safetensors([.init(name: "a", shape: [2], values: .float([1]))]).encoded()
    }
    #expect(throws: NetworkError.self) {
      try Safetensors([.init(name: "__metadata__", shape: [1], values: .float([1]))]).encoded()
    }
  }

  @Test("name the file and what is wrong with it")
  func explained() throws {
    try withFolder { folder in
      let path = folder + "/network"
      #expect(
        throws: NetworkError.unknownFormat(reason: "the file \(path).json is missing or cannot be read")
      ) {
        try TrainedNetwork(contentsOf: path)
      }
      try trained([Dense(2)], [3]).save(to: path)
      let url = URL(fileURLWithPath: path + ".json")
      let text = try String(contentsOf: url, encoding: .utf8)
      try text.replacingOccurrences(of: "\"dense\"", with: "\"dens\"").write(
        to: url, atomically: true, encoding: .utf8)
      #expect(throws: NetworkError.unknownFormat(reason: "\(path).json: unknown layer \"dens\"")) {
        try TrainedNetwork(contentsOf: path)
      }
      try text.write(to: url, atomically: true, encoding: .utf8)
      try FileManager.default.removeItem(atPath: path + ".safetensors")
      #expect(
        throws: NetworkError.unknownFormat(
          reason: "the file \(path).safetensors is missing or cannot be read")
      ) { try TrainedNetwork(contentsOf: path) }
    }
  }

  @Test("of another network are refused by the name of what differs; code cannot be saved")
  func mismatches() throws {
    struct Own: Module {
      let layer = Dense(2)
      func callAsFunction(_ x: Variable) throws -> Variable { try layer(x) }
    }
    let small = try trained([Dense(2)], [3])
    let large = try trained([Dense(4)], [3])
    #expect(throws: NetworkError.parametersDiffer(name: "layers.0.weight", expected: [4, 3], found: [2, 3])) {
      try large.replacing(weights: small.weights)
    }
    #expect(throws: NetworkError.unknownFormat(reason: "the network has no parameters called extra")) {
      var weights = small.weights
      weights.entries.append(.init(name: "extra", shape: [1], values: .float([1])))
      return try small.replacing(weights: weights)
    }
    let own = try trained([Own()], [3])
    try withFolder { folder in
      #expect(throws: NetworkError.notExportable(layer: "Own", format: "JSON")) {
        try own.save(to: folder + "/own")
      }
      let custom = try trained([Dense(2)], [3], loss: CustomLoss("mine") { ($0 - $1).map(.square) })
      #expect(throws: NetworkError.notExportable(layer: "mine", format: "JSON")) {
        try custom.save(to: folder + "/custom")
      }
      #expect(throws: (any Error).self) { try TrainedNetwork(contentsOf: folder + "/none") }
      try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/odd.json"))
      #expect(throws: NetworkError.self) { try TrainedNetwork(contentsOf: folder + "/odd") }
    }
    let moved = try trained([Own()], [3]).replacing(weights: own.weights)
    #expect(moved.predict(data([3]).inputs) == own.predict(data([3]).inputs))
  }
}
