import Components
import Datasets
import Foundation
import Tensors
import Testing
import Validation

/// Index sets of scikit-learn, by `Tests/Peers/splitters.py`.
private struct SplitterReference: Decodable {
  struct Sides: Decodable, Equatable {
    let training: [Int]
    let held: [Int]
  }
  struct Times: Decodable {
    let count: Int
    let splits: Int
    let gap: Int
    let maxTrainSize: Int?
    let testSize: Int?
    let folds: [Sides]
  }
  struct Sizes: Decodable {
    let count: Int
    let test: Double
    let training: Double?
    let sizes: [Int]
  }

  let cases: [String: [Sides]]
  let times: [Times]
  let groups: [Int]
  let classes: [Int]
  let grouped: [String: [Sides]]
  let stratified: [String: [[Int]]]
  let shuffled: [Sizes]
  let scores: [Double]
  let error: Double
  let weights: [Double]
  let weightedMean: Double

  static func load() throws -> SplitterReference {
    let url = try #require(
      Bundle.module.url(forResource: "splitters", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(SplitterReference.self, from: Data(contentsOf: url))
  }
}

/// Examples with classes and groups, or with numbers as targets.
private func examples(
  _ count: Int, classes: [Int]? = nil, groups: [Int]? = nil, names: [String]? = nil
) -> Dataset {
  let targets: Dataset.Targets =
    classes.map { .classes($0, names: ["a", "b", "c"]) }
    ?? .values(Tensor((0..<count).map(Double.init), shape: [count, 1]), names: ["y"])
  return Dataset(
    features: [.init(name: "x")], inputs: Tensor(repeating: 0, shape: [count, 1]), targets: targets,
    groups: groups, groupNames: names)
}

private func folds(
  _ splitter: any Splitter, _ data: Dataset, of indices: [Int]? = nil, seed: UInt64 = 6
) throws -> [Fold] {
  var stream = RandomStream(seed: seed, .folds)
  return try splitter.folds(of: indices ?? Array(0..<data.count), in: data, using: &stream)
}

@Suite("Splitters against scikit-learn")
struct SplitterReferenceTests {
  private func sides(_ folds: [Fold]) -> [SplitterReference.Sides] {
    folds.map { .init(training: $0.training, held: $0.held) }
  }

  @Test("Folds of examples alone are the same sets")
  func plain() throws {
    let reference = try SplitterReference.load()
    let splitters: [String: any Splitter] = [
      "KFold 10 3": KFold(3, isShuffled: false), "KFold 17 5": KFold(5, isShuffled: false),
      "LeaveOneOut 5": LeaveOneOut(), "LeavePOut 6 2": LeavePOut(2), "LeavePOut 5 3": LeavePOut(3),
    ]
    #expect(splitters.keys.sorted() == reference.cases.keys.sorted())
    for (name, expected) in reference.cases {
      let count = try #require(name.split(separator: " ").dropFirst().first.flatMap { Int($0) })
      let splitter = try #require(splitters[name])
      #expect(sides(try folds(splitter, examples(count))) == expected, "\(name)")
    }
  }

  @Test("Splits in time are the same sets")
  func times() throws {
    for time in try SplitterReference.load().times {
      let splitter = TimeSeriesSplit(
        time.splits, gap: time.gap, maxTrainSize: time.maxTrainSize, testSize: time.testSize)
      #expect(sides(try folds(splitter, examples(time.count))) == time.folds)
    }
  }

  @Test("Folds of groups are the same sets")
  func grouped() throws {
    let reference = try SplitterReference.load()
    let data = examples(reference.groups.count, classes: reference.classes, groups: reference.groups)
    let splitters: [String: any Splitter] = [
      "GroupKFold 3": GroupKFold(3, isShuffled: false), "GroupKFold 4": GroupKFold(4),
      "LeaveGroupsOut 1": LeaveGroupsOut(), "LeaveGroupsOut 2": LeaveGroupsOut(2),
      "StratifiedGroupKFold 2": StratifiedGroupKFold(2, isShuffled: false),
      "StratifiedGroupKFold 3": StratifiedGroupKFold(3, isShuffled: false),
    ]
    #expect(splitters.keys.sorted() == reference.grouped.keys.sorted())
    for (name, expected) in reference.grouped {
      let splitter = try #require(splitters[name])
      #expect(sides(try folds(splitter, data)) == expected, "\(name)")
    }
  }

