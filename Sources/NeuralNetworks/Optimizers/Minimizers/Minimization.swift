import Components
import Kernels
import Tensors

/// A number that depends on parameters and is to become small: the loss of all data and the penalties.
public protocol Objective {
  /// The value at a point.
  func value(at point: [Double]) -> Double
  /// The value at a point; writes the derivative with respect to each parameter.
  func value(at point: [Double], gradient: inout [Double]) -> Double
}

/// A minimization on its way: a value that can be kept, stored, and gone on with.
///
/// Who drives it calls `iterate` once an epoch with the same objective, takes `parameters` behind each call, and ends
/// with the first call that returns false, or when it has had enough:
///
///     var minimization = minimizer.minimization(from: start, using: stream)
///     for epoch in 1...epochs {
///       let goesOn = minimization.iterate(objective)
///       // Score the network with minimization.parameters, tell its loss, stop early…
///       if !goesOn { break }
///     }
///
/// The objective must be a function: dropout, if there is any, draws its masks once an epoch, and the batch is all data.
public protocol Minimization: Codable, Sendable {
  /// The best parameters known.
  var parameters: [Double] { get }
  /// The objective there; not a number before the first iteration.
  var value: Double { get }
  /// The iterations so far.
  var iterations: Int { get }
  /// Goes one iteration further; false if there is no more to gain.
  mutating func iterate(_ objective: some Objective) -> Bool
}

/// Arithmetic on vectors of Doubles.
///
/// Sums have an order of their own: lane l of eight adds elements l, l + 8, … in order, then a fixed tree adds the lanes.
enum Vectors {
  /// The sum of the products of the elements.
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) elements")
    return a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        var sum = SIMD8<Double>.zero
        let groups = a.count / 64
        for group in 0..<groups {
          sum +=
            a.loadUnaligned(fromByteOffset: group &* 64, as: SIMD8<Double>.self)
            * b.loadUnaligned(fromByteOffset: group &* 64, as: SIMD8<Double>.self)
        }
        for index in groups * 8..<a.count / 8 {
          sum[index & 7] +=
            a.loadUnaligned(fromByteOffset: index * 8, as: Double.self)
            * b.loadUnaligned(fromByteOffset: index * 8, as: Double.self)
        }
        return SIMD8<Double>.treeSum(sum)
      }
    }
  }

  /// The square root of the sum of the squares.
  static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

  /// The largest size of an element; NaN if there is one.
  static func largest(_ a: [Double]) -> Double {
    var largest = 0.0
    for value in a where !(abs(value) <= largest) { largest = abs(value) }
    return largest
  }

  /// `a ← a + factor · b`.
  static func add(_ b: [Double], times factor: Double, to a: inout [Double]) {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) elements")
    a.withUnsafeMutableBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        for index in a.indices { a[index] += factor * b[index] }
      }
    }
  }

  /// `a − b`.
  static func difference(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = a
    add(b, times: -1, to: &result)
    return result
  }

  /// `factor · a`.
  static func scaled(_ a: [Double], by factor: Double) -> [Double] { a.map { factor * $0 } }
}

extension Optimizers {
  /// A length below which a minimizer stops.
  static func tolerance(_ name: String, default value: Double, help: String) -> Parameter<Double> {
    Parameter(name, default: value, "at least 0 and finite", help: help) { $0 >= 0 && $0.isFinite }
  }
}
