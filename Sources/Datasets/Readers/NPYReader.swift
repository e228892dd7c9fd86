import Components
import Foundation
import Tensors

/// An array of a NumPy file.
public struct NumPyArray: Sendable, Equatable {
  /// The sizes along the axes.
  public let shape: Shape
  /// The elements as numbers, the last axis fastest.
  public let elements: [Double]
  /// Whether the file holds whole numbers or truth values.
  public let isWhole: Bool

  /// The array as a tensor.
  public var tensor: Tensor<Double> { Tensor(elements, shape: shape) }
}

/// Reads NumPy's files of one array (versions 1 to 3 of its format), compressed by gzip or not.
///
/// Floating-point numbers of 4 and 8 bytes, whole numbers of 1 to 8 bytes and truth values become Double; those beyond
/// 2⁵³ are rounded. Arrays may be of either byte order, by rows or by columns.
public struct NPYReader: Sendable {
  /// A reader.
  public init() {}

  /// Reads a file.
  ///
  /// `path` is where it lies, `name` what messages call it, the path unless given. Throws `DataFileError`.
  public func read(path: String, name: String? = nil) throws -> NumPyArray {
    try read(try DataFile.bytes(path: path, name: name ?? path), name: name ?? path)
  }

  /// Reads the bytes of a file.
  public func read(_ data: Data, name: String) throws -> NumPyArray {
    try data.withUnsafeBytes { raw in
      let bytes = BinaryBytes(bytes: raw)
      guard bytes.text(1..<6) == "NUMPY", raw[0] == 0x93 else {
        throw broken(name, "does not begin like one")
      }
      let version = bytes.integer(at: 6, width: 1) ?? 0
      guard (1...3).contains(version) else {
        throw DataFileError.unsupported(
          path: name, format: "npy", reason: "has the unknown version \(version)")
      }
      let width = version == 1 ? 2 : 4
      guard let length = bytes.integer(at: 8, width: width), let text = bytes.part(8 + width, count: length)
      else { throw broken(name, "ends in its header") }
      let header = try NPYHeader(String(decoding: text, as: UTF8.self), file: name)
      let start = 8 + width + length
      return try array(header, bytes, from: start, name: name)
    }
  }

  private func array(_ header: NPYHeader, _ bytes: BinaryBytes, from start: Int, name: String) throws
    -> NumPyArray
  {
    let number = header.number
    var count = 1
    for size in header.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      // A product of zero makes any size fit.
      guard !overflows, product <= 1 << 48 else { throw broken(name, "has an impossible shape") }
      count = product
    }
    let (found, needed) = (bytes.count - start, count * number.width)
    guard found == needed, let content = bytes.part(start, count: needed) else {
      throw broken(
        name,
        "has \(found) bytes of numbers, but its shape \(Shape(header.shape)) takes \(needed)")
    }
    var elements = number.values(content)
    if header.isByColumns { elements = Self.byRows(elements, header.shape) }
    return NumPyArray(shape: Shape(header.shape), elements: elements, isWhole: number.kind != .float)
  }

  /// The elements with the last axis fastest of those with the first axis fastest.
  private static func byRows(_ elements: [Double], _ shape: [Int]) -> [Double] {
    guard shape.count > 1, !elements.isEmpty else { return elements }
    var steps = shape
    var step = 1
    for axis in shape.indices {
      steps[axis] = step
      step *= shape[axis]
    }
    var place = [Int](repeating: 0, count: shape.count)
    var offset = 0
    return elements.indices.map { _ in
      let value = elements[offset]
      var axis = shape.count - 1
      while axis >= 0 {
        place[axis] += 1
        offset += steps[axis]
        if place[axis] < shape[axis] { break }
        offset -= shape[axis] * steps[axis]
        place[axis] = 0
        axis -= 1
      }
      return value
    }
  }

  private func broken(_ name: String, _ reason: String) -> DataFileError {
    .broken(path: name, format: "npy", reason: reason)
  }
}

/// The header of a NumPy file: a Python dictionary such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
private struct NPYHeader {
  let number: BinaryNumber
  let isByColumns: Bool
  let shape: [Int]

  init(_ text: String, file: String) throws {
    func value(_ key: String, _ pattern: some RegexComponent<(Substring, Substring)>) throws -> String {
      guard let key = text.firstRange(of: "'\(key)':"),
        let match = text[key.upperBound...].prefixMatch(of: pattern)
      else {
        throw DataFileError.broken(path: file, format: "npy", reason: "has no \"\(key)\" in its header")
      }
      return String(match.output.1)
    }
    let type = try value("descr", /\s*('[^']*'|\[)/)
    isByColumns = try value("fortran_order", /\s*(True|False)/) == "True"
    let sizes = try value("shape", /\s*\(([0-9, ]*)\)/)
    let texts = sizes.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    shape = texts.compactMap { Int($0) }
    guard shape.count == texts.count else {
      throw DataFileError.broken(path: file, format: "npy", reason: "has an impossible shape")
    }
    number = try Self.number(String(type.filter { $0 != "'" }), file: file)
  }

  private static func number(_ type: String, file: String) throws -> BinaryNumber {
    let letters = Array(type)
    let widths: [Character: [Int]] = ["f": [4, 8], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "b": [1]]
    guard letters.count == 3, "<>|=".contains(letters[0]), let width = letters[2].wholeNumberValue,
      widths[letters[1]]?.contains(width) ?? false
    else {
      throw DataFileError.unsupported(
        path: file, format: "npy",
        reason: type == "["
          ? "holds records; arrays hold plain numbers"
          : "holds \"\(type)\"; arrays may hold f4, f8, i1 to i8, u1 to u8 and b1")
    }
    let kinds: [Character: BinaryNumber.Kind] = ["f": .float, "i": .signed]
    return BinaryNumber(kind: kinds[letters[1]] ?? .unsigned, width: width, isBigEndian: letters[0] == ">")
  }
}
