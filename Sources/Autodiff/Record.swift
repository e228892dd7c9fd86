import Kernels

/// One step of a program: what to compute, where its operands lie, and their sizes.
///
/// Records are flat, so that replay is a switch over them.
struct Record: Sendable {
  enum Kind: UInt8, Sendable {
    case matrixProduct, transposedMatrixProduct, contractSamples, sumSamples, sumElements, sumFlat, map,
      gradient, combine, softmax, softmaxCrossEntropy, dropoutMask, clear
  }

  var kind: Kind
  var function: ElementFunction = .identity
  var binary: BinaryFunction = .add
  var firstLayout: OperandLayout = .full
  var secondLayout: OperandLayout = .full
  var first: Operand
  var second: Operand = .none
  var third: Operand = .none
  var result: Operand
  var rows: Int32 = 0
  var columns: Int32 = 0
  var groups: Int32 = 0
  var rate: Double = 0
}

/// Where a value lies: a region of memory and the number of its first element there.
struct Operand: Hashable, Sendable {
  enum Region: UInt8, Sendable {
    case none, parameters, gradients, arena
  }

  var region: Region
  var offset: Int32

  static let none = Operand(region: .none, offset: 0)
}
