/// The part of a product's result that one task computes: some rows of it, for some lane groups.
///
/// Every number of a result is a chain of its own, so that no cut can change a bit.
public struct ProductPart: Hashable, Sendable {
  /// The elements of the result.
  public var rows: Range<Int>
  /// The lane groups, of those of every element.
  public var groups: Range<Int>

  /// The part of these rows and lane groups.
  public init(rows: Range<Int>, groups: Range<Int>) {
    self.rows = rows
    self.groups = groups
  }
}

/// A product's result cut into parts of about the same size, by its sizes alone.
///
/// The longer side is halved, again and again, until a part is little work.
public struct ProductCut: Sendable {
  /// How many parts there are.
  public let count: Int
  private let rowParts: Int
  private let rows: Int
  private let groups: Int

  /// The multiplications of a part, about: eight microseconds of one core.
  private static var workOfPart: Int { 1 << 20 }
  private static var rowsAtOnce: Int { 4 }
  private static var mostParts: Int { 16 }

  /// The cut of a result of `rows` × `groups` whose numbers are chains of `steps`.
  ///
  /// Rows are kept together by fours; lane groups are cut only if `cutsGroups`.
  public init(rows: Int, groups: Int, laneCount: Int, steps: Int, cutsGroups: Bool) {
    var (rowParts, groupParts) = (1, 1)
    let work = rows * groups * laneCount * steps
    while work / (2 * rowParts * groupParts) >= Self.workOfPart, rowParts * groupParts < Self.mostParts {
      let (height, width) = (rows / rowParts, groups * laneCount / groupParts)
      if cutsGroups, width >= height, width >= 8 * laneCount {
        groupParts *= 2
      } else if height >= 48 {
        rowParts *= 2
      } else {
        break
      }
    }
    self.rows = rows
    self.groups = groups
    self.rowParts = rowParts
    count = rowParts * groupParts
  }

  /// The part of this number.
  public subscript(index: Int) -> ProductPart {
    let groupParts = count / rowParts
    let (row, group) = (index % rowParts, index / rowParts)
    let atOnce = Self.rowsAtOnce
    let blocks = (rows + atOnce - 1) / atOnce
    let first = blocks * row / rowParts * atOnce
    let last = min(rows, blocks * (row + 1) / rowParts * atOnce)
    return ProductPart(
      rows: first..<last, groups: groups * group / groupParts..<groups * (group + 1) / groupParts)
  }
}
