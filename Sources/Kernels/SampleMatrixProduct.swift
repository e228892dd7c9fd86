/// A matrix of a value: its sizes and how far neighbors lie apart, in elements.
public struct MatrixLayout: Hashable, Sendable {
  /// The distance of neighboring rows.
  public var rowStep: Int
  /// The distance of neighboring columns.
  public var columnStep: Int
  /// The distance of neighboring matrices.
  public var matrixStep: Int

  /// A matrix of so many columns, or the transpose of one.
  public init(rows: Int, columns: Int, isTransposed: Bool) {
    rowStep = isTransposed ? 1 : columns
    columnStep = isTransposed ? rows : 1
    matrixStep = rows * columns
  }
}

/// Products of matrices that every sample has its own of, and of matrices that are no batch.
public protocol MatrixPairKernels: TileKernels {
  static func multiplyMatrices(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, count: Int,
    rows: Int, inner: Int, columns: Int, a aLayout: MatrixLayout, b bLayout: MatrixLayout, groups: Int)
}

extension MatrixPairKernels where Self: KernelScalar {
  /// `c[i, j] = Σₖ a[i, k] b[k, j]` for `count` pairs of matrices, of every sample or (with no lane groups) of values
  /// that are no batch; the chain over k in order from +0 with fused multiply-add.
  @inline(never)
  public static func multiplyMatrices(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, count: Int,
    rows: Int, inner: Int, columns: Int, a aLayout: MatrixLayout, b bLayout: MatrixLayout, groups: Int
  ) {
    for matrix in 0..<count {
      let width = max(groups &* laneCount, 1)
      let left = a + matrix &* aLayout.matrixStep &* width
      let right = b + matrix &* bLayout.matrixStep &* width
      let target = c + matrix &* rows &* columns &* width
      if groups > 0 {
        multiplyLanes(left, right, target, rows, inner, columns, aLayout, bLayout, groups)
      } else {
        multiplyNumbers(left, right, target, rows, inner, columns, aLayout, bLayout)
      }
    }
  }

  @inline(__always)
  private static func multiplyLanes(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, _ rows: Int,
    _ inner: Int, _ columns: Int, _ aLayout: MatrixLayout, _ bLayout: MatrixLayout, _ groups: Int
  ) {
    let width = groups &* laneCount
    var row = 0
    while row < rows {
      let height = rows &- row >= 4 && Processor.hasWideRegisters ? 4 : 1
      var column = 0
      while column < columns {
        let breadth = columns &- column >= 4 ? 4 : 1
        for group in 0..<groups {
          let lane = group &* laneCount
          multiplyTile(
            rows: height, columns: breadth, a + (row &* aLayout.rowStep &* width &+ lane),
            aLayout.rowStep &* groups, aLayout.columnStep &* groups,
            b + (column &* bLayout.columnStep &* width &+ lane), bLayout.rowStep &* groups,
            bLayout.columnStep &* groups, inner, c + ((row &* columns &+ column) &* width &+ lane),
            columns &* groups, groups)
        }
        column &+= breadth
      }
      row &+= height
    }
  }

  @inline(__always)
  private static func multiplyNumbers(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, _ rows: Int,
    _ inner: Int, _ columns: Int, _ aLayout: MatrixLayout, _ bLayout: MatrixLayout
  ) {
    for row in 0..<rows {
      let target = c + row &* columns
      for column in 0..<columns { target[column] = 0 }
      for k in 0..<inner {
        let factor = a[row &* aLayout.rowStep &+ k &* aLayout.columnStep]
        let source = b + k &* bLayout.rowStep
        if bLayout.columnStep == 1 {
          for column in 0..<columns {
            target[column] = target[column].addingProduct(factor, source[column])
          }
        } else {
          for column in 0..<columns {
            target[column] = target[column].addingProduct(factor, source[column &* bLayout.columnStep])
          }
        }
      }
    }
  }
}
