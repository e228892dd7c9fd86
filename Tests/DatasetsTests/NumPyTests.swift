import Components
import Datasets
import Foundation
import Tensors
import Testing

@Suite("NumPy's files")
struct NumPyTests {
  private static func fixture(_ name: String) throws -> Data {
    let folder = try #require(Bundle.module.resourceURL)
    return try Data(contentsOf: folder.appending(path: "Fixtures/\(name)"))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  /// A file of one axis with a header of its own.
  private func file(_ header: String, numbers: Int = 0, version: UInt8 = 1) -> Data {
    let text = Array(header.utf8)
    let bytes: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [version, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
    return Data(bytes + [UInt8](repeating: 0, count: numbers))
  }

  @Test("hold the same numbers in every type, order and version")
  func types() throws {
    let archive = try NPZReader(try Self.fixture("arrays.npz"), name: "arrays.npz")
    let expected = (0..<24).map(Double.init)
    for name in archive.names where name.contains("-") {
      let array = try archive.array(named: name)
      #expect(array.shape == [2, 3, 4], "\(name)")
      #expect(array.isWhole == !(name.hasPrefix("f") || name.hasPrefix("v")), "\(name)")
      #expect(array.elements == (name.hasPrefix("b1") ? expected.map { min($0, 1) } : expected), "\(name)")
    }
    #expect(archive.names.count { $0.contains("-") } == 47)
    #expect(try archive.array(named: "scalar").elements == [2.5])
    let odd = try archive.array(named: "odd").elements
    #expect(odd[0].isNaN && odd[1] == .infinity && odd[2].sign == .minus && odd[4] == 1 / 3)
    #expect(odd[3] == Double.leastNonzeroMagnitude)
  }

  @Test("of other types, broken or lying, say so")
  func problems() throws {
    let archive = try NPZReader(try Self.fixture("arrays.npz"), name: "a.npz")
    let known = "arrays may hold f4, f8, i1 to i8, u1 to u8 and b1"
    let types = [
      ("complex", "the npy file \"a.npz:complex\" holds \"<c16\"; \(known)"),
      ("text", "the npy file \"a.npz:text\" holds \"<U1\"; \(known)"),
      ("records", "the npy file \"a.npz:records\" holds records; arrays hold plain numbers"),
      ("scaler", "the archive \"a.npz\" has no array \"scaler\" (did you mean \"scalar\"?)"),
    ]
    for (name, expected) in types { #expect(message { _ = try archive.array(named: name) } == expected) }
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n"
    let files: [(Data, String)] = [
      (Data("hello".utf8), "does not begin like one"), (Data(), "does not begin like one"),
      (file(header, version: 9), "has the unknown version 9"),
      (file(header).prefix(20), "ends in its header"),
      (file(header, numbers: 15), "has 15 bytes of numbers, but its shape 2 takes 16"),
      (file(header, numbers: 17), "has 17 bytes of numbers, but its shape 2 takes 16"),
      (file("{'descr': '<f8', 'shape': (2,)}"), "has no \"fortran_order\" in its header"),
      (
        file(header.replacingOccurrences(of: "(2,)", with: "(4294967296, 4294967296)")),
        "has an impossible shape"
      ),
    ]
    for (data, expected) in files {
      #expect(
        message { _ = try NPYReader().read(data, name: "a.npy") } == "the npy file \"a.npy\" \(expected)")
    }
  }

  @Test("in archives are checked")
  func archives() throws {
    let whole = try Self.fixture("pair.npz")
    func problem(_ data: Data) -> String {
      message {
        let archive = try NPZReader(data, name: "p.npz")
        for name in archive.names { _ = try archive.array(named: name) }
      }
    }
    #expect(problem(whole).isEmpty)
    #expect(problem(Data("PK".utf8)) == "the zip file \"p.npz\" does not begin like one")
    #expect(problem(whole.prefix(whole.count - 30)) == "the zip file \"p.npz\" ends before its directory")
    var flipped = whole
    flipped[300] ^= 1
    #expect(problem(flipped) == "the zip file \"p.npz\" is damaged at \"X.npy\"")
    // No byte that is changed or missing may trap.
    var stream = RandomStream(seed: 1, .data)
    let compressed = try Self.fixture("arrays.npz")
    for _ in 0..<400 {
      var data = stream.integer(below: 2) == 0 ? whole : compressed
      for _ in 0..<3 { data[stream.integer(below: data.count)] = UInt8(stream.integer(below: 256)) }
      _ = problem(data.prefix(data.count - stream.integer(below: 3) * stream.integer(below: 200)))
    }
  }

  @Test("become examples of their shape")
  func examples() throws {
    let archive = try NPZReader(try Self.fixture("pair.npz"), name: "pair.npz")
    let (x, y) = (try archive.array(named: "X"), try archive.array(named: "y"))
    let data = try Dataset.arrays(inputs: x, targets: y, names: ("X", "y"))
    #expect(data.sampleShape == [4, 4] && data.count == 3 && data.features.count == 16)
    #expect(data.features[5].name == "x2,2")
    #expect(data.classified().targets == .classes([1, 0, 1], names: ["0", "3"]))
    #expect(try data.reshaped([2, 8]).inputs.shape == [3, 2, 8])
    #expect(
      message { _ = try data.reshaped([3, 5]) }
        == "the shape 3 × 5 needs 15 numbers an example, but there are 16")
    #expect(
      message { _ = try Dataset.arrays(inputs: x, targets: x.first(2), names: ("X", "y")) }
        == "\"X\" has 3 examples, but \"y\" has 2")
  }
}

extension NumPyArray {
  /// The first rows, by way of a file.
  fileprivate func first(_ rows: Int) throws -> NumPyArray {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), 16), }"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8))
    for value in elements.prefix(rows * 16) {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    return try NPYReader().read(data, name: "part.npy")
  }
}
