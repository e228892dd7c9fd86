import Components
import Documents
import Execution
import Testing

@Suite("Inline values")
struct InlineValueTests {
  @Test(
    "A format is decimals, significant digits or percent",
    arguments: [
      ("3", .decimals(3)), ("0", .decimals(0)), ("3s", .significant(3)), ("0s", .significant(1)),
      ("1%", .percent(1)), (" 2 % ", .percent(2)), ("x", nil), ("", nil), ("%", nil), ("3x", nil),
      ("-1", nil),
      ("99", nil), ("3é", nil),
    ] as [(String, NumberFormat?)])
  func formats(_ text: String, _ expected: NumberFormat?) {
    #expect(NumberFormat(text) == expected)
  }

  @Test(
    "Numbers are written in their format without a locale",
    arguments: [
      ("3", 0.95349, "0.953"), ("0", 1234.5, "1234"), ("3s", 0.0123456, "0.0123"), ("1%", 0.953, "95.3 %"),
      ("2", -1, "-1.00"), ("2", .nan, "NaN"),
    ] as [(String, Double, String)])
  func numbers(_ format: String, _ value: Double, _ expected: String) throws {
    #expect(try #require(NumberFormat(format)).text(value) == expected)
  }

  private static let resolver = InlineValueResolver(
    values: [
      "moons": [
        "test.accuracy": .real(0.953), "epochs": .integer(30), "cv.accuracy.mean": .real(0.95),
        "cv.accuracy.std": .real(0.012), "cv.accuracy.folds": .list([.real(0.94), .real(0.96)]),
        "best": .object(["rate": .real(0.5), "name": .text("adam")]), "flag": .boolean(true),
        "ratio": .real(1.25), "ratio.error": .real(0.5),
      ], "broken": [:],
    ], failed: ["broken"], parameters: [("depth", .integer(3))], expressions: [0: .real(2.5)])

  /// The texts of the inline values of a paragraph, and the problems with them.
  private static func texts(_ text: String) -> [String] {
    DocumentReader.read(text: text, file: "a.md").inlineValues.map { value in
      do {
        return try resolver.text(value) ?? "nothing"
      } catch {
        return "\(error)"
      }
    }
  }

  @Test(
    "A path finds numbers, texts, entries of lists and objects, and spreads",
    arguments: [
      ("moons.test.accuracy", "0.953"), ("moons.test.accuracy | 1", "1.0"), ("moons.epochs", "30"),
      ("moons.cv.accuracy | 3", "0.950 ± 0.012"), ("moons.cv.accuracy.mean | 2", "0.95"),
      ("moons.cv.accuracy.folds.1", "0.96"), ("moons.best.name", "adam"), ("moons.best.rate | 0", "0"),
      ("moons.flag", "true"), ("moons.ratio | 2", "1.25 ± 0.50"), ("params.depth", "3"),
      ("moons.cv.accuracy.folds", "[0.94, 0.96]"), ("nobody.x", "nothing"), ("params.nothing", "nothing"),
    ])
  func values(_ path: String, _ expected: String) {
    #expect(Self.texts("`{value} \(path)`\n") == [expected])
  }

  @Test("What cannot be shown is a problem with a whole sentence")
  func problems() {
    #expect(
      Self.texts("`{value} moons.test.acuracy` `{value} moons.best.name | 2` `{value} broken.x`\n") == [
        "a.md:1:1: error: \"moons\" has no value \"test.acuracy\" (did you mean \"test.accuracy\"?)",
        "a.md:1:30: error: \"moons.best.name\" is not a number, so the format \"2\" does not apply",
        "a.md:1:60: error: \"broken\" failed or was skipped, so its values are missing",
      ])
  }

  @Test("An inline expression has its value and its format")
  func expressions() {
    #expect(Self.texts("`{swift} a + b | 2`\n") == ["2.50"])
  }
}