  @Test("Stratified folds hold out as many examples of each class, random parts have the same sizes")
  func sizes() throws {
    let reference = try SplitterReference.load()
    let data = examples(reference.classes.count, classes: reference.classes)
    for (name, expected) in reference.stratified {
      let count = try #require(Int(name))
      let found = try folds(StratifiedKFold(count), data).map { fold in
        (0..<3).map { number in fold.held.count { reference.classes[$0] == number } }
      }
      #expect(found == expected, "\(name) folds")
    }
    for sizes in reference.shuffled {
      let splitter = ShuffleSplit(1, test: sizes.test, training: sizes.training)
      let fold = try #require(try folds(splitter, examples(sizes.count)).first)
      #expect([fold.training.count, fold.held.count] == sizes.sizes)
    }
  }

  @Test("The mean counts folds by their weights, and its error has Nadeau's and Bengio's factor")
  func summaries() throws {
    let reference = try SplitterReference.load()
    let equal = [Double](repeating: 1, count: 6)
    let plain = FoldSummary(reference.scores, weights: equal, testedShare: 0.25)
    #expect(plain.mean == Statistics.mean(reference.scores))
    #expect(plain.deviation == Statistics.standardDeviation(reference.scores))
    #expect((try #require(plain.error) - reference.error).magnitude < 1e-15)
    let weighted = FoldSummary(reference.scores, weights: reference.weights, testedShare: 0)
    #expect((weighted.mean - reference.weightedMean).magnitude < 1e-15)
    let doubled = FoldSummary(reference.scores, weights: equal.map { 2 * $0 }, testedShare: 0)
    #expect((doubled.deviation - plain.deviation).magnitude < 1e-15)
    let single = FoldSummary([0.5], weights: [1], testedShare: 1)
    #expect(single.mean == 0.5 && single.deviation.isNaN && single.error == nil)
  }
}

@Suite("Every splitter")
struct SplitterContractTests {
  private static let classes = (0..<74).map { $0 % 5 == 0 ? 2 : $0 % 4 / 2 }
  private static let groups = (0..<74).map { $0 * 7 % 11 }
  private static let data = examples(
    74, classes: classes, groups: groups, names: (0..<11).map { "group \($0)" })
  /// Every second example: numbers of examples are not their places.
  private static let indices = (0..<37).map { 2 * $0 }
  private static let named = PredefinedFolds([
    .init("first", groups: ["group 1", "group 4"]), .init("second", groups: ["group 7"], weight: 2),
  ])
  private static let splitters: [any Splitter] = [
    KFold(4), KFold(3, isShuffled: false), StratifiedKFold(3), GroupKFold(4), StratifiedGroupKFold(3),
    RepeatedSplitter(KFold(3), repeats: 3), RepeatedSplitter(StratifiedGroupKFold(2), repeats: 2),
    LeaveOneOut(), LeavePOut(2), LeavePOut(3, samples: 40), LeaveGroupsOut(), LeaveGroupsOut(2),
    ShuffleSplit(6, test: 0.3), ShuffleSplit(4, test: 0.2, training: 0.5),
    StratifiedShuffleSplit(5, test: 0.3),
    StratifiedShuffleSplit(5, test: 0.3, training: 0.4), GroupShuffleSplit(5, test: 0.3),
    TimeSeriesSplit(4), TimeSeriesSplit(3, gap: 2, maxTrainSize: 8, testSize: 5), named,
    NestedSplitter(outer: KFold(3), inner: KFold(2)),
  ]

