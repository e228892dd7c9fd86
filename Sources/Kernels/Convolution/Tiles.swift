internal import CVectors

/// The register tiles of products over rows of lane groups, by the number of result rows and lane groups that they
/// cover; each is compiled once for floats and once for doubles.
///
/// Strides count lane groups, as do the sizes of rows.
public protocol TileKernels {
  /// `y[i] = start[i] + Σ w[i, t] x[t]` over runs of rows of x.
  static func convolveTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Self>, _ wStride: Int, _ start: UnsafePointer<Self>?,
    _ x: UnsafePointer<Self>, _ window: TileWindow, _ run: Int, _ groups: Int,
    _ y: UnsafeMutablePointer<Self>, _ yStride: Int)
  /// `z[i] = Σ w[t, i] d[t]` over runs of rows of d.
  static func accumulateTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Self>, _ wStride: Int, _ d: UnsafePointer<Self>,
    _ window: TileWindow, _ count: Int, _ groups: Int, _ z: UnsafeMutablePointer<Self>, _ zStride: Int)
  /// `sums[i, j] = Σ d[p, i] x[p, j]` lane by lane over the positions of a grid.
  static func correlateTile(
    rows: Int, columns: Int, _ d: UnsafePointer<Self>, _ dRow: Int, _ x: UnsafePointer<Self>, _ xRow: Int,
    _ grid: TileGrid, _ groups: Int, _ sums: UnsafeMutablePointer<Self>)
  /// `c[i, j] = Σ a[i, k] b[k, j]` lane by lane.
  static func multiplyTile(
    rows: Int, columns: Int, _ a: UnsafePointer<Self>, _ aRow: Int, _ aStep: Int, _ b: UnsafePointer<Self>,
    _ bStep: Int, _ bColumn: Int, _ inner: Int, _ c: UnsafeMutablePointer<Self>, _ cRow: Int, _ cColumn: Int)
}

/// The runs of rows that a chain goes over: `height` times `width` of them, neighbors `down` or `right` rows apart, and
/// their weights `weightsDown` or `weightsRight` numbers.
///
/// A window counts on: offsets in an array would have to be allocated for each product.
public struct TileWindow: Sendable {
  var height: Int
  var width: Int
  var down: Int
  var right: Int
  var weightsDown: Int
  var weightsRight: Int

  @inline(__always)
  fileprivate var forC: lectern_window {
    lectern_window(
      height: height, width: width, down: down, right: right, w_down: weightsDown, w_right: weightsRight)
  }
}

/// The positions that a correlation sums over, with the distances of neighbors in lane groups.
public struct TileGrid: Sendable {
  var height: Int
  var width: Int
  var dDown: Int
  var dRight: Int
  var xDown: Int
  var xRight: Int
}

