import Datasets
import Foundation
import Tensors
import Testing
import Validation

@Suite("Metrics of samples and of series")
struct SampleMetricTests {
  private struct Reference: Decodable {
    let first: [Double]
    let second: [Double]
    let energy: Double
    let wasserstein: Double
  }

  private func data(_ values: [Double], columns: Int = 1, classes: [Int]? = nil) -> Dataset {
    let count = values.count / columns
    return Dataset(
      features: (0..<columns).map { .init(name: "x\($0)") }, inputs: Tensor(values, shape: [count, columns]),
      targets: classes.map { .classes($0, names: ["a", "b"]) }
        ?? .values(Tensor(repeating: 0, shape: [count, 1]), names: ["y"]))
  }

  @Test("Distances of distributions are those of SciPy in one dimension, and 0 for the same samples")
  func distances() throws {
    let url = try #require(
      Bundle.module.url(forResource: "distances", withExtension: "json", subdirectory: "Fixtures"))
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    let generated = Tensor(reference.first, shape: [30, 1])
    let energy = EnergyDistance().value(generated, data(reference.second))
    let wasserstein = SlicedWasserstein().value(generated, data(reference.second))
    #expect(abs(energy - reference.energy) < 1e-12)
    #expect(abs(wasserstein - reference.wasserstein) < 1e-12)
    for metric in [EnergyDistance() as any SampleMetric, SlicedWasserstein()] {
      #expect(abs(metric.value(generated, data(reference.first))) < 1e-7)
    }
  }

  @Test("Modes are covered by samples within three deviations of their own center")
  func coverage() {
    let clouds = data([0, 0, 0.2, 0, 0, 0.2, 9, 9, 9.2, 9, 9, 9.2], columns: 2, classes: [0, 0, 0, 1, 1, 1])
    func coverage(_ samples: [Double]) -> Double {
      ModeCoverage().value(Tensor(samples, shape: [samples.count / 2, 2]), clouds)
    }
    #expect(coverage([0.1, 0.1]) == 0.5 && coverage([0.1, 0.1, 9.1, 9.1]) == 1)
    #expect(coverage([4, 4, 5, 5]) == 0 && coverage([]) == 0)
  }

  @Test("Skill is 1 for perfect predictions, 0 for the last value going on, below for worse")
  func skill() throws {
    let series = try SeriesWindows.dataset(name: "s", values: [1, 3, 2, 5, 4, 7], window: 2, horizon: 1)
    let last = Tensor<Double>([3, 2, 5, 4], shape: [4, 1])
    #expect(Skill().value(series.targetValues, series) == 1)
    #expect(Skill().value(last, series) == 0)
    #expect(Skill().value(Tensor([9, 9, 9, 9], shape: [4, 1]), series) < 0)
    // 1 − Σ(y − ŷ)² / Σ(y − last)², by hand: errors of 1 against steps of 1, 3, 1, 3.
    let close = Tensor(series.targetValues.elements.map { $0 + 1 }, shape: [4, 1])
    #expect(abs(Skill().value(close, series) - (1 - 4.0 / 20)) < 1e-15)
  }
}
