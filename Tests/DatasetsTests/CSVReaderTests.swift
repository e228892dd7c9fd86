import Components
import Datasets
import Testing

@Suite("Files of comma-separated values")
struct CSVReaderTests {
  private func read(_ text: String) throws -> CSVReader.Contents {
    try CSVReader().read(Array(text.utf8), name: "data/a.csv")
  }

  private func problem(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("hold numbers, categories, quotes, line breaks in quotes and either kind of line end")
  func contents() throws {
    let text =
      "\u{FEFF}size, kind ,\"a \"\"b\"\", c\"\r\n1.5,red,x\r\n\r\n-2e3,\"green\nish\",y\r\n3,red,\"x\""
    let data = try read(text).dataset(target: "a \"b\", c")
    #expect(data.features == [.init(name: "size"), .init(name: "kind", categories: ["green\nish", "red"])])
    #expect(data.inputs.elements == [1.5, 1, -2000, 0, 3, 1])
    #expect(data.targets == .classes([0, 1, 0], names: ["x", "y"]))
    #expect(data.outputCount == 2 && data.targetValues.elements == [1, 0, 0, 1, 1, 0])
  }

  @Test("choose their columns by name")
  func columns() throws {
    let contents = try read("a,b,c\n1,2,3\n4,5,6\n")
    #expect(try contents.dataset(target: "b").features.map(\.name) == ["a", "c"])
    #expect(try contents.dataset(target: "b", features: ["c"]).inputs.elements == [3, 6])
    #expect(try contents.dataset(target: "b", drop: ["c"]).inputs.elements == [1, 4])
    #expect(throws: DatasetError.unknownColumn(name: "d", known: ["a", "b", "c"])) {
      try contents.dataset(target: "d")
    }
    #expect(throws: DatasetError.noFeatures) { try contents.dataset(target: "a", drop: ["b", "c"]) }
  }

  @Test("with numbers for a target become classes in rising order")
  func classification() throws {
    let data = try read("x,digit\n1,7\n2,0\n3,7\n4,2\n").dataset(target: "digit").classified()
    #expect(data.targets == .classes([2, 0, 2, 1], names: ["0", "2", "7"]))
  }

  @Test("with broken numbers for a target stay values")
  func brokenNumbers() throws {
    let data = try read("x,size\n1,7\n2,2.5\n").dataset(target: "size")
    #expect(data.classified() == data)
  }

  @Test("that are broken say where")
  func problems() {
    let cases = [
      ("a,b\n1,2\n\n3\n", "data/a.csv:4:1: error: the row has 1 field, the header has 2"),
      ("a,b\n1,2\n3,x\n", "data/a.csv:3:1: error: \"x\" in the column \"b\" is not a number"),
      ("a,b,a\n1,2,3\n", "data/a.csv:1:1: error: the header names the column \"a\" twice"),
      ("a,b\n", "data/a.csv:1:1: error: the file \"data/a.csv\" has no rows below its header"),
      ("", "data/a.csv:1:1: error: the file \"data/a.csv\" has no rows below its header"),
      ("a,b\n1,\"2\n3,4\n", "data/a.csv:2:1: error: a quote is not closed"),
    ]
    for (text, expected) in cases { #expect(problem(text) == expected) }
    let latin = #expect(throws: Problem.self) { try CSVReader().read([97, 10, 0xE9, 10], name: "a.csv") }
    #expect(latin?.description == "a.csv:2:1: error: the file \"a.csv\" is not UTF-8 text")
    #expect(throws: DatasetError.fileNotFound(path: "b.csv")) {
      try CSVReader().read(path: "/nowhere/b.csv", name: "b.csv")
    }
  }
}
