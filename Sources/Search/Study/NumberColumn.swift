import Foundation

/// A growing column of numbers in raw memory, which kernels read by its address: filled up to a multiple of 8 entries,
/// copied when it is changed while another value shares it.
struct NumberColumn<Number: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private final class Memory {
    var base: UnsafeMutablePointer<Number>
    var capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }
  }

  private var memory: Memory
  private let filling: Number
  /// The number of entries.
  private(set) var count = 0

  /// An empty column; beyond its end it reads as the filling.
  init(filling: Number, capacity: Int = 0) {
    self.filling = filling
    memory = Memory(capacity: Self.rounded(max(capacity, 8)))
    memory.base.initialize(repeating: filling, count: memory.capacity)
  }

  private static func rounded(_ count: Int) -> Int { (count + 7) / 8 * 8 }

  /// The entries, valid as long as the column is not changed.
  var base: UnsafePointer<Number> { UnsafePointer(memory.base) }

  subscript(index: Int) -> Number {
    get { memory.base[index] }
    set {
      claim(count)
      memory.base[index] = newValue
    }
  }

  mutating func append(_ number: Number) {
    claim(count + 1)
    memory.base[count] = number
    count += 1
  }

  mutating func insert(_ number: Number, at index: Int) {
    claim(count + 1)
    (memory.base + index + 1).update(from: memory.base + index, count: count - index)
    memory.base[index] = number
    count += 1
  }

  /// Makes sure that nobody else sees changes and that there is room.
  private mutating func claim(_ wanted: Int) {
    let isAlone = isKnownUniquelyReferenced(&memory)
    guard !isAlone || wanted > memory.capacity else { return }
    // A quarter more at a time: columns are many and long.
    let capacity = Self.rounded(
      wanted > memory.capacity ? max(wanted, memory.capacity + memory.capacity / 4) : memory.capacity)
    let new = Memory(capacity: capacity)
    new.base.update(from: memory.base, count: count)
    (new.base + count).initialize(repeating: filling, count: capacity - count)
    memory = new
  }
}
