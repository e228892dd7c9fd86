import Components
import Datasets
import Tensors
import Testing

@Suite("Cards of data")
struct DataCardTests {
  private let text = "n,c,d,y\n1,red,2024-01-01,a\nNA,blue,2024-01-03,b\n4,,2024-01-02,a\n"

  private func data(_ text: String) throws -> Dataset {
    try CSVReader().read(Array(text.utf8), name: "a.csv").dataset(target: "y")
  }

  @Test("tell ranges, missing values and the classes")
  func rows() throws {
    let card = try data(text).card
    #expect(card.count == 3 && card.note == "Dates count days from 1970-01-01.")
    #expect(
      card.rows.map(\.name) == ["n", "c", "d"] && card.rows.map(\.kind) == [.number, .category, .date])
    #expect(card.rows[0].least == 1 && card.rows[0].largest == 4 && card.rows[0].mean == 2.5)
    #expect(card.rows.map(\.missing) == [1, 1, 0] && card.rows[1].categoryCount == 2)
    #expect(card.classes.map(\.name) == ["a", "b"] && card.classes.map(\.count) == [2, 1])
    let shaped = try data("a,b,y\n1,2,3\n4,5,6\n").reshaped([1, 2, 1]).card
    #expect(shaped.rows.map(\.name) == ["pixels 1 × 2 × 1", "y"] && shaped.rows[0].mean == 3)
    #expect(shaped.rows[1].kind == .target && shaped.note == nil)
  }

  @Test("have a digest that any change changes")
  func digests() throws {
    let whole = try data(text)
    #expect(whole.contentHash == (try data(text)).contentHash && whole.contentHash.count == 64)
    let others = [
      text.replacing("4,", with: "5,"), text.replacing("red", with: "rod"), text.replacing("n,", with: "m,"),
      text.replacing("01-03", with: "01-04"), text.replacing(",b\n", with: ",c\n"),
    ]
    for other in others { #expect(try data(other).contentHash != whole.contentHash) }
    var weighted = whole
    weighted.weights = [1, 1, 1]
    #expect(weighted.contentHash != whole.contentHash)
  }

  @Test("are hashed by SHA-256, in one piece or several")
  func hash() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let letters = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(ContentHash.sha256([]) == empty && ContentHash.sha256(Array("abc".utf8)) == letters)
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for cut in [0, 1, 63, 64, 65, 500, 1000] {
      var hash = ContentHash()
      bytes[..<cut].withUnsafeBytes { hash.update($0) }
      bytes[cut...].withUnsafeBytes { hash.update($0) }
      #expect(hash.digest == ContentHash.sha256(bytes))
    }
  }
}
