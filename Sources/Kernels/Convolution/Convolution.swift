/// The three products of a convolution: forward, back to the input, and the gradient of the filters.
///
/// Shapes of all: filters × kernel height × kernel width × channels for weights, height × width × channels rows of
/// lane groups for images.
public protocol ConvolutionKernels: TileKernels {
  static func convolution(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Self>,
    _ y: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int, function: ElementFunction)
  static func transposedConvolution(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int)
  static func contractConvolution(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int)
}

/// The register tiles that cover a product: 6, 4 or 1 rows times 4, 2 or 1 lane groups, as the registers allow.
enum TileShape {
  /// The rows of the next tile, where so many are left.
  @inline(__always)
  static func rows(_ left: Int) -> Int { left >= 6 && left != 8 ? 6 : left >= 4 ? 4 : 1 }

  /// The lane groups of the next tile, where so many are left.
  @inline(__always)
  static func columns(_ left: Int) -> Int {
    guard Processor.hasWideRegisters else { return 1 }
    return left >= 4 ? 4 : left >= 2 ? 2 : 1
  }

  /// The columns of the next tile of sums over positions, where so many are left.
  @inline(__always)
  static func sums(_ left: Int) -> Int { Processor.hasWideRegisters && left >= 4 ? 4 : 1 }
}

/// The windows along an axis that meet an element of the input.
///
/// Which of their elements it is, in order, goes on in steps, and so does the number of the window.
struct WindowRange {
  /// How many there are.
  private(set) var count = 0
  /// The element of the first window, and how many elements the next one lies behind.
  private(set) var element = 0
  private(set) var elementStep = 0
  /// The number of the first window, and of the next one behind it.
  private(set) var output = 0
  private(set) var outputStep = 0

  @inline(__always)
  init(at place: Int, kernel: Int, stride: Int, dilation: Int, outputs: Int) {
    for number in 0..<kernel {
      let start = place &- number &* dilation
      // Later elements belong to windows before the first one.
      guard start >= 0 else { return }
      guard start % stride == 0, start / stride < outputs else { continue }
      if count == 0 {
        (element, output) = (number, start / stride)
      } else if count == 1 {
        (elementStep, outputStep) = (number &- element, start / stride &- output)
      }
      count &+= 1
    }
  }
}

extension ConvolutionKernels where Self: KernelScalar {
  /// `y[o, p] = g(b[o] + Σ w[o, t] x[p + t])` for every sample, the chain over the window's rows, columns and channels
  /// in order with fused multiply-add.
  @inline(never)
  public static func convolution(
    _ weights: UnsafePointer<Self>, _ bias: UnsafePointer<Self>?, _ x: UnsafePointer<Self>,
    _ y: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int, function: ElementFunction
  ) {
    let row = groups &* laneCount
    let (window, run) = geometry.runs
    let (filters, terms) = (geometry.filters, geometry.filterCount)
    let (height, width) = (geometry.outputHeight, geometry.outputWidth)
    var filter = 0
    while filter < filters {
      let rows = TileShape.rows(filters &- filter)
      for down in 0..<height {
        for right in 0..<width {
          let source = x + geometry.window(down, right) &* row
          let target = y + ((down &* width &+ right) &* filters &+ filter) &* row
          var group = 0
          while group < groups {
            let columns = TileShape.columns(groups &- group)
            convolveTile(
              rows: rows, columns: columns, weights + filter &* terms, terms, bias.map { $0 + filter },
              source + group &* laneCount, window, run, groups, target + group &* laneCount, groups)
            group &+= columns
          }
          if function != .identity { map(function, target, target, groups: rows &* groups) }
        }
      }
      filter &+= rows
    }
  }

