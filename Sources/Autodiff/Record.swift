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

  /// How the work is cut for threads, by its sizes alone: products and contractions whose parts are worth it.
  func cut(laneCount: Int) -> ProductCut {
    let (rows, columns, groups) = (Int(rows), Int(columns), Int(groups))
    switch kind {
    case .matrixProduct:
      return ProductCut(rows: rows, groups: groups, laneCount: laneCount, steps: columns, cutsGroups: true)
    case .transposedMatrixProduct:
      return ProductCut(rows: columns, groups: groups, laneCount: laneCount, steps: rows, cutsGroups: true)
    case .contractSamples:
      return ProductCut(rows: rows, groups: groups, laneCount: laneCount, steps: columns, cutsGroups: false)
    default: return ProductCut(rows: 0, groups: 0, laneCount: laneCount, steps: 0, cutsGroups: false)
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
}
