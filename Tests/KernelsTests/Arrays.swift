import Kernels

/// Random numbers for tests, by a counter.
struct Words {
  let seed: UInt64
  private var count: UInt32 = 0

  init(seed: UInt64) { self.seed = seed }

  /// A number from 0 up to 1.
  mutating func uniform() -> Double {
    count += 1
    return Double(Philox.words(counter: (count, 0, 0, 0), key: seed).0) * 0x1p-32
  }

  /// Numbers between −1 and 1.
  mutating func numbers<Scalar: KernelScalar>(_ count: Int) -> [Scalar] {
    (0..<count).map { _ in Scalar(2 * uniform() - 1) }
  }
}

/// Memory aligned for lane groups, with a guard behind its numbers that nobody may write.
///
/// It is never freed, so that no pointer into it outlives it.
final class Memory<Scalar: KernelScalar> {
  let base: UnsafeMutablePointer<Scalar>
  let count: Int
  private static var guardCount: Int { 64 }

  init(_ values: [Scalar]) {
    count = values.count
    let total = count + Self.guardCount
    base = UnsafeMutableRawPointer.allocate(byteCount: total * MemoryLayout<Scalar>.stride, alignment: 64)
      .bindMemory(to: Scalar.self, capacity: total)
    for (index, value) in values.enumerated() { base[index] = value }
    for index in count..<total { base[index] = 12345 }
  }

  convenience init(count: Int) { self.init([Scalar](repeating: 777, count: count)) }

  var values: [Scalar] { Array(UnsafeBufferPointer(start: base, count: count)) }
  var isGuarded: Bool { (count..<count + Self.guardCount).allSatisfy { base[$0] == 12345 } }
}

/// A function of every number by the kernel.
func mapped<Scalar: KernelScalar>(_ function: ElementFunction, _ x: [Scalar]) -> [Scalar] {
  let groups = Scalar.groups(for: x.count)
  let padding = [Scalar](repeating: 0, count: groups * Scalar.laneCount - x.count)
  let source = Memory(x + padding)
  let result = Memory<Scalar>(count: groups * Scalar.laneCount)
  Scalar.map(function, source.base, result.base, groups: groups)
  return Array(result.values.prefix(x.count))
}

/// Whether all numbers have the same bits.
func sameBits<Scalar: KernelScalar>(_ first: [Scalar], _ second: [Scalar]) -> Bool {
  first.count == second.count
    && zip(first, second).allSatisfy { $0 == $1 && $0.sign == $1.sign || $0.isNaN && $1.isNaN }
}
