import Components
import Foundation
import Testing

@Suite("Recorded values")
struct RecordedValueTests {
  @Test("are written in one way: sorted keys, two spaces, numbers of a list on a line")
  func golden() {
    let value = RecordedValue.object([
      "test.accuracy": .real(0.953), "epochs": .integer(12), "Best": .boolean(true), "loss": .real(1),
      "history": .reals([0.5, .nan, -.infinity, 1e-7, 1e22]), "empty": .list([]), "none": .object([:]),
      "params": .object(["z": .text("a \"quote\"\n\u{1}ü\\"), "a": .list([.text("x"), .integer(1)])]),
    ])
    #expect(
      value.json == """
        {
          "Best": true,
          "empty": [],
          "epochs": 12,
          "history": [0.5, "NaN", "-Infinity", 1e-07, 1e+22],
          "loss": 1.0,
          "none": {},
          "params": {
            "a": [
              "x",
              1
            ],
            "z": "a \\"quote\\"\\n\\u0001ü\\\\"
          },
          "test.accuracy": 0.953
        }
        """)
  }

  @Test("are JSON, on many lines or on one, and reals read back as the same number")
  func validJSON() throws {
    var values: [RecordedValue] = []
    for exponent in stride(from: -300, through: 300, by: 25) {
      values.append(.real(Double.pi * Double(sign: .plus, exponent: exponent, significand: 1)))
    }
    let compact = RecordedValue.object(["v": .list(values)]).compactJSON
    let decoder = JSONDecoder()
    #expect(
      try decoder.decode([Double].self, from: Data(RecordedValue.list(values).json.utf8))
        == values.compactMap(\.number))
    #expect(
      try decoder.decode([String: [Double]].self, from: Data(compact.utf8)) == [
        "v": values.compactMap(\.number)
      ])
    #expect(!compact.contains("\n"))
  }

  @Test("keep the kind of every number on their way to a cell and back, NaN and infinity too")
  func coding() throws {
    let value = RecordedValue.list([
      .integer(1), .real(1), .text("1"), .text("NaN"), .boolean(true), .object(["a": .real(0.1)]),
      .real(.infinity),
      .real(-.infinity), .list([]),
    ])
    let copy = try JSONDecoder().decode(RecordedValue.self, from: JSONEncoder().encode(value))
    #expect(copy == value)
    let nan = try JSONDecoder().decode(
      RecordedValue.self, from: JSONEncoder().encode(RecordedValue.real(.nan)))
    #expect(nan.number?.isNaN == true)
  }
}
