import Foundation
import Kernels
import Testing

/// Values of elementary functions by `Tests/Peers/elementary.py`: arguments, then the value in double.
private struct Reference: Decodable {
  let double: [String: [[Double]]]
  let float: [String: [[Double]]]

  static func load() throws -> Reference {
    let url = try #require(
      Bundle.module.url(forResource: "elementary", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

@Suite("Elementary functions")
struct ElementaryTests {
  private static let doubles: [String: @Sendable ([Double]) -> Double] = [
    "exp": { Elementary.exp($0[0]) }, "log": { Elementary.log($0[0]) }, "log10": { Elementary.log10($0[0]) },
    "log2": { Elementary.log2($0[0]) }, "tanh": { Elementary.tanh($0[0]) },
    "sigmoid": { Elementary.sigmoid($0[0]) }, "sin": { Elementary.sin($0[0]) },
    "cos": { Elementary.cos($0[0]) }, "erf": { Elementary.erf($0[0]) }, "erfc": { Elementary.erfc($0[0]) },
    "pow": { Elementary.pow($0[0], $0[1]) },
  ]
  private static let floats: [String: @Sendable ([Float]) -> Float] = [
    "exp": { Elementary.exp($0[0]) }, "log": { Elementary.log($0[0]) }, "tanh": { Elementary.tanh($0[0]) },
    "sigmoid": { Elementary.sigmoid($0[0]) }, "sin": { Elementary.sin($0[0]) },
    "cos": { Elementary.cos($0[0]) }, "erf": { Elementary.erf($0[0]) },
    "pow": { Elementary.pow($0[0], $0[1]) },
  ]

  @Test("agree with 60 digits to 1e-15 in double", arguments: doubles.keys.sorted())
  func doubleAccuracy(name: String) throws {
    let function = try #require(Self.doubles[name])
    let rows = try #require(try Reference.load().double[name])
    #expect(rows.count > 80)
    let isAbsolute = name == "sin" || name == "cos"
    for row in rows {
      let expected = try #require(row.last)
      let found = function(row.dropLast())
      let error = abs(found - expected) / (isAbsolute ? 1 : abs(expected))
      #expect(found == expected || error <= 1e-15, "\(name)(\(row.dropLast())) is \(found), not \(expected)")
    }
  }

  @Test("agree with 60 digits to two units in the last place in float", arguments: floats.keys.sorted())
  func floatAccuracy(name: String) throws {
    let function = try #require(Self.floats[name])
    let rows = try #require(try Reference.load().float[name])
    #expect(rows.count >= 80)
    for row in rows {
      let expected = try #require(row.last)
      let found = function(row.dropLast().map { Float($0) })
      let error = abs(Double(found) - expected) / Double(Float(expected).ulp)
      #expect(error <= 2, "\(name)(\(row.dropLast())) is \(found), not \(expected)")
    }
  }

  @Test("have the limits of mathematics at zero, infinity and NaN")
  func limits() {
    limits(Double.self, [.map(.exponential), .map(.logarithm), .map(.tanh), .map(.sigmoid)])
    limits(Float.self, [.map(.exponential), .map(.logarithm), .map(.tanh), .map(.sigmoid)])
    #expect(Elementary.exp(-Double.infinity) == 0 && Elementary.exp(1000.0) == .infinity)
    #expect(Elementary.exp(-1000 as Float) == 0 && Elementary.exp(1000 as Float) == .infinity)
    #expect(Elementary.erf(Double.infinity) == 1 && Elementary.erf(-Double.infinity) == -1)
    #expect(Elementary.erfc(Double.infinity) == 0 && Elementary.erfc(-Double.infinity) == 2)
    #expect(Elementary.erf(0.0) == 0 && Elementary.erfc(0.0) == 1)
    #expect(Elementary.erf(Double.nan).isNaN && Elementary.erfc(Double.nan).isNaN)
    #expect(Elementary.sin(0.0) == 0 && Elementary.cos(0.0) == 1)
    #expect(Elementary.sin(-0.0).sign == .minus)
    #expect(Elementary.sin(Double.infinity).isNaN && Elementary.cos(Double.nan).isNaN)
    #expect(Elementary.log10(0.0) == -.infinity && Elementary.log10(-1.0).isNaN)
    #expect(Elementary.log10(Double.infinity) == .infinity && Elementary.log2(Double.nan).isNaN)
  }

  private enum Case { case map(ElementFunction) }

  private func limits<Scalar: KernelScalar>(_: Scalar.Type, _ cases: [Case]) {
    func value(_ function: ElementFunction, _ x: Scalar) -> Scalar { mapped(function, [x])[0] }
    for case .map(let function) in cases { #expect(value(function, .nan).isNaN) }
    #expect(value(.exponential, 0) == 1 && value(.exponential, .infinity) == .infinity)
    #expect(value(.exponential, -.infinity) == 0)
    #expect(value(.logarithm, 0) == -.infinity && value(.logarithm, -1).isNaN && value(.logarithm, 1) == 0)
    #expect(value(.logarithm, .infinity) == .infinity)
    #expect(value(.tanh, .infinity) == 1 && value(.tanh, -.infinity) == -1 && value(.tanh, 0) == 0)
    #expect(value(.tanh, -0.0).sign == .minus)
    #expect(value(.sigmoid, .infinity) == 1 && value(.sigmoid, -.infinity) == 0 && value(.sigmoid, 0) == 0.5)
    #expect(value(.relu, -.infinity) == 0 && value(.relu, .infinity) == .infinity && value(.relu, -2) == 0)
    let subnormal = Scalar.leastNonzeroMagnitude
    #expect(value(.exponential, subnormal) == 1 && value(.tanh, subnormal) == subnormal)
    #expect(value(.logarithm, subnormal) < value(.logarithm, .leastNormalMagnitude))
    #expect(value(.logarithm, subnormal).isFinite)
  }

  @Test("reach subnormal results")
  func subnormalResults() {
    for x in stride(from: -744.0, through: -709, by: 0.75) {
      let parts = Elementary.exp(x / 2)
      #expect(
        abs(Elementary.exp(x) - parts * parts) <= 4 * Double.leastNonzeroMagnitude + parts * parts * 1e-15)
    }
    #expect(Elementary.exp(-100 as Float) > 0 && !Elementary.exp(-100 as Float).isNormal)
  }

  @Test("powers have the special cases of IEEE 754")
  func powers() {
    let infinity = Double.infinity
    let cases: [(Double, Double, Double)] = [
      (2, 0, 1), (.nan, 0, 1), (1, .nan, 1), (1, infinity, 1), (-1, infinity, 1), (-1, -infinity, 1),
      (0, 3, 0), (0, -2, infinity), (2, infinity, infinity), (2, -infinity, 0), (0.5, infinity, 0),
      (0.5, -infinity, infinity), (infinity, 2, infinity), (infinity, -2, 0), (-infinity, 3, -infinity),
      (-infinity, 2, infinity), (-infinity, -2, 0), (-2, 3, -8), (-2, 2, 4), (-2, -1, -0.5), (4, 0.5, 2),
      (10, 400, infinity), (10, -400, 0), (0, 0.5, 0), (0, -infinity, infinity),
    ]
    for (x, y, expected) in cases { #expect(Elementary.pow(x, y) == expected, "pow(\(x), \(y))") }
    #expect(Elementary.pow(-0.0, 3).sign == .minus && Elementary.pow(-0.0, -3) == -infinity)
    #expect(
      Elementary.pow(-2.0, 0.5).isNaN && Elementary.pow(Double.nan, 1).isNaN
        && Elementary.pow(2, Double.nan).isNaN)
  }

  @Test("are exact for the powers of ten and of two")
  func exactLogarithms() {
    for exponent in -300...300 {
      #expect(Elementary.log2(Double(sign: .plus, exponent: exponent, significand: 1)) == Double(exponent))
    }
    for exponent in 0...22 {
      #expect(Elementary.log10(Elementary.pow(10, Double(exponent))) == Double(exponent))
    }
  }

  @Test("of one number have the bits of a lane of a vector")
  func lanes() {
    lanes(
      [(.exponential, Elementary.exp), (.logarithm, Elementary.log), (.tanh, Elementary.tanh)]
        as [Pair<Float>])
    lanes([(.sigmoid, Elementary.sigmoid)] as [Pair<Float>])
    lanes(
      [(.exponential, Elementary.exp), (.logarithm, Elementary.log), (.tanh, Elementary.tanh)]
        as [Pair<Double>])
    lanes([(.sigmoid, Elementary.sigmoid)] as [Pair<Double>])
  }

  private typealias Pair<Scalar> = (ElementFunction, (Scalar) -> Scalar)

  private func lanes<Scalar: KernelScalar>(_ pairs: [Pair<Scalar>]) {
    var words = Words(seed: 3)
    let x = (0..<480).map { _ in Scalar(words.uniform() * 40 - 20) }
    for (function, scalar) in pairs {
      for (value, point) in zip(mapped(function, x), x) {
        let single = scalar(point)
        #expect(value == single || (value.isNaN && single.isNaN))
      }
    }
  }
}
