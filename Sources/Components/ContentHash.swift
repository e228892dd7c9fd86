/// The SHA-256 digest of bytes (FIPS 180-4): what tells whether a file is still the same.
///
/// Bytes may come in parts; those of a large file are read where they are, never copied.
public struct ContentHash: Sendable {
  private var state = Self.initialState
  /// The bytes that do not fill a block yet.
  private var pending: [UInt8] = []
  private var count: UInt64 = 0

  /// The digest of nothing yet.
  public init() { pending.reserveCapacity(64) }

  /// The digest of bytes as 64 hexadecimal digits.
  public static func sha256(_ bytes: some Collection<UInt8>) -> String {
    var hash = ContentHash()
    if bytes.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { hash.update($0) }
    }
    return hash.digest
  }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes { Self.compress($0, &state) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    Self.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), &state)
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// Adds a text, and where it ends.
  public mutating func update(_ text: String) {
    Array(text.utf8).withUnsafeBytes { bytes in
      update(bytes.count)
      update(bytes)
    }
  }

  /// Adds a whole number.
  public mutating func update(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { update($0) }
  }

  /// Adds numbers, their number first, by their bits.
  public mutating func update(_ numbers: [Double]) {
    update(numbers.count)
    #if _endian(little)
      numbers.withUnsafeBytes { update($0) }
    #else
      for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { update($0) } }
    #endif
  }

  /// The digest of all bytes so far as 64 hexadecimal digits.
  public var digest: String {
    var (state, message) = (state, pending)
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: (count * 8) >> UInt64(shift)))
    }
    message.withUnsafeBytes { Self.compress($0, &state) }
    return (0..<8).map { index in
      let digits = String(state[index], radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  @inline(__always)
  private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value &>> count | value &<< (32 &- count)
  }

  /// Adds whole blocks of 64 bytes.
  private static func compress(_ blocks: UnsafeRawBufferPointer, _ state: inout SIMD8<UInt32>) {
    guard let base = blocks.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { buffer in
      constants.withUnsafeBufferPointer { table in
        guard let words = buffer.baseAddress, let constants = table.baseAddress else { return }
        for start in stride(from: 0, to: blocks.count, by: 64) {
          for t in 0..<16 {
            words[t] = UInt32(
              bigEndian: base.loadUnaligned(fromByteOffset: start &+ 4 &* t, as: UInt32.self))
          }
          for t in 16..<64 {
            let (early, late) = (words[t &- 15], words[t &- 2])
            let small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
            let small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
            words[t] = words[t &- 16] &+ small0 &+ words[t &- 7] &+ small1
          }
          mix(words, constants, &state)
        }
      }
    }
  }

  /// The 64 rounds of a block.
  @inline(__always)
  private static func mix(
    _ words: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>, _ state: inout SIMD8<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let large1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ large1 &+ choice &+ constants[t] &+ words[t]
      let large0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ large0 &+ majority)
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  /// The fractional parts of the square roots of the first eight primes, and of the cube roots of the first 64: 32
  /// bits each, by whole-number arithmetic.
  private static let initialState = SIMD8(primes(8).map { fractionOfRoot($0, degree: 2) })
  private static let constants = primes(64).map { fractionOfRoot($0, degree: 3) }

  private static func primes(_ count: Int) -> [UInt64] {
    var found: [UInt64] = []
    var candidate: UInt64 = 2
    while found.count < count {
      if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }

  /// The first 32 bits behind the binary point of a root: the largest r with (r / 2³²)ᵈ ≤ n, without its whole part.
  private static func fractionOfRoot(_ number: UInt64, degree: Int) -> UInt32 {
    var low: UInt64 = 0
    var high: UInt64 = 1 << 37
    while high - low > 1 {
      let middle = (low + high) / 2
      if isPower(of: middle, degree, atMost: number) { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }

  /// Whether `rootᵈ ≤ number · 2³²ᵈ`, with 128-bit arithmetic.
  private static func isPower(of root: UInt64, _ degree: Int, atMost number: UInt64) -> Bool {
    let square = UInt128(root) * UInt128(root)
    if degree == 2 { return square <= UInt128(number) << 64 }
    // root³ needs up to 111 bits.
    return square * UInt128(root) <= UInt128(number) << 96
  }
}
