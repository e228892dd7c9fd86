import Kernels
import Tensors

/// A record with the addresses of one run: what replay reads, kept small and without enums with payloads, whose copies
/// cost more than many a record.
///
/// The records of a few big or rare kinds stay what they are; an instruction only points to them.
struct Instruction<Scalar: Real> {
  enum Kind: UInt8 {
    case product, transposedProduct, contraction, contractionOfList, sampleSum, map, gradient, combine,
      select, chain
    case record
  }

  var kind: Kind
  var function = ElementFunction.identity
  var binary = BinaryFunction.add
  var startLayout = OperandLayout.perElement
  var first: UnsafePointer<Scalar>?
  var second: UnsafePointer<Scalar>?
  var third: UnsafePointer<Scalar>?
  var result: UnsafeMutablePointer<Scalar>?
  var rows = 0
  var columns = 0
  var positions = 1
  var groups = 0
  var firstLayout = SpreadLayout(isBatched: true, modulus: 1)
  var secondLayout = SpreadLayout(isBatched: true, modulus: 1)
  /// The number of the record.
  var number: Int

  init(_ record: Record, _ number: Int, in addresses: Addresses<Scalar>) {
    self.number = number
    switch record {
    case .matrixProduct(let product):
      kind = .product
      set(product, addresses)
    case .transposedMatrixProduct(let product):
      kind = .transposedProduct
      set(product, addresses)
    case .contractSamples(let list, let target, let height, let width):
      kind = list.count == 2 ? .contraction : .contractionOfList
      result = addresses[target]
      (rows, columns, groups, positions) = (height, width, list.groups, list.count / 2)
      if list.count == 2 { (first, second) = (addresses.lists[list.first], addresses.lists[list.first + 1]) }
    case .sumSamples(let list, let target, let height):
      kind = list.count == 1 ? .sampleSum : .record
      result = addresses[target]
      (rows, groups) = (height, list.groups)
      first = addresses.lists[list.first]
    case .map(let function, let x, let target, let count):
      kind = .map
      self.function = function
      (first, result, groups) = (UnsafePointer(addresses[x]), addresses[target], count)
    case .gradient(let function, let y, let upstream, let target, let count):
      kind = .gradient
      self.function = function
      (first, second) = (UnsafePointer(addresses[y]), UnsafePointer(addresses[upstream]))
      (result, groups) = (addresses[target], count)
    case .combine(let combination):
      kind = .combine
      binary = combination.function
      (first, second) = (
        UnsafePointer(addresses[combination.first]), UnsafePointer(addresses[combination.second])
      )
      (result, rows, groups) = (addresses[combination.result], combination.rows, combination.groups)
      (firstLayout, secondLayout) = (combination.firstLayout, combination.secondLayout)
    case .select(let condition, let a, let b, let target, let count):
      kind = .select
      (first, second) = (UnsafePointer(addresses[condition]), UnsafePointer(addresses[a]))
      (third, result, groups) = (UnsafePointer(addresses[b]), addresses[target], count)
    case .chain(let start, let count, let size):
      kind = .chain
      (rows, columns, groups) = (start, count, size)
    default: kind = .record
    }
  }

  /// The same instruction for some lane groups of an elementwise one; operands that are a single number stay.
  @inline(__always)
  func tile(from group: Int, count: Int) -> Instruction {
    var tile = self
    let offset = group &* Scalar.laneCount
    tile.groups = count
    tile.result = result.map { $0 + offset }
    if kind == .combine {
      tile.rows = 1
      if firstLayout.isBatched { tile.first = first.map { $0 + offset } }
      if secondLayout.isBatched { tile.second = second.map { $0 + offset } }
      tile.firstLayout.modulus = 1
      tile.secondLayout.modulus = 1
    } else {
      tile.first = first.map { $0 + offset }
      tile.second = second.map { $0 + offset }
      tile.third = third.map { $0 + offset }
    }
    return tile
  }

  private mutating func set(_ product: MatrixProductRecord, _ addresses: Addresses<Scalar>) {
    function = product.function
    startLayout = product.startLayout
    (first, second) = (UnsafePointer(addresses[product.weights]), UnsafePointer(addresses[product.x]))
    third = product.start.region == .none ? nil : UnsafePointer(addresses[product.start])
    (result, rows, columns) = (addresses[product.result], product.outputs, product.inputs)
    (positions, groups) = (product.positions, product.groups)
  }
}

/// The memory that the operands of one run lie in.
struct Addresses<Scalar: Real> {
  var arena: UnsafeMutablePointer<Scalar>
  var parameters: UnsafeMutablePointer<Scalar>
  var gradients: UnsafeMutablePointer<Scalar>
  /// The addresses of the program's lists; two neighbors are the pair of a contraction.
  var lists: UnsafeMutableBufferPointer<UnsafePointer<Scalar>>

  @inline(__always)
  subscript(operand: Operand) -> UnsafeMutablePointer<Scalar> {
    switch operand.region {
    case .parameters: parameters + Int(operand.offset)
    case .gradients: gradients + Int(operand.offset)
    default: arena + Int(operand.offset)
    }
  }
}
