import Datasets
import Foundation
import Tensors
import Testing

@Suite("Files of the format of the MNIST digits")
struct IDXTests {
  private func data(_ type: UInt8, _ sizes: [Int], _ numbers: [UInt8]) -> Data {
    let sizes = sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
    return Data([0, 0, type, UInt8(sizes.count / 4)] + sizes + numbers)
  }

  private func message(_ data: Data) -> String {
    do {
      _ = try IDXReader().read(data, name: "a")
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("hold bytes, whole numbers and fractions, big end first")
  func types() throws {
    let reader = IDXReader()
    #expect(try reader.read(data(8, [2], [1, 255]), name: "a").elements == [1, 255])
    #expect(try reader.read(data(9, [2], [1, 255]), name: "a").elements == [1, -1])
    #expect(try reader.read(data(0x0B, [1], [1, 2]), name: "a").elements == [258])
    #expect(try reader.read(data(0x0C, [1], [255, 255, 255, 254]), name: "a").elements == [-2])
    #expect(try reader.read(data(0x0D, [1], [0x3F, 0xC0, 0, 0]), name: "a").elements == [1.5])
    #expect(try reader.read(data(0x0E, [1], [0xC0, 0, 0, 0, 0, 0, 0, 0]), name: "a").elements == [-2])
  }

  @Test("that lie or break off say so")
  func problems() {
    #expect(message(Data()) == "the idx file \"a\" does not begin like one")
    #expect(message(Data([1, 2, 8, 1])) == "the idx file \"a\" does not begin like one")
    #expect(message(data(0x0A, [1], [1])) == "the idx file \"a\" has the unknown type 10")
    #expect(message(Data([0, 0, 8, 3, 0])) == "the idx file \"a\" ends in its header")
    #expect(
      message(data(8, [2, 2], [1, 2, 3]))
        == "the idx file \"a\" has 3 bytes of numbers, but its shape 2 × 2 takes 4")
    #expect(
      message(data(8, [1 << 31, 1 << 31, 1 << 31], [])) == "the idx file \"a\" has an impossible shape")
  }

  @Test("become images with classes")
  func images() throws {
    let images = try IDXReader().read(data(8, [2, 2, 3], Array(0..<12)), name: "images")
    let labels = try IDXReader().read(data(8, [2], [7, 2]), name: "labels")
    let found = try IDXReader.dataset(images: images, labels: labels, names: ("images", "labels"))
    #expect(found.sampleShape == [2, 3, 1] && found.inputs.elements == (0..<12).map(Double.init))
    #expect(found.targets == .classes([1, 0], names: ["2", "7"]))
    let short = try IDXReader().read(data(8, [1], [7]), name: "labels")
    #expect(throws: DataFileError.differentCounts(first: "i", firstCount: 2, second: "l", secondCount: 1)) {
      try IDXReader.dataset(images: images, labels: short, names: ("i", "l"))
    }
  }
}
