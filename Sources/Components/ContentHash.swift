/// The SHA-256 digest of bytes (FIPS 180-4): what tells whether a file is still the same.
public enum ContentHash {
  /// The digest as 64 hexadecimal digits.
  public static func sha256(_ bytes: some Collection<UInt8>) -> String {
    var state = initialState
    var message = Array(bytes)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    for start in stride(from: 0, to: message.count, by: 64) { compress(message[start..<start + 64], &state) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value >> count | value << (32 - count)
  }

  private static func compress(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
    var words = [UInt32](repeating: 0, count: 64)
    for (index, byte) in block.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
    for t in 16..<64 {
      let small0 = rotated(words[t - 15], 7) ^ rotated(words[t - 15], 18) ^ (words[t - 15] >> 3)
      let small1 = rotated(words[t - 2], 17) ^ rotated(words[t - 2], 19) ^ (words[t - 2] >> 10)
      words[t] = words[t - 16] &+ small0 &+ words[t - 7] &+ small1
    }
    var v = state
    for t in 0..<64 {
      let large1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ large1 &+ choice &+ constants[t] &+ words[t]
      let large0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [first &+ large0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for index in 0..<8 { state[index] = state[index] &+ v[index] }
  }

  /// The fractional parts of the square roots of the first eight primes, and of the cube roots of the first 64: 32
  /// bits each, by whole-number arithmetic.
  private static let initialState = primes(8).map { fractionOfRoot($0, degree: 2) }
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
