import Plotting
import Testing

@Suite("Scales and ticks")
struct ScaleTests {
  @Test(
    "Linear ticks are round",
    arguments: [
      (0.0...1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (-0.3...0.3, 3, ["−0.2", "0.0", "0.2"]),
      (0...120, 7, ["0", "20", "40", "60", "80", "100", "120"]),
      (0...3e-7, 3, ["0", "1×10^{-7}", "2×10^{-7}", "3×10^{-7}"]),
      (0...2e6, 4, ["0", "0.5×10^{6}", "1.0×10^{6}", "1.5×10^{6}", "2.0×10^{6}"]),
      (1000.0...1000.5, 2, ["1000.0", "1000.2", "1000.4"]),
    ])
  func linear(domain: ClosedRange<Double>, count: Int, labels: [String]) {
    #expect(LinearScale(domain: domain).ticks(about: count).major.map(\.label) == labels)
  }

  @Test(
    "Ticks lie inside, are few, and whole where the data are",
    arguments: [1e-12, 1e-3, 0.7, 1, 33, 4e5, 7e11])
  func properties(width: Double) {
    for lower in [-width, 0, width / 3] {
      for count in 1...9 {
        let scale = LinearScale(domain: lower...(lower + width))
        let ticks = scale.ticks(about: count).major
        #expect(ticks.count <= count + 1)
        #expect(ticks.allSatisfy { scale.domain.contains($0.value) || $0.value == 0 })
        #expect(Set(ticks.map(\.label)).count == ticks.count)
      }
    }
    let whole = LinearScale(domain: 0...(width * 2), isWhole: true).ticks(about: 5).major
    #expect(whole.allSatisfy { $0.value == $0.value.rounded() })
  }

  @Test(
    "Logarithmic ticks are decades, or 1, 2 and 5 within two decades",
    arguments: [
      (1e-4...1.0, 6, ["10^{-4}", "10^{-3}", "10^{-2}", "10^{-1}", "10^{0}"]),
      (1e-8...1, 4, ["10^{-8}", "10^{-6}", "10^{-4}", "10^{-2}", "10^{0}"]),
      (0.012...1, 4, ["0.03", "0.1", "0.3", "1"]), (0.015...0.9, 6, ["0.02", "0.05", "0.1", "0.2", "0.5"]),
      (1e-7...5e-7, 6, ["10^{-7}", "2×10^{-7}", "3×10^{-7}", "4×10^{-7}", "5×10^{-7}"]),
    ])
  func logarithmic(domain: ClosedRange<Double>, count: Int, labels: [String]) {
    #expect(LogScale(domain: domain).ticks(about: count).major.map(\.label) == labels)
  }

  @Test("Values of zero and less have no place on a logarithmic axis")
  func nonpositive() {
    let scale = LogScale(domain: 1...100)
    #expect(scale.fraction(of: 0) == nil && scale.fraction(of: -1) == nil && scale.fraction(of: .nan) == nil)
    #expect(scale.fraction(of: 10) == 0.5)
  }

  @Test(
    "Numbers in prose have few digits",
    arguments: [
      (0.1 + 0.2, "0.3"), (1234.56, "1235"), (-0.00001234567, "−1.235e-5"), (9.9999e9, "1e10"), (0, "0"),
    ])
  func prose(value: Double, text: String) { #expect(value.text() == text) }

  @Test("Coordinates are rounded to hundredths")
  func coordinates() {
    #expect([1.005, -0.004, 12, 0.1, -3.456].map(\.coordinateText) == ["1", "0", "12", "0.1", "-3.46"])
  }
}
