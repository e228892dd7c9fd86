import Tensors

/// Choices of some out of many.
enum Subsets {
  /// How many choices of `size` out of `total` there are; nil beyond 10¹⁸.
  static func count(of total: Int, size: Int) -> Int? {
    guard size >= 0, size <= total else { return 0 }
    var count = 1
    for step in 0..<min(size, total - size) {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: total - step)
      guard !isTooLarge else { return nil }
      count = product / (step + 1)
    }
    return count <= 1_000_000_000_000_000_000 ? count : nil
  }

  /// All choices in the order of their elements, each rising.
  static func all(of total: Int, size: Int) -> [[Int]] {
    var choice = Array(0..<size)
    var choices: [[Int]] = [choice]
    // The last element that can still grow grows by one, and those behind it follow close.
    while let place = choice.indices.last(where: { choice[$0] < total - size + $0 }) {
      let start = choice[place] + 1
      for index in place..<size { choice[index] = start + index - place }
      choices.append(choice)
    }
    return choices
  }

  /// Different choices, drawn one after the other (Floyd's algorithm: Bentley 1987).
  static func drawn(
    _ count: Int, of total: Int, size: Int, using stream: inout RandomStream
  ) -> [[Int]] {
    var seen: Set<[Int]> = []
    var choices: [[Int]] = []
    while choices.count < count {
      var chosen: Set<Int> = []
      for last in total - size..<total {
        let candidate = stream.integer(below: last + 1)
        chosen.insert(chosen.contains(candidate) ? last : candidate)
      }
      let choice = chosen.sorted()
      if seen.insert(choice).inserted { choices.append(choice) }
    }
    return choices
  }
}
