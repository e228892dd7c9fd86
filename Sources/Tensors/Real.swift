public import Kernels

/// A real number of the engine, Float or Double, with elementary functions of our own: the same bits on every machine.
public protocol Real: KernelScalar {
  /// eˣ.
  static func exp(_ x: Self) -> Self
  /// The natural logarithm.
  static func log(_ x: Self) -> Self
  /// `x` to the power `y`.
  static func pow(_ x: Self, _ y: Self) -> Self
  /// The sine of an angle in radians.
  static func sin(_ x: Self) -> Self
  /// The cosine of an angle in radians.
  static func cos(_ x: Self) -> Self
  /// The tangent of an angle in radians.
  static func tan(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// The logistic function `1 / (1 + e⁻ˣ)`.
  static func sigmoid(_ x: Self) -> Self
  /// The error function.
  static func erf(_ x: Self) -> Self
}

extension Float: Real {
  public static func exp(_ x: Float) -> Float { Elementary.exp(x) }
  public static func log(_ x: Float) -> Float { Elementary.log(x) }
  public static func pow(_ x: Float, _ y: Float) -> Float { Elementary.pow(x, y) }
  public static func sin(_ x: Float) -> Float { Elementary.sin(x) }
  public static func cos(_ x: Float) -> Float { Elementary.cos(x) }
  public static func tan(_ x: Float) -> Float { Elementary.tan(x) }
  public static func tanh(_ x: Float) -> Float { Elementary.tanh(x) }
  public static func sigmoid(_ x: Float) -> Float { Elementary.sigmoid(x) }
  public static func erf(_ x: Float) -> Float { Elementary.erf(x) }
}

extension Double: Real {
  public static func exp(_ x: Double) -> Double { Elementary.exp(x) }
  public static func log(_ x: Double) -> Double { Elementary.log(x) }
  public static func pow(_ x: Double, _ y: Double) -> Double { Elementary.pow(x, y) }
  public static func sin(_ x: Double) -> Double { Elementary.sin(x) }
  public static func cos(_ x: Double) -> Double { Elementary.cos(x) }
  public static func tan(_ x: Double) -> Double { Elementary.tan(x) }
  public static func tanh(_ x: Double) -> Double { Elementary.tanh(x) }
  public static func sigmoid(_ x: Double) -> Double { Elementary.sigmoid(x) }
  public static func erf(_ x: Double) -> Double { Elementary.erf(x) }
  /// The logarithm to base 10.
  public static func log10(_ x: Double) -> Double { Elementary.log10(x) }
  /// The logarithm to base 2.
  public static func log2(_ x: Double) -> Double { Elementary.log2(x) }
  /// The complementary error function `1 − erf(x)`, accurate in its tail too.
  public static func erfc(_ x: Double) -> Double { Elementary.erfc(x) }
  /// `erfc(x) exp(x²)`, the complementary error function without its decay.
  public static func scaledErfc(_ x: Double) -> Double { Elementary.scaledComplementaryErrorFunction(x) }
}