  @Test(
    "divides the examples it is given: both sides hold some, none is on both, and order is kept",
    arguments: splitters.indices)
  func sides(index: Int) throws {
    let splitter = Self.splitters[index]
    let found = try folds(splitter, Self.data, of: Self.indices)
    #expect(!found.isEmpty && (splitter.plannedCount ?? found.count) == found.count)
    for fold in found {
      let training = fold.training
      #expect(!fold.held.isEmpty && !training.isEmpty && training.count == fold.trainingCount)
      #expect(training == training.sorted() && fold.held == fold.held.sorted())
      #expect(Set(training).isDisjoint(with: fold.held))
      #expect(Set(training + fold.held).isSubset(of: Self.indices))
      #expect(Set(training + fold.held).count == training.count + fold.held.count)
    }
    let held = found.flatMap(\.held)
    #expect((Set(held).count == held.count) == splitter.holdsOutOnce)
  }

  @Test("makes the same folds of the same stream", arguments: splitters.indices)
  func seeds(index: Int) throws {
    let splitter = Self.splitters[index]
    let first = try folds(splitter, Self.data, of: Self.indices)
    #expect(try folds(splitter, Self.data, of: Self.indices) == first)
    let isDrawn =
      index == 0 || index == 2 || splitter is ShuffleSplit || splitter is GroupShuffleSplit
      || splitter is StratifiedShuffleSplit || index == 9
    if isDrawn {
      #expect(try folds(splitter, Self.data, of: Self.indices, seed: 7) != first)
    }
  }

  @Test(
    "k folds hold out every example once, in sizes that differ by one at most", arguments: [2, 3, 5],
    [true, false])
  func partition(count: Int, isShuffled: Bool) throws {
    let splitters: [any Splitter] = [
      KFold(count, isShuffled: isShuffled), StratifiedKFold(count, isShuffled: isShuffled),
    ]
    for splitter in splitters {
      let found = try folds(splitter, Self.data, of: Self.indices)
      #expect(found.count == count && found.flatMap(\.held).sorted() == Self.indices)
      let sizes = found.map(\.held.count)
      #expect((sizes.max() ?? 9) - (sizes.min() ?? 0) <= 1)
      #expect(found.allSatisfy { $0.trainingCount == Self.indices.count - $0.held.count })
    }
  }

  @Test("Stratified sides have the share of every class within one example")
  func strata() throws {
    let splitters: [any Splitter] = [
      StratifiedKFold(3), StratifiedShuffleSplit(8, test: 0.3),
      StratifiedShuffleSplit(8, test: 0.2, training: 0.5),
    ]
    for splitter in splitters {
      for fold in try folds(splitter, Self.data, of: Self.indices) {
        for number in 0..<3 {
          let all = Self.indices.count { Self.classes[$0] == number }
          let share = Double(all * fold.held.count) / Double(Self.indices.count)
          let held = fold.held.count { Self.classes[$0] == number }
          #expect((Double(held) - share).magnitude <= 1)
        }
      }
    }
  }

  @Test("Groups are on one side only")
  func groups() throws {
    let splitters: [any Splitter] = [
      GroupKFold(4), StratifiedGroupKFold(3), LeaveGroupsOut(2),
      GroupShuffleSplit(9, test: 0.4, training: 0.3),
      Self.named, RepeatedSplitter(GroupKFold(3), repeats: 2),
    ]
    for splitter in splitters {
      for fold in try folds(splitter, Self.data, of: Self.indices) {
        let held = Set(fold.held.map { Self.groups[$0] })
        #expect(held.isDisjoint(with: fold.training.map { Self.groups[$0] }))
      }
    }
    let sizes = try folds(GroupKFold(4), Self.data).map(\.held.count)
    #expect(
      (sizes.max() ?? 99) - (sizes.min() ?? 0) <= 7, "no fold is heavier by more than the largest group")
  }

