extension Elementary {
  private static let sineSeries = StaticArray([
    -0.16666666666666666, 0.008333333333333333, -0.00019841269841269839, 2.7557319223981077e-06,
    -2.5052108382377827e-08, 1.6059042777921172e-10, -7.646960948071416e-13, 2.791224100841561e-15,
  ])
  private static let cosineSeries = StaticArray([
    0.041666666666666664, -0.001388888888888889, 2.4801587301587298e-05, -2.755731922398348e-07,
    2.0876756986335384e-09, -1.1470745068029556e-11, 4.779375897774338e-14, -1.5518009109180316e-16,
  ])

  /// The quadrant of `x` and what is left of it, as a sum of two doubles (Cody and Waite's reduction with π/2 in
  /// three parts of 33 bits).
  private static func reduced(_ x: Double) -> (quadrant: Int, high: Double, low: Double) {
    // Beyond, three parts of π/2 no longer tell the quadrant.
    guard abs(x) < 1e9 else { return (0, .nan, 0) }
    let quadrant = (x * 0.6366197723675814).rounded(.toNearestOrEven)
    let first = x.addingProduct(-quadrant, 1.5707963267341256)
    let product = quadrant * 6.077100506303966e-11
    let high = first - product
    let rest = (first - high) - product
    let low =
      rest.addingProduct(-quadrant, 2.0222662487959506e-21)
      - (product.addingProduct(-quadrant, 6.077100506303966e-11) * -1)
    return (Int(quadrant), high, low)
  }

  private static func sine(_ x: Double, _ low: Double) -> Double {
    let z = x * x
    return x + (x * z * polynomial(z, sineSeries) + low)
  }

  private static func cosine(_ x: Double, _ low: Double) -> Double {
    let z = x * x
    let half = 0.5 * z
    let main = 1 - half
    return main + (((1 - main) - half) + (z * z * polynomial(z, cosineSeries) - x * low))
  }

  /// The sine of an angle in radians; NaN for |x| ≥ 10⁹, whose reduction would need more digits.
  public static func sin(_ x: Double) -> Double {
    let (quadrant, high, low) = reduced(x)
    switch quadrant & 3 {
    case 0: return x == 0 ? x : sine(high, low)
    case 1: return cosine(high, low)
    case 2: return -sine(high, low)
    default: return -cosine(high, low)
    }
  }

  /// The cosine of an angle in radians; NaN for |x| ≥ 10⁹, whose reduction would need more digits.
  public static func cos(_ x: Double) -> Double {
    let (quadrant, high, low) = reduced(x)
    switch quadrant & 3 {
    case 0: return cosine(high, low)
    case 1: return -sine(high, low)
    case 2: return -cosine(high, low)
    default: return sine(high, low)
    }
  }

  /// The tangent of an angle in radians.
  public static func tan(_ x: Double) -> Double { sin(x) / cos(x) }

  /// The sine of an angle in radians.
  public static func sin(_ x: Float) -> Float { Float(sin(Double(x))) }
  /// The cosine of an angle in radians.
  public static func cos(_ x: Float) -> Float { Float(cos(Double(x))) }
  /// The tangent of an angle in radians.
  public static func tan(_ x: Float) -> Float { Float(tan(Double(x))) }
}
