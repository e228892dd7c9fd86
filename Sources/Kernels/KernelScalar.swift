/// A number that the kernels compute with: Float or Double.
///
/// Kernels work on raw memory. A *batched* array holds one lane group after the other for every element:
/// `[element][group]` of `Lanes`, samples along the lanes, so that odd layer widths waste nothing. The lane count is
/// part of the meaning of a sum over samples, never of the machine: the compiler maps a lane group to whatever vectors
/// the processor has.
public protocol KernelScalar: BinaryFloatingPoint, LosslessStringConvertible, Codable, Sendable,
  ConvolutionKernels, PoolingKernels, ShapeKernels, MatrixPairKernels, GatheringKernels, ElementwiseKernels,
  OptimizerKernels
{
  /// A group of lanes: 16 of Float, 8 of Double, 64 bytes each.
  associatedtype Lanes: KernelLanes where Lanes.Scalar == Self

  // The kernels are requirements so that generic callers reach the compiled code of their own type; each is
  // documented where it is written.
  static func matrixProduct(
    _ weights: UnsafePointer<Self>, start: UnsafePointer<Self>?, startLayout: OperandLayout,
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int,
    function: ElementFunction)
  static func matrixProduct(
    _ weights: UnsafePointer<Self>, start: UnsafePointer<Self>?, startLayout: OperandLayout,
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, inputs: Int, groups: Int,
    function: ElementFunction, part: ProductPart)
  static func transposedMatrixProduct(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ y: UnsafePointer<Self>?,
    _ z: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int, function: ElementFunction)
  static func transposedMatrixProduct(
    _ weights: UnsafePointer<Self>, _ d: UnsafePointer<Self>, _ y: UnsafePointer<Self>?,
    _ z: UnsafeMutablePointer<Self>, inputs: Int, outputs: Int, groups: Int, function: ElementFunction,
    part: ProductPart)
  static func contractSamples(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    rows: Int, columns: Int, groups: Int)
  static func contractSamples(
    _ pairs: UnsafePointer<ContractionPair<Self>>, count pairCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Int, columns: Int, groups: Int)
  static func contractSamples(
    _ pairs: UnsafePointer<ContractionPair<Self>>, count pairCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Range<Int>, columns: Int, groups: Int)
  static func sumSamples(
    _ values: UnsafePointer<UnsafePointer<Self>>, count valueCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Int, groups: Int)
  static func sumSamples(
    _ d: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, rows: Int, groups: Int)
  static func sumElements(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, rows: Int, groups: Int)
  static func softmaxCrossEntropy(
    _ logits: UnsafePointer<Self>, _ targets: UnsafePointer<Self>, _ loss: UnsafeMutablePointer<Self>,
    classes: Int, groups: Int)
  static func softmax(
    _ logits: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, classes: Int, groups: Int)
  static func gather(
    _ source: UnsafePointer<Self>, samples: Int, _ indices: UnsafePointer<Int32>, count: Int,
    _ result: UnsafeMutablePointer<Self>, features: Int, groups: Int)
  static func dropoutMask(
    _ mask: UnsafeMutablePointer<Self>, rows: Int, lanes: Int, rate: Double, key: UInt64, step: UInt64)
}

/// Vectors with the elementary functions.
public protocol KernelLanes: SelectionLanes where Scalar: KernelScalar {
  /// The exponential, lane by lane.
  static func exponential(_ x: Self) -> Self
  /// The natural logarithm, lane by lane.
  static func logarithm(_ x: Self) -> Self
  /// The hyperbolic tangent, lane by lane.
  static func hyperbolicTangent(_ x: Self) -> Self
  /// `1 / (1 + exp(-x))`, lane by lane.
  static func logistic(_ x: Self) -> Self
  /// Adds the lanes of `Self.scalarCount` vectors, each by the fixed tree (low half plus high half until one is
  /// left); lane i of the result is the sum of vector i.
  static func transposedSums(_ vectors: UnsafePointer<Self>) -> Self
  /// The value where the test is above zero (or NaN), +0 elsewhere.
  static func positive(_ value: Self, where test: Self) -> Self
  /// `self + a * b`, rounded once in every lane.
  ///
  /// Swift never fuses by itself; this and `addingProduct` of single numbers are all that does.
  func fused(_ a: Self, _ b: Self) -> Self
  /// The square root, lane by lane.
  static func squareRoot(_ x: Self) -> Self
  /// The sum of the lanes by the fixed tree.
  static func treeSum(_ vector: Self) -> Scalar
}

extension Float: KernelScalar {
  public typealias Lanes = SIMD16<Float>
}

extension Double: KernelScalar {
  public typealias Lanes = SIMD8<Double>
}

extension KernelScalar {
  /// The number of samples in a lane group.
  @inline(__always) public static var laneCount: Int { Lanes.scalarCount }

  /// Samples that are added up before blocks are added: part of the definition of every sum over samples.
  public static var samplesPerBlock: Int { 256 }

  /// The number of lane groups that hold `samples` samples.
  public static func groups(for samples: Int) -> Int { (samples + laneCount - 1) / laneCount }
}
