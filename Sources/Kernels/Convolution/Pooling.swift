/// Windows of images that are made into one value each: images in rows of lane groups, channels last.
public protocol PoolingKernels {
  static func selectMaxima(
    _ x: UnsafePointer<Self>, _ v: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int)
  static func scatterMaxima(
    _ x: UnsafePointer<Self>, _ u: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int)
  static func sumWindows(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int)
  static func spreadWindows(
    _ u: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int)
}

extension PoolingKernels where Self: KernelScalar {
  /// Calls a body for every window and channel with its row in the output and the row of its first element.
  @inline(__always)
  private static func forEachWindow(
    _ geometry: ConvolutionGeometry, _ body: (_ output: Int, _ input: Int) -> Void
  ) {
    let channels = geometry.channels
    for down in 0..<geometry.outputHeight {
      for right in 0..<geometry.outputWidth {
        let first = geometry.window(down, right)
        let row = (down &* geometry.outputWidth &+ right) &* channels
        for channel in 0..<channels { body(row &+ channel, first &+ channel) }
      }
    }
  }

  /// Calls a body for the rows of a window's elements behind the first, row by row.
  @inline(__always)
  private static func forEachElement(_ geometry: ConvolutionGeometry, _ body: (_ offset: Int) -> Void) {
    for ky in 0..<geometry.kernelHeight {
      for kx in 0..<geometry.kernelWidth {
        body(
          (ky &* geometry.dilation.down &* geometry.inputWidth &+ kx &* geometry.dilation.right)
            &* geometry.channels)
      }
    }
  }

  /// `y[p] = v[q]` with q the first element of window p where `x` is largest: max pooling where `v` is `x`.
  @inline(never)
  public static func selectMaxima(
    _ x: UnsafePointer<Self>, _ v: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let v = UnsafeRawPointer(v).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    let isOne = x == v
    forEachWindow(geometry) { output, input in
      for group in 0..<groups {
        var top = x[input &* groups &+ group]
        var chosen = v[input &* groups &+ group]
        if isOne {
          forEachElement(geometry) { offset in
            let value = x[(input &+ offset) &* groups &+ group]
            top = Lanes.selectGreater(value, top, value, top)
          }
          chosen = top
        } else {
          forEachElement(geometry) { offset in
            let value = x[(input &+ offset) &* groups &+ group]
            chosen = Lanes.selectGreater(value, top, v[(input &+ offset) &* groups &+ group], chosen)
            top = Lanes.selectGreater(value, top, value, top)
          }
        }
        y[output &* groups &+ group] = chosen
      }
    }
  }

  /// `z[q] = Σ u[p]` over the windows p whose first largest element of `x` is q, windows in order.
  @inline(never)
  public static func scatterMaxima(
    _ x: UnsafePointer<Self>, _ u: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>,
    _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let u = UnsafeRawPointer(u).assumingMemoryBound(to: Lanes.self)
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    let count = geometry.inputHeight &* geometry.inputWidth &* geometry.channels &* groups
    for index in 0..<count { z[index] = .zero }
    forEachWindow(geometry) { output, input in
      for group in 0..<groups {
        var top = x[input &* groups &+ group]
        forEachElement(geometry) { offset in
          let value = x[(input &+ offset) &* groups &+ group]
          top = Lanes.selectGreater(value, top, value, top)
        }
        // What is left of the derivative: all until the first largest element has taken it.
        var rest = u[output &* groups &+ group]
        forEachElement(geometry) { offset in
          let at = (input &+ offset) &* groups &+ group
          z[at] += Lanes.selectEqual(x[at], top, rest, .zero)
          rest = Lanes.selectEqual(x[at], top, .zero, rest)
        }
      }
    }
  }

  /// The sum of each window, its elements in order.
  @inline(never)
  public static func sumWindows(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Lanes.self)
    forEachWindow(geometry) { output, input in
      for group in 0..<groups {
        var sum = Lanes.zero
        forEachElement(geometry) { offset in sum += x[(input &+ offset) &* groups &+ group] }
        y[output &* groups &+ group] = sum
      }
    }
  }

  /// Gives each element the sum of `u` over the windows that it is in, windows in order.
  @inline(never)
  public static func spreadWindows(
    _ u: UnsafePointer<Self>, _ z: UnsafeMutablePointer<Self>, _ geometry: ConvolutionGeometry, groups: Int
  ) {
    let u = UnsafeRawPointer(u).assumingMemoryBound(to: Lanes.self)
    let z = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Lanes.self)
    let count = geometry.inputHeight &* geometry.inputWidth &* geometry.channels &* groups
    for index in 0..<count { z[index] = .zero }
    forEachWindow(geometry) { output, input in
      for group in 0..<groups {
        let value = u[output &* groups &+ group]
        forEachElement(geometry) { offset in z[(input &+ offset) &* groups &+ group] += value }
      }
    }
  }
}
