import Kernels

/// What random numbers are drawn for.
///
/// The number of a purpose never changes, so that a new purpose moves no stream.
public enum RandomPurpose: UInt32, Sendable {
  case data = 1
  case noise = 2
  case split = 3
  case folds = 4
  case weights = 5
  case shuffling = 6
  case dropout = 7
  case sampler = 8
  case replica = 9
  case cell = 10
  case validation = 11
  case optimizer = 12
  case discriminatorLatent = 13
  case generatorLatent = 14
  case interpolation = 15
  case latentSamples = 16
  case resampling = 17
  case augmentation = 18
  case repetition = 19
  case trialNoise = 20
}

/// A stream of random numbers that depends on nothing but its seed, its purpose and its indices: which fold,
/// which replica, which epoch.
///
/// Streams with different keys are independent, whatever order they are read in.
public struct RandomStream: Sendable {
  /// What all numbers of the stream follow from.
  public let key: UInt64
  private var block: UInt64 = 0
  private var pending: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var pendingCount = 0

  /// The stream of a purpose and its indices under a seed.
  public init(seed: UInt64, _ purpose: RandomPurpose, _ indices: Int...) {
    key = Self.key(seed: seed, purpose, indices)
  }

  /// The stream of an index under the key of another stream, whatever that one has been asked for: with the key alone
  /// it can be drawn again.
  public init(under key: UInt64, _ index: Int) {
    self.key = Self.mixed(key, UInt64(bitPattern: Int64(index)), at: .max)
  }

  /// The key of a stream, for kernels that draw by counter.
  public static func key(seed: UInt64, _ purpose: RandomPurpose, _ indices: [Int]) -> UInt64 {
    var key = mixed(seed, UInt64(purpose.rawValue), at: 0)
    for (position, index) in indices.enumerated() {
      key = mixed(key, UInt64(bitPattern: Int64(index)), at: UInt32(position + 1))
    }
    return key
  }

  /// A key that depends on another one and on a value at a position of the list of indices.
  private static func mixed(_ key: UInt64, _ value: UInt64, at position: UInt32) -> UInt64 {
    let words = Philox.words(
      counter: (UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32), position, 0x4C65),
      key: key)
    return UInt64(words.0) | UInt64(words.1) << 32
  }

  /// 32 random bits.
  public mutating func nextWord() -> UInt32 {
    if pendingCount == 0 {
      pending = Philox.words(
        counter: (UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), 0, 0), key: key)
      block += 1
      pendingCount = 4
    }
    pendingCount -= 1
    switch pendingCount {
    case 3: return pending.0
    case 2: return pending.1
    case 1: return pending.2
    default: return pending.3
    }
  }

  /// A number from 0 up to 1, with 53 random bits.
  public mutating func uniform() -> Double {
    let high = UInt64(nextWord())
    let low = UInt64(nextWord())
    return Double((high << 32 | low) >> 11) * 0x1p-53
  }

  /// A number of the interval.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// A whole number from 0 up to `count`, each equally likely (Lemire 2019).
  public mutating func integer(below count: Int) -> Int {
    let bound = UInt64(max(count, 1))
    var product = UInt64(nextWord()).multipliedFullWidth(by: bound << 32)
    // Bounds are far below 2³², so that one word decides; the rejected rest is below bound / 2³².
    let threshold = (UInt64(1) << 32) % bound
    while (product.low >> 32) < threshold, bound < 1 << 32 {
      product = UInt64(nextWord()).multipliedFullWidth(by: bound << 32)
    }
    return Int(product.high)
  }

  /// A number of the standard normal distribution (Box and Muller 1958, the cosine branch: two uniforms a number).
  public mutating func normal() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * .pi * uniform())
  }

  /// The numbers from 0 up to `count` in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Writes the numbers from 0 on in random order: what every epoch of a training does.
  public mutating func permute(_ order: UnsafeMutableBufferPointer<Int32>) {
    for index in order.indices { order[index] = Int32(index) }
    guard order.count > 1 else { return }
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      let other = integer(below: last + 1)
      let kept = order[last]
      order[last] = order[other]
      order[other] = kept
    }
  }

  /// Brings the elements into random order.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1))
    }
  }
}
