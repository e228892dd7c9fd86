import Testing
import Validation

@Suite("Paired tests")
struct PairedTestTests {
  private let differences = [0.02, -0.01, 0.03, 0.05, 0.011, 0.04, -0.02, 0.06, 0.07, 0.015]

  // Golden numbers of SciPy 1.17: `stats.t.sf` of the corrected statistic, `stats.wilcoxon`.
  @Test("agree with SciPy")
  func golden() {
    #expect(abs(PairedTest.correctedT.pValue(of: differences, ratio: 0.25) - 0.1579129798016288) < 1e-13)
    #expect(PairedTest.wilcoxon.pValue(of: differences, ratio: 0) == 0.021484375)
    let tied = [0.1, 0.1, -0.2, 0.3, 0, 0.5, 0.2]
    #expect(PairedTest.wilcoxon.pValue(of: tied, ratio: 0) == 0.1875)
    let many = (0..<61).map { Double(($0 * 37) % 61 - 25) / 10 }
    #expect(abs(PairedTest.wilcoxon.pValue(of: many, ratio: 0) - 0.04105067246608735) < 1e-12)
  }

  @Test("know no doubt about equal differences, and nothing about one")
  func edges() {
    for test in PairedTest.allCases {
      #expect(test.pValue(of: [0, 0, 0], ratio: 0.1) == 1)
      #expect(test.pValue(of: [0.1], ratio: 0.1).isNaN)
      #expect(test.pValue(of: [0.1, .nan], ratio: 0.1).isNaN)
    }
    #expect(PairedTest.correctedT.pValue(of: [0.5, 0.5, 0.5], ratio: 0.1) == 0)
  }
}
