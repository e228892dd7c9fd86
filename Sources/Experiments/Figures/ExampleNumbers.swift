import Tensors

/// Numbers for the examples of figures: always the same.
struct ExampleNumbers {
  private var stream: RandomStream

  init(_ number: Int) { stream = RandomStream(seed: 0, .data, number) }

  /// Normally distributed numbers.
  mutating func normal(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in mean + deviation * stream.normal() }
  }

  /// Numbers between two ends.
  mutating func uniform(_ count: Int, _ low: Double = 0, _ high: Double = 1) -> [Double] {
    (0..<count).map { _ in stream.uniform(low, high) }
  }

  /// Whole numbers from zero.
  mutating func integers(_ count: Int, below end: Int) -> [Int] {
    (0..<count).map { _ in stream.integer(below: end) }
  }
}
