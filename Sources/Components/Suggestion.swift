/// The known name nearest to a misspelled one.
public enum Suggestion {
  /// A hint such as `did you mean "adam"?`, or the list of the names that begin so, or of
  /// all where there are few and none is near.
  public static func hint(for name: String, among known: [String]) -> String? {
    if let match = nearest(to: name, among: known) { return "did you mean \"\(match)\"?" }
    let longer = known.filter { $0.hasPrefix(name + "-") }
    if !longer.isEmpty { return "known: \(longer.joined(separator: ", "))" }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    return "known: \(known.joined(separator: ", "))"
  }

  /// The nearest name if it is near enough to be a slip: at most a third of the letters differ, or one is the
  /// beginning of the other.
  public static func nearest(to name: String, among known: [String]) -> String? {
    let wanted = Array(name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." })
    var best: (distance: Int, name: String)?
    for candidate in known {
      let letters = Array(candidate.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." })
      let isBeginning =
        min(letters.count, wanted.count) >= 3
        && (letters.starts(with: wanted) || wanted.starts(with: letters))
      let distance = isBeginning ? min(1, editDistance(wanted, letters)) : editDistance(wanted, letters)
      guard isBeginning || distance <= max(1, max(wanted.count, letters.count) / 3) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and swaps of neighbors between two words (Damerau 1964, the restricted
  /// form).
  static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var twoBack = [Int](repeating: 0, count: second.count + 1)
    var previous = Array(0...second.count)
    for row in 1...first.count {
      var current = [row] + [Int](repeating: 0, count: second.count)
      for column in 1...second.count {
        let cost = first[row - 1] == second[column - 1] ? 0 : 1
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        let swapped =
          row > 1 && column > 1 && first[row - 1] == second[column - 2]
          && first[row - 2] == second[column - 1]
        if swapped { current[column] = min(current[column], twoBack[column - 2] + 1) }
      }
      twoBack = previous
      previous = current
    }
    return previous[second.count]
  }
}