extension Float: TileKernels {
  public static func convolveTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Float>, _ wStride: Int, _ start: UnsafePointer<Float>?,
    _ x: UnsafePointer<Float>, _ window: TileWindow, _ run: Int, _ groups: Int,
    _ y: UnsafeMutablePointer<Float>, _ yStride: Int
  ) {
    var window = window.forC
    switch (rows, columns) {
    case (6, 4): lectern_convolve_6x4_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (6, 2): lectern_convolve_6x2_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (6, 1): lectern_convolve_6x1_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 4): lectern_convolve_4x4_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 2): lectern_convolve_4x2_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 1): lectern_convolve_4x1_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (1, 4): lectern_convolve_1x4_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    case (1, 2): lectern_convolve_1x2_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    default: lectern_convolve_1x1_float16(w, wStride, start, x, &window, run, groups, y, yStride)
    }
  }

  public static func accumulateTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Float>, _ wStride: Int, _ d: UnsafePointer<Float>,
    _ window: TileWindow, _ count: Int, _ groups: Int, _ z: UnsafeMutablePointer<Float>, _ zStride: Int
  ) {
    var window = window.forC
    switch (rows, columns) {
    case (6, 4):
      lectern_accumulate_6x4_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (6, 2):
      lectern_accumulate_6x2_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (6, 1):
      lectern_accumulate_6x1_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 4):
      lectern_accumulate_4x4_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 2):
      lectern_accumulate_4x2_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 1):
      lectern_accumulate_4x1_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (1, 4):
      lectern_accumulate_1x4_float16(w, wStride, d, &window, count, groups, z, zStride)
    case (1, 2):
      lectern_accumulate_1x2_float16(w, wStride, d, &window, count, groups, z, zStride)
    default:
      lectern_accumulate_1x1_float16(w, wStride, d, &window, count, groups, z, zStride)
    }
  }

  public static func correlateTile(
    rows: Int, columns: Int, _ d: UnsafePointer<Float>, _ dRow: Int, _ x: UnsafePointer<Float>,
    _ xRow: Int, _ grid: TileGrid, _ groups: Int, _ sums: UnsafeMutablePointer<Float>
  ) {
    switch (rows, columns) {
    case (6, 4):
      lectern_correlate_6x4_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (6, 1):
      lectern_correlate_6x1_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (4, 4):
      lectern_correlate_4x4_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (4, 1):
      lectern_correlate_4x1_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (1, 4):
      lectern_correlate_1x4_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    default:
      lectern_correlate_1x1_float16(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    }
  }

  public static func multiplyTile(
    rows: Int, columns: Int, _ a: UnsafePointer<Float>, _ aRow: Int, _ aStep: Int,
    _ b: UnsafePointer<Float>, _ bStep: Int, _ bColumn: Int, _ inner: Int,
    _ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ cColumn: Int
  ) {
    switch (rows, columns) {
    case (4, 4):
      lectern_multiply_lanes_4x4_float16(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    case (4, 1):
      lectern_multiply_lanes_4x1_float16(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    case (1, 4):
      lectern_multiply_lanes_1x4_float16(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    default: lectern_multiply_lanes_1x1_float16(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    }
  }
}

extension Double: TileKernels {
  public static func convolveTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Double>, _ wStride: Int, _ start: UnsafePointer<Double>?,
    _ x: UnsafePointer<Double>, _ window: TileWindow, _ run: Int, _ groups: Int,
    _ y: UnsafeMutablePointer<Double>, _ yStride: Int
  ) {
    var window = window.forC
    switch (rows, columns) {
    case (6, 4): lectern_convolve_6x4_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (6, 2): lectern_convolve_6x2_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (6, 1): lectern_convolve_6x1_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 4): lectern_convolve_4x4_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 2): lectern_convolve_4x2_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (4, 1): lectern_convolve_4x1_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (1, 4): lectern_convolve_1x4_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    case (1, 2): lectern_convolve_1x2_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    default: lectern_convolve_1x1_double8(w, wStride, start, x, &window, run, groups, y, yStride)
    }
  }

  public static func accumulateTile(
    rows: Int, columns: Int, _ w: UnsafePointer<Double>, _ wStride: Int, _ d: UnsafePointer<Double>,
    _ window: TileWindow, _ count: Int, _ groups: Int, _ z: UnsafeMutablePointer<Double>, _ zStride: Int
  ) {
    var window = window.forC
    switch (rows, columns) {
    case (6, 4):
      lectern_accumulate_6x4_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (6, 2):
      lectern_accumulate_6x2_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (6, 1):
      lectern_accumulate_6x1_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 4):
      lectern_accumulate_4x4_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 2):
      lectern_accumulate_4x2_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (4, 1):
      lectern_accumulate_4x1_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (1, 4):
      lectern_accumulate_1x4_double8(w, wStride, d, &window, count, groups, z, zStride)
    case (1, 2):
      lectern_accumulate_1x2_double8(w, wStride, d, &window, count, groups, z, zStride)
    default:
      lectern_accumulate_1x1_double8(w, wStride, d, &window, count, groups, z, zStride)
    }
  }

  public static func correlateTile(
    rows: Int, columns: Int, _ d: UnsafePointer<Double>, _ dRow: Int, _ x: UnsafePointer<Double>,
    _ xRow: Int, _ grid: TileGrid, _ groups: Int, _ sums: UnsafeMutablePointer<Double>
  ) {
    switch (rows, columns) {
    case (6, 4):
      lectern_correlate_6x4_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (6, 1):
      lectern_correlate_6x1_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (4, 4):
      lectern_correlate_4x4_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (4, 1):
      lectern_correlate_4x1_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    case (1, 4):
      lectern_correlate_1x4_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    default:
      lectern_correlate_1x1_double8(
        d, dRow, x, xRow, grid.height, grid.width, grid.dDown, grid.dRight, grid.xDown, grid.xRight, groups,
        sums)
    }
  }

  public static func multiplyTile(
    rows: Int, columns: Int, _ a: UnsafePointer<Double>, _ aRow: Int, _ aStep: Int,
    _ b: UnsafePointer<Double>, _ bStep: Int, _ bColumn: Int, _ inner: Int,
    _ c: UnsafeMutablePointer<Double>, _ cRow: Int, _ cColumn: Int
  ) {
    switch (rows, columns) {
    case (4, 4):
      lectern_multiply_lanes_4x4_double8(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    case (4, 1):
      lectern_multiply_lanes_4x1_double8(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    case (1, 4):
      lectern_multiply_lanes_1x4_double8(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    default: lectern_multiply_lanes_1x1_double8(a, aRow, aStep, b, bStep, bColumn, inner, c, cRow, cColumn)
    }
  }
}
