import Components
import Datasets
import Tensors
import Testing

@Suite("Splits")
struct SplitTests {
  private func keep(
    _ fraction: Double, _ count: Int, classes: [Int]? = nil, seed: UInt64 = 1, isShuffled: Bool = true
  )
    -> (kept: [Int], rest: [Int])
  {
    var stream = RandomStream(seed: seed, .split)
    return Split.keep(
      fraction, of: Array(0..<count), classes: classes, isShuffled: isShuffled, using: &stream)
  }

  @Test("round half up")
  func counts() {
    for (fraction, count, expected) in [
      (0.25, 10, 3), (0.15, 10, 2), (0.2, 7, 1), (0.5, 3, 2), (0.01, 10, 0),
    ] {
      #expect(keep(fraction, count).kept.count == expected)
    }
  }

  @Test("are disjoint, complete, in order, and the same again")
  func partition() {
    for seed in 0..<5 as Range<UInt64> {
      let (kept, rest) = keep(0.3, 50, seed: seed)
      #expect((kept + rest).sorted() == Array(0..<50) && kept == kept.sorted() && rest == rest.sorted())
      #expect(keep(0.3, 50, seed: seed).kept == kept && keep(0.3, 50, seed: seed + 1).kept != kept)
    }
    #expect(keep(0.3, 10, isShuffled: false).kept == [7, 8, 9])
  }

  @Test("give every class its share by the largest remainder, ties to the lower class")
  func strata() {
    #expect(Split.quotas(10, among: [50, 30, 20]) == [5, 3, 2])
    #expect(Split.quotas(3, among: [5, 5]) == [2, 1] && Split.quotas(1, among: [3, 3, 3]) == [1, 0, 0])
    #expect(Split.quotas(7, among: [1, 9, 90]) == [0, 1, 6] && Split.quotas(0, among: [4]) == [0])
    let classes = (0..<60).map { $0 % 10 == 0 ? 2 : $0 % 2 }
    let kept = keep(0.25, 60, classes: classes).kept
    #expect((0..<3).map { number in kept.count { classes[$0] == number } } == [6, 8, 1])
  }
}

@Suite("Every generator")
struct GeneratorContractTests {
  @Test(
    "gives the same finite data for the same stream, with balanced classes",
    arguments: Generators.catalog.names)
  func contract(name: String) throws {
    let place = SourcePosition(file: "test", line: 1)
    let samples = RecipeNode.Argument(
      label: "samples", position: place, value: RecipeNode(.scalar("61", isQuoted: false), at: place))
    let generator = try Generators.catalog.decode(
      RecipeNode(.call(name: name, arguments: [samples]), at: place))
    func data(_ seed: UInt64) throws -> Dataset {
      var stream = RandomStream(seed: seed, .data)
      return try generator.dataset(using: &stream, painter: DiskPainter())
    }
    let (first, again, other) = (try data(1), try data(1), try data(2))
    #expect(first == again && first != other)
    #expect(first.count == 61 && first.features.count == first.inputs.columns)
    #expect(
      first.inputs.elements.allSatisfy { $0.isFinite }
        && first.targetValues.elements.allSatisfy { $0.isFinite })
    if let classes = first.classes {
      let counts = (0..<first.outputCount).map { number in classes.count { $0 == number } }
      #expect((counts.max() ?? 9) - (counts.min() ?? 0) <= 1)
    }
  }
}

/// Draws every character as a disk whose radius is its own, so that maps and classes can be told apart.
private struct DiskPainter: GlyphPainter {
  func picture(of character: Character, size: Int, map: GlyphMap) -> [Double] {
    let radius = Double(character.unicodeScalars.first?.value ?? 0).truncatingRemainder(dividingBy: 10) / 20
    return (0..<size * size).map { index in
      let (x, y) = (Double(index % size) / Double(size) - 0.5, Double(index / size) / Double(size) - 0.5)
      return x * x + y * y < radius * radius ? 1 : 0
    }
  }
}

@Suite("Laws")
struct LawTests {
  @Test("are read with the precedence of mathematics")
  func values() throws {
    let cases: [(String, Double, Double)] = [
      ("1+2*3", 0, 7), ("2^3^2", 0, 512), ("-x^2", 3, -9), ("2^-1", 0, 0.5), ("(1+x)*2", 2, 6),
      ("8/4/2", 0, 1),
      ("1-2-3", 0, -4), ("--x", 4, 4), ("x^0.5*(1-x)", 0.25, 0.375), ("1e-2*x", 5, 0.05),
      (".5x".replacing("x", with: ""), 0, 0.5),
      ("sqrt(x)+abs(-x)", 4, 6), ("exp(log(x))", 2, 2), ("2*pi", 0, 2 * .pi), ("sin(0)+cos(0)", 0, 1),
      ("+x", 1, 1),
    ]
    for (text, x, expected) in cases {
      #expect(abs(try Law(text)(x) - expected) < 1e-15 * max(1, abs(expected)), "\(text)")
    }
  }

  @Test("that are broken say what is wrong")
  func problems() {
    let cases = [
      ("x^", "ends too early"), ("(1+x", "misses a closing parenthesis"),
      ("sin x", "misses a parenthesis after \"sin\""), ("1+*2", "has an unexpected \"*\" at its column 3"),
      ("x)", "has an unexpected \")\" at its column 2"), ("1.2.3", "has a broken number \"1.2.3\""),
      ("", "ends too early"),
      ("2x", "has an unexpected \"x\" at its column 2"),
    ]
    for (text, reason) in cases {
      #expect(throws: DatasetError.badLaw(text: text, reason: reason)) { try Law(text) }
    }
  }

  @Test("have points from end to end and errors added in squares")
  func points() throws {
    #expect(LawData.points(1...3, count: 3, spacing: .linear) == [1, 2, 3])
    let log = LawData.points(0.01...1, count: 3, spacing: .log)
    #expect(log[0] == 0.01 && log[2] == 1 && abs(log[1] - 0.1) < 1e-15)
    let data = try LawData(law: Law("3*x"), points: [1, 2], noise: .init(relative: 1, absolute: 4))
    #expect(data.errors == [5, 52.0.squareRoot()])
  }
}
