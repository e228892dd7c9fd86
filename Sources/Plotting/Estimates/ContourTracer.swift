/// Finds the outlines of the regions where a grid's values reach a level, by marching squares (Lorensen and Cline
/// 1987 in two dimensions), with linear interpolation along the grid's lines and saddles decided by their mean.
struct ContourTracer {
  /// The columns' places.
  let x: [Double]
  /// The rows' places.
  let y: [Double]
  let grid: ValueGrid

  /// A closed outline; `isOnBorder` tells for each of its sides whether it runs along the border of the grid.
  struct Outline {
    var points: [(x: Double, y: Double)]
    var isOnBorder: [Bool]
  }

  /// A corner of the grid, or the place on one of its lines where the level is crossed: numbered, so that pieces
  /// meet exactly.
  private typealias Vertex = Int

  /// The outlines of the region of values at or above a level; cells with a value that is not finite are left out.
  func outlines(above level: Double) -> [Outline] {
    let (width, height) = (min(x.count, grid.columns), min(y.count, grid.rows))
    guard width > 1, height > 1 else { return [] }
    var next: [Vertex: [Vertex]] = [:]
    var starts: [Vertex] = []
    for row in 0..<(height - 1) {
      for column in 0..<(width - 1) {
        for piece in pieces(column, row, level) {
          for (index, start) in piece.enumerated() {
            add(from: start, to: piece[(index + 1) % piece.count], &next, &starts)
          }
        }
      }
    }
    return joined(&next, starts).map { outline($0, level) }
  }

  /// Adds a side; one that is there the other way lies between two pieces, and both vanish.
  private func add(
    from start: Vertex, to end: Vertex, _ next: inout [Vertex: [Vertex]], _ starts: inout [Vertex]
  ) {
    guard start != end else { return }
    if let place = next[end]?.firstIndex(of: start) {
      next[end]?.remove(at: place)
      return
    }
    next[start, default: []].append(end)
    starts.append(start)
  }

  private func joined(_ next: inout [Vertex: [Vertex]], _ starts: [Vertex]) -> [[Vertex]] {
    var loops: [[Vertex]] = []
    for start in starts {
      while let first = next[start]?.popLast() {
        var loop = [start]
        var vertex = first
        while vertex != start {
          loop.append(vertex)
          guard let following = next[vertex]?.popLast() else { break }
          vertex = following
        }
        if loop.count > 2 { loops.append(loop) }
      }
    }
    return loops
  }

  // MARK: Cells

  /// The parts of a cell at or above the level, counterclockwise.
  private func pieces(_ column: Int, _ row: Int, _ level: Double) -> [[Vertex]] {
    let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    let values = corners.map { grid[$0.0, $0.1] }
    guard values.allSatisfy(\.isFinite) else { return [] }
    let inside = values.map { $0 >= level }
    guard inside.contains(true) else { return [] }
    let sides = [
      horizontal(column, row), vertical(column + 1, row), horizontal(column, row + 1), vertical(column, row),
    ]
    let isSaddle = inside[0] == inside[2] && inside[1] == inside[3] && inside[0] != inside[1]
    if isSaddle, values.reduce(0, { $0 + $1 / 4 }) < level {
      return (0..<4).filter { inside[$0] }.map {
        [sides[($0 + 3) % 4], corner(corners[$0].0, corners[$0].1), sides[$0]]
      }
    }
    var piece: [Vertex] = []
    for index in 0..<4 {
      if inside[index] { piece.append(corner(corners[index].0, corners[index].1)) }
      if inside[index] != inside[(index + 1) % 4] { piece.append(sides[index]) }
    }
    return [piece]
  }

  private func corner(_ column: Int, _ row: Int) -> Vertex { 3 * (row * grid.columns + column) }
  /// On the line from a corner to the right.
  private func horizontal(_ column: Int, _ row: Int) -> Vertex { corner(column, row) + 1 }
  /// On the line from a corner upward.
  private func vertical(_ column: Int, _ row: Int) -> Vertex { corner(column, row) + 2 }

  // MARK: Places

  private func outline(_ loop: [Vertex], _ level: Double) -> Outline {
    Outline(
      points: loop.map { place($0, level) },
      isOnBorder: loop.indices.map { liesOnBorder(loop[$0], loop[($0 + 1) % loop.count]) })
  }

  private func place(_ vertex: Vertex, _ level: Double) -> (x: Double, y: Double) {
    let (column, row) = (vertex / 3 % grid.columns, vertex / 3 / grid.columns)
    if vertex % 3 == 0 { return (x[column], y[row]) }
    let (nextColumn, nextRow) = vertex % 3 == 1 ? (column + 1, row) : (column, row + 1)
    let (from, to) = (grid[column, row], grid[nextColumn, nextRow])
    let share = min(max((level - from) / (to - from), 0), 1)
    return (
      x[column] + share * (x[nextColumn] - x[column]), y[row] + share * (y[nextRow] - y[row])
    )
  }

  /// Whether a side is no contour: it runs along the edge of the cells that have values.
  ///
  /// Contours join crossings; a side with a corner at its end only closes the region.
  private func liesOnBorder(_ start: Vertex, _ end: Vertex) -> Bool { start % 3 == 0 || end % 3 == 0 }
}
