import Components
import Datasets
import Foundation
import Tensors
import Testing

@Suite("Files of comma-separated values")
struct CSVReaderTests {
  private func read(_ text: String, _ reader: CSVReader = CSVReader()) throws -> CSVTable {
    try reader.read(Array(text.utf8), name: "data/a.csv")
  }

  private func problem(_ text: String, _ reader: CSVReader = CSVReader()) -> String? {
    do {
      _ = try read(text, reader)
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

  @Test("know the line of every row")
  func lines() throws {
    let table = try read("\na,b\n1,x\n\n \n2,\"y\nz\"\n3,x\r\n\n\n4,x\n\n\n")
    #expect(table.count == 4)
    #expect((0..<4).map { table.line(ofRow: $0) } == [3, 6, 8, 11])
    #expect(try table.dataset(target: "b").inputs.elements == [1, 2, 3, 4])
  }

  @Test("trim spaces outside of quotes only, and may have tabs or semicolons")
  func delimiters() throws {
    let text = "a;b\n 1 ;  u\n2;\" u\"\n"
    let table = try read(text, CSVReader(delimiter: ";"))
    #expect(table.kinds == [.numbers, .categories([" u", "u"])])
    let tabs = try CSVReader().read(Array("a\tb\n1\t\n2\t3\n".utf8), name: "a.TSV.gz")
    #expect(tabs.names == ["a", "b"] && tabs.missingCounts == [0, 1])
  }

  @Test("have numbers, categories and dates without a value where nothing is known")
  func missing() throws {
    let text = "n,c,d,y\nNA,red,2024-01-31,1\n2,?,,2\nnull,N/A,2024-02-29T12:00:00Z,3\n-9,blue,2023-12-31,4\n"
    let table = try read(text, CSVReader(missing: ["-9"]))
    #expect(table.kinds == [.numbers, .categories(["blue", "red"]), .dates, .numbers])
    #expect(table.missingCounts == [3, 2, 1, 0])
    let data = try table.dataset(target: "y")
    let bits = data.inputs.elements.map { $0.isNaN ? -1 : $0 }
    #expect(bits == [-1, 1, 19753, 2, -1, -1, -1, -1, 19782.5, -1, 0, 19722])
    #expect(data.features.map(\.isDate) == [false, false, true])
    #expect(CSVTable.dateText(19782.5) == "2024-02-29T12:00:00" && CSVTable.dateText(-1) == "1969-12-31")
  }

  @Test("take dates of the calendar only")
  func dates() throws {
    let texts = ["2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01T25:00", "2024-01-01T", "0000-00-10"]
    for text in texts { #expect(try read("d\n\(text)\n").kinds == [.categories([text])]) }
    let days = ["1970-01-01": 0.0, "2000-03-01": 11017, "1600-01-01": -135140, "2024-01-01 06:00": 19723.25]
    for (text, expected) in days { #expect(try read("d\n\(text)\n").values == [expected]) }
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

  @Test("give weights, groups and errors, and several targets")
  func roles() throws {
    let table = try read("x,y,z,w,g,e\n1,2,3,0,b,1\n4,5,6,2,a,0.5\n7,8,9,1,b,2\n")
    let data = try table.dataset(
      ColumnRoles(targets: ["z", "y"], weight: "w", group: "g", error: "e"))
    #expect(data.features.map(\.name) == ["x"] && data.inputs.elements == [1, 4, 7])
    #expect(data.targets == .values(Tensor([3, 2, 6, 5, 9, 8], shape: [3, 2]), names: ["z", "y"]))
    #expect(data.weights == [0, 2, 1] && data.groups == [1, 0, 1] && data.errors == [1, 0.5, 2])
  }

  @Test("name their groups, and those of test data are matched by name")
  func groupNames() throws {
    let roles = ColumnRoles(targets: ["y"], group: "g")
    let names = try read("x,y,g\n1,2,north\n4,5,east\n7,8,north\n").dataset(roles)
    #expect(names.groups == [1, 0, 1] && names.groupNames == ["east", "north"])
    let years = try read("x,y,g\n1,2,2003\n4,5,2001.5\n").dataset(roles)
    #expect(years.groups == [1, 0] && years.groupNames == ["2001.5", "2003"])
    let days = try read("x,y,g\n1,2,2024-02-01\n4,5,2024-01-31\n").dataset(roles)
    #expect(days.groupNames == ["2024-01-31", "2024-02-01"])
    let both = try names.with(test: try read("x,y,g\n1,2,west\n4,5,north\n").dataset(roles))
    #expect(both.groups == [1, 0, 1, 2, 1] && both.groupNames == ["east", "north", "west"])
    #expect(names.contentHash != names.subset([2, 1, 0]).contentHash)
  }

  @Test("whose columns cannot have their roles say so")
  func badRoles() throws {
    func problem(_ text: String, _ roles: ColumnRoles) throws -> String {
      do {
        _ = try read(text).dataset(roles)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let text = "x,y,w\n1,2,1\n2,,-1\n3,4,NA\n"
    #expect(
      try problem(text, ColumnRoles(targets: ["y"]))
        == "data/a.csv:3:1: error: the target \"y\" has no value in this row")
    #expect(
      try problem(text, ColumnRoles(targets: ["x"], weight: "w"))
        == "data/a.csv:4:1: error: the weight \"w\" has no value in this row")
    #expect(
      try problem("x,y,w\n1,2,1\n2,3,-1\n", ColumnRoles(targets: ["y"], weight: "w"))
        == "data/a.csv:3:1: error: the weight \"w\" must be at least 0 and finite, not -1")
    #expect(
      try problem("x,y,w\n1,2,1\n2,3,0\n", ColumnRoles(targets: ["y"], error: "w"))
        == "data/a.csv:3:1: error: the error \"w\" must be above 0 and finite, not 0")
    #expect(
      try problem("x,y,w\n1,2,u\n2,3,v\n", ColumnRoles(targets: ["y"], weight: "w"))
        == "the weight \"w\" must hold numbers, not text")
    #expect(
      try problem("x,y,w\n1,2,u\n2,3,v\n", ColumnRoles(targets: ["y", "w"]))
        == "the target, one of several, \"w\" must hold numbers, not text")
    #expect(
      try problem(text, ColumnRoles(targets: ["y"], weight: "y"))
        == "the column \"y\" cannot be both target and weight")
    #expect(
      try problem(text, ColumnRoles(targets: ["x", "x"])) == "the column \"x\" is named twice as target")
    #expect(
      try problem(text, ColumnRoles(targets: ["x"], features: ["x", "y"]))
        == "the column \"x\" cannot be both target and feature")
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
    let numbers = (1...20).map { "\($0),1\n" }.joined()
    let cases = [
      ("a,b\n1,2\n\n3\n", "data/a.csv:4:1: error: the row has 1 field, the header has 2"),
      ("a,b\n1,2\n3,4,5,6\n", "data/a.csv:3:1: error: the row has 4 fields, the header has 2"),
      (
        "a,b\n\(numbers)\"21\",é x\n",
        "data/a.csv:22:6: error: \"é x\" in the column \"b\" is not a number "
          + "(missing: [\"é x\"] if it means that there is no value)"
      ),
      ("a,b,a\n1,2,3\n", "data/a.csv:1:1: error: the header names the column \"a\" twice"),
      ("a,b\n", "data/a.csv:1:1: error: the file \"data/a.csv\" has no rows below its header"),
      ("a,b", "data/a.csv:1:1: error: the file \"data/a.csv\" has no rows below its header"),
      ("\na,b\n\n\n", "data/a.csv:2:1: error: the file \"data/a.csv\" has no rows below its header"),
      ("", "data/a.csv:1:1: error: the file \"data/a.csv\" is empty"),
      ("\n \n", "data/a.csv:1:1: error: the file \"data/a.csv\" is empty"),
      ("\u{FEFF}", "data/a.csv:1:1: error: the file \"data/a.csv\" is empty"),
      ("a,b\n1,\"2\n3,4\n", "data/a.csv:2:3: error: a quote is not closed"),
      ("a,b\n1,\"2\n3,\"4\"\n5,\"6\"\n", "data/a.csv:2:3: error: a quote is not closed"),
      ("a,\"b\n", "data/a.csv:1:1: error: a quote is not closed"),
      (
        "a;b\n1;2\n",
        "data/a.csv:1:1: error: the header has semicolons between its names, not commas (delimiter: \";\")"
      ),
      (
        "a\tb\n1\t2\n",
        "data/a.csv:1:1: error: the header has tabs between its names, not commas (delimiter: \"\\t\")"
      ),
    ]
    for (text, expected) in cases { #expect(problem(text) == expected) }
    let latin = #expect(throws: Problem.self) {
      try CSVReader().read([97, 44, 98, 10, 49, 44, 0xE9, 10], name: "a.csv")
    }
    #expect(
      latin?.description == "a.csv:2:3: error: the file \"a.csv\" is not UTF-8 text (save it as UTF-8)")
    let header = #expect(throws: Problem.self) { try CSVReader().read([0xE9, 10, 49], name: "a.csv") }
    #expect(header?.line == 1)
  }

  @Test("that cannot be found name the nearest")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("a\n1\n".utf8).write(to: folder.appending(path: "iris.csv"))
    func problem(_ name: String) -> String {
      do {
        _ = try CSVReader().read(path: folder.appending(path: name).path, name: "data/\(name)")
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      problem("iirs.csv") == "the file \"data/iirs.csv\" does not exist (did you mean \"data/iris.csv\"?)")
    #expect(problem("wine-quality.csv") == "the file \"data/wine-quality.csv\" does not exist")
    #expect(problem("") == "\"data/\" is a folder, not a file")
    try Data("a\n1\n".utf8).write(to: folder.appending(path: "b.csv.gz"))
    #expect(problem("b.csv.gz") == "the gzip file \"data/b.csv.gz\" does not begin like one")
  }

  @Test("may be compressed by gzip, in several members, and say if they are damaged")
  func compressed() throws {
    let path = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/table.csv.gz")
    let table = try CSVReader().read(path: path.path, name: "table.csv.gz")
    #expect(table.count == 1001 && table.kinds == [.numbers, .categories(["x", "y"])])
    let whole = try Data(contentsOf: path)
    func problem(_ data: Data) throws -> String {
      let file = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID()).gz")
      defer { try? FileManager.default.removeItem(at: file) }
      try data.write(to: file)
      do {
        _ = try CSVReader().read(path: file.path, name: "t.csv.gz")
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(try problem(whole + Data(count: 100)).isEmpty)
    #expect(try problem(whole.dropLast(5)) == "the gzip file \"t.csv.gz\" ends too early")
    #expect(try problem(whole.prefix(12)) == "the gzip file \"t.csv.gz\" ends too early")
    #expect(try problem(whole + Data("more".utf8)) == "the gzip file \"t.csv.gz\" is damaged")
    var flipped = whole
    flipped[whole.count - 6] ^= 1
    #expect(try problem(flipped) == "the gzip file \"t.csv.gz\" is damaged")
  }

  /// Rows with everything that makes cutting hard: quotes with line ends, blank lines, long fields; the numbers of
  /// their first column, NaN for none, and their lines.
  private static var hard: (bytes: [UInt8], numbers: [Double], lines: [Int]) {
    var stream = RandomStream(seed: 7, .data)
    var (text, numbers, lines, line) = ("a,b,c\n", [Double](), [Int](), 2)
    while text.utf8.count < 5_000_000 {
      let number = stream.normal()
      var row = "\(number),k\(stream.integer(below: 50)),\(stream.integer(below: 1000))\n"
      let kind = stream.integer(below: 6)
      switch kind {
      case 0: row = "\(number),\"x\ny, \"\"z\"\"\",1\n"
      case 1: row = "\n\(number),,2\r\n"
      case 2: row = "NA,\"\(String(repeating: "long\n", count: stream.integer(below: 900)))\",3\n"
      default: break
      }
      numbers.append(kind == 2 ? .nan : number)
      lines.append(line + (kind == 1 ? 1 : 0))
      line += row.utf8.count { $0 == 10 }
      text += row
    }
    return (Array(text.utf8), numbers, lines)
  }

  @Test("are the same whatever the threads, and what was written")
  func threads() throws {
    let (bytes, numbers, lines) = Self.hard
    let pool = ThreadPool(threads: 3)
    defer { pool.close() }
    let one = try CSVReader().read(bytes, name: "a.csv")
    let many = try CSVReader().read(bytes, name: "a.csv", pool: pool)
    #expect(one.kinds == many.kinds && one.count == many.count && one.missingCounts == many.missingCounts)
    #expect(one.values.map(\.bitPattern) == many.values.map(\.bitPattern))
    guard case .numbers(let found) = one.column(0) else {
      Issue.record("no numbers")
      return
    }
    #expect(
      zip(found, numbers).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN } && found.count == numbers.count)
    #expect(
      (0..<one.count).allSatisfy { one.line(ofRow: $0) == lines[$0] && many.line(ofRow: $0) == lines[$0] })
  }

  @Test("of arbitrary bytes never trap")
  func arbitrary() {
    let alphabet = Array("a1.,,\"\n\n\r; \t-e2024-01-31".utf8) + [0, 0xE9, 0xFF]
    var stream = RandomStream(seed: 9, .data)
    for _ in 0..<20_000 {
      let bytes = (0..<stream.integer(below: 60)).map { _ in alphabet[stream.integer(below: alphabet.count)] }
      let table = try? CSVReader().read(Array("a,b\n".utf8) + bytes, name: "a.csv")
      #expect(table.map { $0.values.count == 2 * $0.count } ?? true)
      _ = try? table?.dataset(target: "a")
      _ = try? CSVReader().read(bytes, name: "a.csv")
    }
  }

  @Test("may have ten thousand columns")
  func wide() throws {
    let names = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<10_000).map(String.init).joined(separator: ",")
    let table = try read(names + "\n" + row + "\n" + row + "\n")
    #expect(try table.dataset(target: "c17").inputs.shape == [2, 9999])
  }
}
