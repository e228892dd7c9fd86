import Components
import Foundation
import Testing

/// Numbers as Python writes them, by `Tests/Peers/formats.py`: value, digits, text.
private struct Formats: Decodable {
  struct Row: Decodable {
    let value: Double
    let digits: Int
    let text: String

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      value = try row.decode(Double.self)
      digits = try row.decode(Int.self)
      text = try row.decode(String.self)
    }
  }

  let decimals: [Row]
  let significant: [Row]

  static func load() throws -> Formats {
    let url = try #require(
      Bundle.module.url(forResource: "formats", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Formats.self, from: Data(contentsOf: url))
  }
}

@Suite("Numbers in text")
struct ValueFormatTests {
  @Test("have the decimals of their exact binary value")
  func decimals() throws {
    for row in try Formats.load().decimals {
      #expect(ValueFormat.decimals(row.value, row.digits) == row.text, "\(row.value), \(row.digits) decimals")
    }
  }

  @Test("have as many significant digits as wanted, also where rounding carries")
  func significant() throws {
    for row in try Formats.load().significant {
      #expect(
        ValueFormat.significant(row.value, row.digits) == row.text, "\(row.value), \(row.digits) digits")
    }
  }

  @Test("may have more decimals than a number can hold")
  func manyDecimals() {
    #expect(ValueFormat.decimals(0, 30).allSatisfy { $0 == "0" || $0 == "." })
    #expect(ValueFormat.decimals(1e-30, 25) == ValueFormat.decimals(0, 25))
    #expect(ValueFormat.decimals(-0.001, 2) == "0.00" && ValueFormat.decimals(1e20, 2) == "1e+20")
  }

  @Test("with a spread have two digits of it")
  func spreads() {
    #expect(ValueFormat.uncertain(0.95321, 0.01234) == "0.953 ± 0.012")
    #expect(ValueFormat.uncertain(12345.6, 250) == "12346 ± 250")
    #expect(ValueFormat.uncertain(857_978_337, 22_416_441) == "(8.58 ± 0.22)e8")
    #expect(ValueFormat.uncertain(0.5, 0.0997) == "0.50 ± 0.10")
    #expect(ValueFormat.uncertain(0.5, 0) == "0.5000 ± 0")
    #expect(ValueFormat.uncertain(0.5, .nan) == "0.5000 ± NaN")
  }

  @Test("are short where nothing is asked for")
  func short() {
    let cases: [(Double, String)] = [
      (3, "3"), (-2, "-2"), (0.1, "0.1"), (0.30000000000000004, "0.3"), (1.0 / 3, "0.333333"), (1e-7, "1e-7"),
      (1.25e-9, "1.25e-9"), (.infinity, "∞"), (.nan, "NaN"), (1234567.8, "1.23457e6"), (1e15, "1e15"),
    ]
    for (value, text) in cases { #expect(ValueFormat.short(value) == text) }
  }
}
