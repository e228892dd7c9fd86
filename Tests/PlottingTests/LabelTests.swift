import Plotting
import Testing

@Suite("Labels")
struct LabelTests {
  @Test(
    "Sub- and superscripts, Greek names and words of code",
    arguments: [
      ("\\chi^2/N", "χ^2/N"), ("x_1", "x_1"), ("\\xi_{1\\sigma}", "ξ_1σ"), ("10^{-3}", "10^−3"),
      ("learning_rate", "learning_rate"), ("10^-3 m", "10^−3 m"), ("$R^2$", "R^2"), ("a_", "a_"),
      ("\\unknown", "\\unknown"),
    ])
  func plain(source: String, expected: String) {
    #expect(Label(source).plain == expected)
  }

  @Test("Scripts are runs of their own")
  func runs() {
    #expect(Label("x_1^2").runs.map(\.level) == [.base, .lower, .upper])
    #expect(Label("learning_rate").runs.map(\.level) == [.base])
  }
}
