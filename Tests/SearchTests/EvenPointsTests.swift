import Foundation
import Search
import Tensors
import Testing

@Suite("Points spread evenly")
struct EvenPointsTests {
  private struct Fixture: Decodable {
    let sobol: [[Double]]
    let halton: [[Double]]
  }

  private func fixture() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "even-points", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  @Test("are SciPy's if nothing is scrambled")
  func plain() throws {
    let fixture = try fixture()
    let sobol = SobolSequence(axes: 64)
    for (number, point) in fixture.sobol.enumerated() {
      #expect(sobol.digits(number).map { Double($0) / 4_294_967_296 } == point)
    }
    let halton = HaltonSequence(axes: 12)
    for (number, point) in fixture.halton.enumerated() {
      #expect(zip(halton.point(number), point).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  @Test("of Sobol have one in each cell of every net of pairs of the first axes, scrambled or not")
  func nets() {
    var stream = RandomStream(seed: 4, .sampler)
    for sequence in [SobolSequence(axes: 2), SobolSequence(axes: 2, scrambledBy: &stream)] {
      let points = (0..<64).map(sequence.point)
      for bits in 0...6 {
        let (rows, columns) = (1 << bits, 1 << (6 - bits))
        let cells = points.map { Int($0[0] * Double(rows)) * columns + Int($0[1] * Double(columns)) }
        #expect(Set(cells).count == 64)
      }
    }
  }

  @Test("have one in each part of every axis, scrambled or not")
  func axes() {
    var stream = RandomStream(seed: 5, .sampler)
    let sobol = SobolSequence(axes: 64, scrambledBy: &stream)
    for axis in 0..<64 { #expect(Set((0..<128).map { Int(sobol.point($0)[axis] * 128) }).count == 128) }
    let halton = HaltonSequence(axes: 5, scrambledBy: &stream)
    for (axis, count) in [128, 81, 125, 49, 121].enumerated() {
      let parts = (0..<count).map { Int((halton.point($0)[axis] * Double(count)).rounded(.down)) }
      #expect(Set(parts).count == count)
    }
  }
}
