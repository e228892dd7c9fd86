import Kernels

/// One step of a program: what to compute, where its operands lie, and their sizes.
///
/// Records are plain data without references, so that replay is a switch over them. Rows are elements of a value;
/// groups are lane groups, or 0 for values that are no batch.
enum Record: Hashable, Sendable {
  case matrixProduct(MatrixProductRecord)
  case transposedMatrixProduct(MatrixProductRecord)
  /// Pairs of operands in the list, to a matrix.
  case contractSamples(ListRecord, result: Operand, rows: Int, columns: Int)
  case sumSamples(ListRecord, result: Operand, rows: Int)
  case multiplyMatrices(MatrixPairRecord)
  case convolution(ConvolutionRecord)
  case transposedConvolution(ConvolutionRecord)
  case contractConvolution(ConvolutionRecord)
  case selectMaxima(ConvolutionRecord)
  case scatterMaxima(ConvolutionRecord)
  case sumWindows(ConvolutionRecord)
  case spreadWindows(ConvolutionRecord)
  case map(ElementFunction, Operand, result: Operand, groups: Int)
  case gradient(ElementFunction, Operand, upstream: Operand, result: Operand, groups: Int)
  case combine(CombineRecord)
  /// Elementwise records among the program's links, gone through a tile at a time.
  case chain(first: Int, count: Int, groups: Int)
  case select(Operand, Operand, Operand, result: Operand, groups: Int)
  case reduce(Reduction, Operand, result: Operand, axes: ReductionAxes, groups: Int)
  case cumulativeSum(Operand, result: Operand, axes: ReductionAxes, isReversed: Bool, groups: Int)
  case softmax(Operand, result: Operand, positions: Int, classes: Int, groups: Int)
  case softmaxCrossEntropy(Operand, Operand, result: Operand, positions: Int, classes: Int, groups: Int)
  case copy(Operand, result: Operand, layout: StridedLayout, groups: Int, isSpread: Bool)
  case fill(result: Operand, count: Int, value: Double)
  case gatherRows(Operand, Operand, result: Operand, sizes: GatheringSizes, lanes: Int)
  case scatterRows(Operand, Operand, result: Operand, sizes: GatheringSizes, lanes: Int)
  case samplesAsRows(Operand, result: Operand, elements: Int, samples: Int, lanes: Int)
  case rowsAsSamples(Operand, result: Operand, elements: Int, samples: Int, lanes: Int)
  case dropoutMask(result: Operand, rows: Int, lanes: Int, rate: Double, index: Int)

  /// How the work is cut for threads, by its sizes alone: products and contractions whose parts are worth it.
  func cut(laneCount: Int) -> ProductCut {
    switch self {
    case .matrixProduct(let product) where product.positions == 1:
      ProductCut(
        rows: product.outputs, groups: product.groups, laneCount: laneCount, steps: product.inputs,
        cutsGroups: true)
    case .transposedMatrixProduct(let product) where product.positions == 1:
      ProductCut(
        rows: product.inputs, groups: product.groups, laneCount: laneCount, steps: product.outputs,
        cutsGroups: true)
    case .contractSamples(let list, _, let rows, let columns):
      ProductCut(
        rows: rows, groups: list.groups * list.count / 2, laneCount: laneCount, steps: columns,
        cutsGroups: false)
    default: ProductCut(rows: 0, groups: 0, laneCount: laneCount, steps: 0, cutsGroups: false)
    }
  }
}

/// Where a value lies: a region of memory and the number of its first element there.
struct Operand: Hashable, Sendable {
  enum Region: UInt8, Sendable {
    case none, parameters, gradients, arena
  }

  var region: Region
  var offset: Int32

  static let none = Operand(region: .none, offset: 0)

  /// A place so many numbers behind.
  func moved(by offset: Int) -> Operand { Operand(region: region, offset: self.offset + Int32(offset)) }
}

/// A run of operands in a program's list.
struct ListRecord: Hashable, Sendable {
  var first: Int
  var count: Int
  var groups: Int
}

/// A product with a weight matrix at some positions.
struct MatrixProductRecord: Hashable, Sendable {
  var weights: Operand
  var x: Operand
  /// What the chain starts from; for the transposed product the value whose derivative is multiplied in.
  var start: Operand
  var startLayout: OperandLayout
  var result: Operand
  var outputs: Int
  var inputs: Int
  var positions: Int
  var groups: Int
  var function: ElementFunction
}

/// Products of pairs of matrices.
struct MatrixPairRecord: Hashable, Sendable {
  var first: Operand
  var second: Operand
  var result: Operand
  var count: Int
  var rows: Int
  var inner: Int
  var columns: Int
  var firstLayout: MatrixLayout
  var secondLayout: MatrixLayout
  var groups: Int
}

/// A convolution, a pooling, or the transpose of one.
struct ConvolutionRecord: Hashable, Sendable {
  var first: Operand
  var second: Operand
  var third: Operand
  var result: Operand
  var geometry: ConvolutionGeometry
  var groups: Int
  var function: ElementFunction
}

/// A function of two values.
struct CombineRecord: Hashable, Sendable {
  var function: BinaryFunction
  var first: Operand
  var second: Operand
  var result: Operand
  var firstLayout: SpreadLayout
  var secondLayout: SpreadLayout
  var rows: Int
  var groups: Int
}
