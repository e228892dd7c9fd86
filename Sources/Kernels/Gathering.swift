/// Rows of a table that each sample chooses by number.
///
/// Numbers are stored as floating-point values; those outside the table are taken for its nearest end, so that no
/// memory beside it is touched (data are checked before they get here).
public protocol GatheringKernels {
  static func gatherRows(
    _ table: UnsafePointer<Self>, _ indices: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ sizes: GatheringSizes, lanes: Int)
  static func scatterRows(
    _ u: UnsafePointer<Self>, _ indices: UnsafePointer<Self>, _ table: UnsafeMutablePointer<Self>,
    _ sizes: GatheringSizes, lanes: Int)
}

/// The sizes of a choice of rows.
public struct GatheringSizes: Hashable, Sendable {
  /// The rows of the table.
  public var rows: Int
  /// The numbers of a row.
  public var width: Int
  /// How many rows a sample chooses.
  public var choices: Int
  /// Whether each sample has a table of its own.
  public var isTableBatched: Bool

  /// The sizes of a choice of rows.
  public init(rows: Int, width: Int, choices: Int, isTableBatched: Bool) {
    self.rows = rows
    self.width = width
    self.choices = choices
    self.isTableBatched = isTableBatched
  }
}

extension GatheringKernels where Self: KernelScalar {
  @inline(__always)
  private static func row(_ number: Self, _ sizes: GatheringSizes) -> Int {
    number >= 0 ? min(Int(min(number, Self(sizes.rows))), sizes.rows &- 1) : 0
  }

  /// `result[c, e] = table[indices[c], e]` for every sample.
  @inline(never)
  public static func gatherRows(
    _ table: UnsafePointer<Self>, _ indices: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ sizes: GatheringSizes, lanes: Int
  ) {
    for choice in 0..<sizes.choices {
      for lane in 0..<lanes {
        let first = row(indices[choice &* lanes &+ lane], sizes) &* sizes.width
        let target = result + (choice &* sizes.width &* lanes &+ lane)
        if sizes.isTableBatched {
          for element in 0..<sizes.width {
            target[element &* lanes] = table[(first &+ element) &* lanes &+ lane]
          }
        } else {
          for element in 0..<sizes.width { target[element &* lanes] = table[first &+ element] }
        }
      }
    }
  }

  /// `table[indices[c], e] = Σ u[c, e]`: choices in order, for a common table the samples of each in order.
  @inline(never)
  public static func scatterRows(
    _ u: UnsafePointer<Self>, _ indices: UnsafePointer<Self>, _ table: UnsafeMutablePointer<Self>,
    _ sizes: GatheringSizes, lanes: Int
  ) {
    let count = sizes.rows &* sizes.width &* (sizes.isTableBatched ? lanes : 1)
    for index in 0..<count { table[index] = 0 }
    for choice in 0..<sizes.choices {
      for lane in 0..<lanes {
        let first = row(indices[choice &* lanes &+ lane], sizes) &* sizes.width
        let source = u + (choice &* sizes.width &* lanes &+ lane)
        if sizes.isTableBatched {
          for element in 0..<sizes.width {
            table[(first &+ element) &* lanes &+ lane] += source[element &* lanes]
          }
        } else {
          for element in 0..<sizes.width { table[first &+ element] += source[element &* lanes] }
        }
      }
    }
  }
}