  /// `z[c, q] = Σ w[o, t, c] d[o, p]` over all windows p and elements t of them that meet q: rows and columns of the
  /// filter in order, then filters.
  @inline(never)
  public static func transposedConvolution(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let row = groups &* laneCount
    let (channels, filters) = (geometry.channels, geometry.filters)
    for down in 0..<geometry.inputHeight {
      let rows = WindowRange(
        at: down, kernel: geometry.kernelHeight, stride: geometry.stride.down,
        dilation: geometry.dilation.down, outputs: geometry.outputHeight)
      for right in 0..<geometry.inputWidth {
        let places = WindowRange(
          at: right, kernel: geometry.kernelWidth, stride: geometry.stride.right,
          dilation: geometry.dilation.right, outputs: geometry.outputWidth)
        let first = rows.output &* geometry.outputWidth &+ places.output
        let element = rows.element &* geometry.kernelWidth &+ places.element
        let window = TileWindow(
          height: rows.count, width: places.count,
          down: rows.outputStep &* geometry.outputWidth &* filters, right: places.outputStep &* filters,
          weightsDown: rows.elementStep &* geometry.kernelWidth &* channels,
          weightsRight: places.elementStep &* channels)
        let source = d + first &* filters &* row
        let target = z + (down &* geometry.inputWidth &+ right) &* channels &* row
        var channel = 0
        while channel < channels {
          let height = TileShape.rows(channels &- channel)
          var group = 0
          while group < groups {
            let columns = TileShape.columns(groups &- group)
            accumulateTile(
              rows: height, columns: columns, weights + (element &* channels &+ channel),
              geometry.filterCount, source + group &* laneCount, window, filters, groups,
              target + (channel &* groups &+ group) &* laneCount, groups)
            group &+= columns
          }
          channel &+= height
        }
      }
    }
  }

  /// `result[o, t] = Σ d[o, p] x[p + t]` over positions and samples: blocks of 256 samples; within one, every lane
  /// adds up the positions in order and in each the lane groups in order; then the lanes by the fixed tree; then the
  /// blocks.
  @inline(never)
  public static func contractConvolution(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let blockGroups = samplesPerBlock / laneCount
    let (window, run) = geometry.runs
    let stride = geometry.stride
    let grid = TileGrid(
      height: geometry.outputHeight, width: geometry.outputWidth,
      dDown: geometry.outputWidth &* geometry.filters &* groups, dRight: geometry.filters &* groups,
      xDown: stride.down &* geometry.inputWidth &* geometry.channels &* groups,
      xRight: stride.right &* geometry.channels &* groups)
    // On the stack: beyond 1 kB a temporary allocation goes to the heap, and is not aligned for lanes there.
    var scratch = InlineArray<32, Lanes>(repeating: .zero)
    withUnsafeMutablePointer(to: &scratch) { scratch in
      let sums = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Lanes.self)
      for first in Swift.stride(from: 0, to: groups, by: blockGroups) {
        let count = min(blockGroups, groups &- first)
        for down in 0..<window.height {
          for right in 0..<window.width {
            let offset = down &* window.down &+ right &* window.right
            let element = down &* window.weightsDown &+ right &* window.weightsRight
            contractRun(
              d + first &* laneCount, x + (offset &* groups &+ first) &* laneCount, result + element,
              geometry, grid, run, groups, count, sums, isFirst: first == 0)
          }
        }
      }
    }
  }

  /// The sums of the elements of one run, for all filters.
  @inline(__always)
  private static func contractRun(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, _ grid: TileGrid, _ run: Int, _ groups: Int, _ count: Int,
    _ sums: UnsafeMutablePointer<Lanes>, isFirst: Bool
  ) {
    let filters = geometry.filters
    let terms = geometry.filterCount
    var term = 0
    while term < run {
      let columns = TileShape.sums(run &- term)
      var filter = 0
      while filter < filters {
        let rows = TileShape.rows(filters &- filter)
        correlateTile(
          rows: rows, columns: columns, d + filter &* groups &* laneCount, groups,
          x + term &* groups &* laneCount, groups, grid, count,
          UnsafeMutableRawPointer(sums).assumingMemoryBound(to: Self.self))
        storeSums(sums, rows, columns, result + (filter &* terms &+ term), terms, isFirst: isFirst)
        filter &+= rows
      }
      term &+= columns
    }
  }

  /// Adds the lanes of every sum by the fixed tree and stores or adds the totals.
  @inline(__always)
  private static func storeSums(
    _ sums: UnsafeMutablePointer<Lanes>, _ rows: Int, _ columns: Int, _ result: UnsafeMutablePointer<Self>,
    _ terms: Int, isFirst: Bool
  ) {
    let filled = rows &* columns
    var first = 0
    while first < filled {
      let count = min(laneCount, filled &- first)
      if count < laneCount { for i in count..<laneCount { sums[first &+ i] = .zero } }
      let totals = Lanes.transposedSums(UnsafePointer(sums + first))
      for i in 0..<count {
        let (row, column) = (first &+ i).quotientAndRemainder(dividingBy: columns)
        let at = row &* terms &+ column
        result[at] = isFirst ? totals[i] : result[at] + totals[i]
      }
      first &+= count
    }
  }
}