  @Test(
    "Repeats differ, the first is what the splitter makes alone, and folds have the names of their groups")
  func repeats() throws {
    let repeated = try folds(RepeatedSplitter(KFold(3), repeats: 3), Self.data)
    #expect(Array(repeated[..<3]) == (try folds(KFold(3), Self.data)))
    #expect(Set(repeated.map(\.held)).count == 9)
    for start in [0, 3, 6] {
      #expect(repeated[start..<start + 3].flatMap(\.held).sorted() == Array(0..<74))
    }
    #expect(try folds(Self.named, Self.data).map(\.name) == ["first", "second"])
    #expect(try folds(Self.named, Self.data).map(\.weight) == [1, 2])
    let pairs = try folds(LeaveGroupsOut(2), Self.data)
    #expect(pairs.count == 55 && pairs[0].name == "group 0, group 1")
  }

  @Test("Drawn choices of p are different, and all of them if as many are wanted")
  func choices() throws {
    let drawn = try folds(LeavePOut(3, samples: 300), Self.data)
    #expect(Set(drawn.map(\.held)).count == 300 && drawn.allSatisfy { $0.held.count == 3 })
    #expect(
      Set(try folds(LeavePOut(2, samples: 15), examples(6)).map(\.held))
        == Set(try folds(LeavePOut(2), examples(6)).map(\.held)))
    let most = try folds(LeavePOut(2, samples: 14), examples(6))
    #expect(Set(most.map(\.held)).count == 14)
  }

  @Test("The mean predicts left out examples exactly as badly as theory says")
  func meanPredictor() throws {
    let count = 12
    var stream = RandomStream(seed: 4, .data)
    let values = (0..<count).map { _ in stream.normal() }
    let variance = Statistics.standardDeviation(values) * Statistics.standardDeviation(values)
    func error(_ splitter: any Splitter) throws -> Double {
      let errors = try folds(splitter, examples(count)).flatMap { fold -> [Double] in
        let mean = Statistics.mean(fold.training.map { values[$0] })
        return fold.held.map { (values[$0] - mean) * (values[$0] - mean) }
      }
      return Statistics.mean(errors)
    }
    // n / (n − 1) · s² for one; s² (1 + 1 / (n − p)) over all choices of p.
    let one = variance * Double(count) / Double(count - 1)
    #expect((try error(LeaveOneOut()) - one).magnitude < 1e-12)
    let three = variance * (1 + 1 / Double(count - 3))
    #expect((try error(LeavePOut(3)) - three).magnitude < 1e-12)
  }

  @Test("No window that is learned from reaches into the held-out side of a series")
  func series() throws {
    let data = try SeriesWindows.dataset(
      name: "s", values: (0..<60).map(Double.init), window: 5, horizon: 2)
    let length = 7
    for fold in try folds(TimeSeriesSplit(3), data) {
      let last = try #require(fold.training.max())
      let first = try #require(fold.held.min())
      #expect(last + length == first)
    }
    let few = try folds(TimeSeriesSplit(3, maxTrainSize: 4), data)
    #expect(few.allSatisfy { $0.training.count == 4 })
    #expect(throws: SplitterError.shufflesSeries(splitter: "k-fold")) {
      try CrossValidation(data, of: Array(0..<data.count), splitter: KFold(3), key: .init(seed: 1))
    }
  }
}

