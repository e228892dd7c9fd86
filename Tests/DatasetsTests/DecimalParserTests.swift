import Components
import Datasets
import Tensors
import Testing

@Suite("Decimal numbers")
struct DecimalParserTests {
  private func parsed(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { DecimalParser.slow($0) }
  }

  /// A text of one of the ways in which numbers are written.
  private func text(_ stream: inout RandomStream) -> String {
    func digits(_ count: Int) -> String { (0..<count).map { _ in "\(stream.integer(below: 10))" }.joined() }
    let sign = ["", "-", "+"][stream.integer(below: 3)]
    let whole = digits(stream.integer(below: 12))
    let fraction = digits(stream.integer(below: 12))
    switch stream.integer(below: 5) {
    case 0: return "\(stream.normal())"
    case 1: return sign + "0" + whole
    case 2: return sign + whole + ".0" + fraction
    case 3: return sign + whole + "1." + fraction + "e\(stream.integer(below: 60) - 30)"
    default: return sign + "3" + digits(stream.integer(below: 25)) + "E\(stream.integer(below: 700) - 350)"
    }
  }

  @Test("are read like the standard library does, to the last bit")
  func random() {
    var stream = RandomStream(seed: 3, .data)
    for _ in 0..<100_000 {
      let text = text(&stream)
      #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test("halfway between two numbers go to the even one")
  func halfway() {
    let texts = [
      "9007199254740993", "9007199254740995", "9007199254740993.0", "900719925474099.3e1",
      "1.00000000000000011102",
      "0.500000000000000166533", "1e23", "8.5e22", "18446744073709551615", "1844674407370955161.5e-19",
      "0e30",
      "-0", "0.000", "1e-27", "9999999999999999999e-27", "9999999999999999999e27",
    ]
    for text in texts { #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern, "\(text)") }
  }

  @Test("follow the grammar of recipes")
  func grammar() {
    let texts = [
      "1.", ".5", "+.5", "-", "+", ".", "e5", "1e", "1e+", "0x1F", "0o17", "0x1.8p1", ".inf", "-.inf", "inf",
      "1_000", "1 2", "--1", "1e5.5", "1.2.3", "", "NaN", "12abc", "1e99999", "1e-99999", "00012",
      "0000000000000000000000000000001.50000000000000000000000000",
    ]
    for text in texts {
      #expect(parsed(text)?.bitPattern == CoreSchema.number(text)?.bitPattern, "\(text)")
    }
    #expect(parsed(".nan")?.isNaN == true)
  }
}
