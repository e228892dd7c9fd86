public import Kernels

/// Raw memory for numbers, aligned for vectors and filled with zeros; freed with its owner.
public final class WorkMemory<Scalar: KernelScalar>: @unchecked Sendable {
  /// The first number.
  public let base: UnsafeMutablePointer<Scalar>
  /// How many numbers there is room for.
  public let count: Int

  /// Room for `count` numbers, all zero.
  public init(count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Scalar>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    base = raw.bindMemory(to: Scalar.self, capacity: max(count, 1))
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