@Suite("What keeps examples from being divided")
struct SplitterErrorTests {
  private static let classes = [0, 0, 0, 0, 1, 1, 1, 2, 2, 0]
  private static let data = examples(
    10, classes: classes, groups: [0, 0, 1, 1, 1, 2, 2, 2, 2, 2], names: ["n", "7", "s"])
  private static let cases: [(any Splitter, SplitterError)] = [
    (KFold(11), .tooFewExamples(splitter: "k-fold", needed: 11, found: 10)),
    (KFold(1), .tooFewExamples(splitter: "k-fold", needed: 2, found: 10)),
    (StratifiedKFold(3), .smallClass(name: "c", examples: 2, folds: 3)),
    (GroupKFold(4), .tooFewGroups(splitter: "grouped", needed: 4, found: 3)),
    (StratifiedGroupKFold(4), .smallClass(name: "b", examples: 3, folds: 4)),
    (RepeatedSplitter(KFold(2, isShuffled: false), repeats: 3), .equalRepeats(count: 3)),
    (LeavePOut(10), .tooFewExamples(splitter: "leave-p-out", needed: 11, found: 10)),
    (LeavePOut(2, samples: 46), .tooManySamples(samples: 46, splits: 45)),
    (LeaveGroupsOut(3), .tooFewGroups(splitter: "leave-groups-out", needed: 4, found: 3)),
    (ShuffleSplit(-1), .badCount(splitter: "shuffle-split", count: -1, most: 1000)),
    (LeavePOut(5, samples: 1001), .badCount(splitter: "leave-p-out", count: 1001, most: 1000)),
    (RepeatedSplitter(KFold(2), repeats: 0), .badCount(splitter: "k-fold", count: 0, most: 100)),
    (ShuffleSplit(2, test: 1.5), .badFraction(splitter: "shuffle-split")),
    (ShuffleSplit(2, test: 0.95), .emptySide(splitter: "shuffle-split", isTest: false)),
    (
      ShuffleSplit(2, test: 0.6, training: 0.5),
      .oversized(splitter: "shuffle-split", test: 6, training: 5, found: 10)
    ),
    (StratifiedShuffleSplit(2, test: 0.2), .fewerThanClasses(isTest: true, examples: 2, classes: 3)),
    (TimeSeriesSplit(10), .tooShort(splits: 10, test: 1, gap: 0, found: 10)),
    (TimeSeriesSplit(3, gap: 4), .tooShort(splits: 3, test: 2, gap: 4, found: 10)),
    (TimeSeriesSplit(Int.max - 1), .tooShort(splits: Int.max - 1, test: 1, gap: 0, found: 10)),
    (PredefinedFolds([.init("a", groups: ["x"])]), .unknownGroup(name: "x", known: ["n", "7", "s"])),
    (
      PredefinedFolds([.init("a", groups: ["n"]), .init("b", groups: ["7.0", "n"])]),
      .groupTwice(name: "n", first: "a", second: "b")
    ),
    (PredefinedFolds([.init("a", groups: ["n", "7", "s"])]), .emptyFold(name: "a", isTest: false)),
  ]

  @Test("is thrown as facts", arguments: cases.indices)
  func facts(index: Int) {
    let (splitter, expected) = Self.cases[index]
    #expect(throws: expected) { try folds(splitter, Self.data) }
    #expect(!expected.sentence.isEmpty && !expected.sentence.hasSuffix("."))
  }

  @Test("Classes and groups that data lack are missed, and too many choices are counted")
  func lacking() {
    let bare = examples(200)
    let splitters: [(any Splitter, SplitterError)] = [
      (StratifiedKFold(3), .needsClasses), (StratifiedShuffleSplit(3), .needsClasses),
      (GroupKFold(3), .needsGroups(splitter: "grouped")),
      (GroupShuffleSplit(3), .needsGroups(splitter: "grouped")),
      (LeaveGroupsOut(), .needsGroups(splitter: "leave-groups-out")),
      (PredefinedFolds([.init("a", groups: ["x"])]), .needsGroups(splitter: "folds")),
      (LeavePOut(2), .tooManySplits(splitter: "leave-p-out", count: 19900, most: 1000)),
      (LeavePOut(90), .tooManySplits(splitter: "leave-p-out", count: nil, most: 1000)),
    ]
    for (splitter, expected) in splitters {
      #expect(throws: expected) { try folds(splitter, bare) }
    }
    #expect(throws: SplitterError.tooFewExamples(splitter: "leave-one-out", needed: 2, found: 1)) {
      try folds(LeaveOneOut(), examples(1))
    }
  }
}
