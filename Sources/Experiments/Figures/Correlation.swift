/// The linear correlation of two columns, as Pearson (1895) has it:
/// `r = Σ(xᵢ − x̄)(yᵢ − ȳ) / √(Σ(xᵢ − x̄)² Σ(yᵢ − ȳ)²)`, over the rows where both values are finite.
///
/// It is not a number where fewer than two rows have both values, or where one column is constant.
func pearsonCorrelation(_ x: [Double], _ y: [Double]) -> Double {
  let pairs = zip(x, y).filter { $0.0.magnitude < 1e150 && $0.1.magnitude < 1e150 }
  guard let first = pairs.first, pairs.count > 1 else { return .nan }
  // Differences from the first pair keep digits of columns far from zero.
  let count = Double(pairs.count)
  let means = pairs.reduce(into: (x: 0.0, y: 0.0)) { sums, pair in
    sums.x += (pair.0 - first.0) / count
    sums.y += (pair.1 - first.1) / count
  }
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for pair in pairs {
    let (dx, dy) = (pair.0 - first.0 - means.x, pair.1 - first.1 - means.y)
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  let isConstant = pairs.allSatisfy { $0.0 == first.0 } || pairs.allSatisfy { $0.1 == first.1 }
  guard !isConstant, xx > 0, yy > 0 else { return .nan }
  return min(max(xy / (xx.squareRoot() * yy.squareRoot()), -1), 1)
}

/// A name for each of a number of columns, no two alike: missing ones are `x_1`, `x_2` …, repeated ones numbered.
func distinctNames(_ names: [String], count: Int, letter: String = "x") -> [String] {
  var known: Set<String> = []
  return (0..<max(count, 0)).map { index in
    let name = index < names.count && !names[index].isEmpty ? names[index] : "\(letter)_{\(index + 1)}"
    var distinct = name
    var number = 2
    while !known.insert(distinct).inserted {
      distinct = "\(name) (\(number))"
      number += 1
    }
    return distinct
  }
}

/// A name that is cut where it would need too much room beside an axis.
func shortened(_ name: String, to length: Int) -> String {
  name.count > length ? name.prefix(max(length - 1, 1)) + "…" : name
}
