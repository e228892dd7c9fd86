import Components
import Foundation
import Tensors

/// Reads files of the format of the MNIST digits, compressed by gzip or not.
///
/// Four bytes tell the type of the numbers and how many axes there are; the sizes follow, then the numbers, all big-endian.
public struct IDXReader: Sendable {
  /// A reader.
  public init() {}

  /// Reads a file.
  ///
  /// `path` is where it lies, `name` what messages call it, the path unless given. Throws `DataFileError`.
  public func read(path: String, name: String? = nil) throws -> Tensor<Double> {
    try read(try DataFile.bytes(path: path, name: name ?? path), name: name ?? path)
  }

  /// Reads the bytes of a file.
  public func read(_ data: Data, name: String) throws -> Tensor<Double> {
    try data.withUnsafeBytes { raw in
      let bytes = BinaryBytes(bytes: raw)
      guard bytes.integer(at: 0, width: 2) == 0, let type = bytes.integer(at: 2, width: 1),
        let rank = bytes.integer(at: 3, width: 1), rank > 0
      else { throw Self.broken(name, "does not begin like one") }
      guard let number = Self.number(type) else {
        throw DataFileError.unsupported(path: name, format: "idx", reason: "has the unknown type \(type)")
      }
      var sizes: [Int] = []
      var count = 1
      for axis in 0..<rank {
        guard let size = bytes.integer(at: 4 + 4 * axis, width: 4, isBigEndian: true) else {
          throw Self.broken(name, "ends in its header")
        }
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        guard !overflows, product <= 1 << 48 else { throw Self.broken(name, "has an impossible shape") }
        sizes.append(size)
        count = product
      }
      let start = 4 + 4 * rank
      let (found, needed) = (bytes.count - start, count * number.width)
      guard found == needed, let content = bytes.part(start, count: needed) else {
        throw Self.broken(
          name, "has \(found) bytes of numbers, but its shape \(Shape(sizes)) takes \(needed)")
      }
      return Tensor(number.values(content), shape: Shape(sizes))
    }
  }

  private static func number(_ type: Int) -> BinaryNumber? {
    switch type {
    case 0x08: BinaryNumber(kind: .unsigned, width: 1, isBigEndian: true)
    case 0x09: BinaryNumber(kind: .signed, width: 1, isBigEndian: true)
    case 0x0B: BinaryNumber(kind: .signed, width: 2, isBigEndian: true)
    case 0x0C: BinaryNumber(kind: .signed, width: 4, isBigEndian: true)
    case 0x0D: BinaryNumber(kind: .float, width: 4, isBigEndian: true)
    case 0x0E: BinaryNumber(kind: .float, width: 8, isBigEndian: true)
    default: nil
    }
  }

  private static func broken(_ name: String, _ reason: String) -> DataFileError {
    .broken(path: name, format: "idx", reason: reason)
  }

  /// Images with their labels: the images become height × width × 1, the labels classes.
  ///
  /// Throws `DataFileError`.
  public static func dataset(
    images: Tensor<Double>, labels: Tensor<Double>, names: (images: String, labels: String)
  ) throws -> Dataset {
    guard images.shape.rank >= 2 else { throw broken(names.images, "holds no images") }
    guard labels.shape.rank == 1 else { throw broken(names.labels, "holds no labels") }
    guard images.rows == labels.rows else {
      throw DataFileError.differentCounts(
        first: names.images, firstCount: images.rows, second: names.labels, secondCount: labels.rows)
    }
    let sizes = images.shape.dimensions
    let shaped = Tensor(images.elements, shape: Shape(sizes.count == 3 ? sizes + [1] : sizes))
    return Dataset(
      features: Dataset.features(ofSample: Array(shaped.shape.dimensions.dropFirst())), inputs: shaped,
      targets: .values(Tensor(labels.elements, shape: [labels.rows, 1]), names: ["label"])
    ).classified()
  }
}
