import Components
import Testing

@Suite("Values of recipes")
struct RecipeValueTests {
  private func scalar(_ text: String, isQuoted: Bool = false) -> RecipeNode {
    RecipeNode(.scalar(text, isQuoted: isQuoted), at: SourcePosition(file: "a.md", line: 1))
  }

  @Test("are numbers by the core schema of YAML 1.2")
  func numbers() {
    let numbers: [(String, Double)] = [
      ("1", 1), ("-0.5", -0.5), ("1e-4", 1e-4), ("1.", 1), (".5", 0.5), ("+3", 3), ("1.e2", 100),
      ("0x1F", 31),
      ("0o17", 15), (".inf", .infinity), ("-.INF", -.infinity), ("+.Inf", .infinity), ("1E+3", 1000),
    ]
    for (text, value) in numbers { #expect(CoreSchema.number(text) == value, "\(text)") }
    let texts = [
      "", ".", "-", "+.", "e5", "1e", "inf", "nan", "infinity", "1_000", "0x", "0x-5", "0o+7", "0xG", "-0x5",
      "1 2",
      "+-5", "1.2.3", "0x1p3", "--1", "1,5", "٣",
    ]
    for text in texts { #expect(CoreSchema.number(text) == nil, "\(text)") }
    #expect(CoreSchema.number(".nan")?.isNaN == true)
  }

  @Test("are what their type says: no is a text, 1e3 a whole number, quotes make texts")
  func types() {
    #expect(Bool(recipe: scalar("no")) == nil && String(recipe: scalar("no")) == "no")
    #expect(Bool(recipe: scalar("true")) == true && Bool(recipe: scalar("true", isQuoted: true)) == nil)
    #expect(Int(recipe: scalar("1e3")) == 1000 && Int(recipe: scalar("1.5")) == nil)
    #expect(Int(recipe: scalar(".inf")) == nil && Int(recipe: scalar("1e300")) == nil)
    #expect(Double(recipe: scalar("3", isQuoted: true)) == nil && Double(recipe: scalar("3")) == 3)
    #expect([Int](recipe: scalar("3")) == [3])
    #expect(Int?(recipe: scalar("none")) == .some(nil) && Int?(recipe: scalar("x")) == nil)
  }

  @Test("are written as they are read")
  func roundTrip() {
    let numbers = [0, 1, -2, 0.1, 1e-5, 1e20, 123456789, .infinity, -.infinity, 5e-324, 1.7e308, 1 / 3]
    for number in numbers { #expect(Double(recipe: scalar(number.recipeText)) == number, "\(number)") }
    #expect(Double(recipe: scalar(Double.nan.recipeText))?.isNaN == true)
  }

  @Test("Texts that look like numbers to Swift alone are texts")
  func descriptions() {
    #expect(scalar("nan").shortDescription == "\"nan\"" && scalar("0x1p3").shortDescription == "\"0x1p3\"")
    #expect(scalar("1e-4").shortDescription == "the number 1e-4")
    #expect(scalar("3", isQuoted: true).shortDescription == "\"3\"")
  }
}

@Suite("Suggestions")
struct SuggestionTests {
  private let known = ["learning-rate", "epochs", "batch-size", "early-stopping", "loss"]

  @Test("name the nearest known name of a slip")
  func slips() {
    let slips = [
      ("epoch", "epochs"), ("epcohs", "epochs"), ("learning_rate", "learning-rate"), ("Loss", "loss"),
      ("batchsize", "batch-size"), ("early-stoping", "early-stopping"), ("lss", "loss"),
      ("learning", "learning-rate"),
    ]
    for (slip, name) in slips { #expect(Suggestion.nearest(to: slip, among: known) == name, "\(slip)") }
    #expect(Suggestion.hint(for: "epoch", among: known) == "did you mean \"epochs\"?")
  }

  @Test("list what is known where nothing is near")
  func nothingNear() {
    #expect(Suggestion.nearest(to: "momentum", among: known) == nil)
    #expect(
      Suggestion.hint(for: "momentum", among: known)
        == "known: learning-rate, epochs, batch-size, early-stopping, loss")
    #expect(Suggestion.hint(for: "x", among: []) == nil)
    #expect(Suggestion.hint(for: "qqqqqq", among: (0..<13).map { "name\($0)" }) == nil)
  }
}
