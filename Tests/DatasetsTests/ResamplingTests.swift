import Components
import Datasets
import Tensors
import Testing

/// Two features, three classes with 12, 5 and 3 examples; the first feature tells the examples apart.
private let unbalanced: Dataset = {
  var stream = RandomStream(seed: 4, .data)
  let classes = [Int](repeating: 0, count: 12) + [Int](repeating: 1, count: 5) + [2, 2, 2]
  let inputs = classes.enumerated().flatMap { [Double($0), 10 * Double($1) + stream.normal()] }
  return Dataset(
    features: [.init(name: "x"), .init(name: "y")], inputs: Tensor(inputs, shape: [20, 2]),
    targets: .classes(classes, names: ["a", "b", "c"]))
}()

private func counts(_ data: Dataset) -> [Int] {
  (0..<data.outputCount).map { number in data.classes?.count { $0 == number } ?? 0 }
}

@Suite("Resampling")
struct ResamplingTests {
  private func prepared(_ preparation: any Preparation, seed: UInt64 = 1) -> PreparedTraining {
    Preparations.fit([preparation], to: unbalanced, using: RandomStream(seed: seed, .resampling))
  }

  @Test("balances classes in training and leaves other parts alone, alike for the same stream")
  func balance() throws {
    let cases: [(any Preparation, [Int])] = [
      (Oversample(), [12, 12, 12]), (Undersample(), [3, 3, 3]), (SyntheticMinority(), [12, 12, 12]),
    ]
    for (preparation, expected) in cases {
      let found = prepared(preparation)
      #expect(counts(found.data) == expected && found.examples == found.data)
      #expect(found.data == prepared(preparation).data && found.data != prepared(preparation, seed: 2).data)
      #expect(found.steps.apply(to: unbalanced) == unbalanced)
      let outline = try preparation.outline(DataOutline(unbalanced))
      #expect(outline.isResampled)
    }
  }

  @Test("repeats or keeps examples of the data alone")
  func members() {
    for preparation in [Oversample() as any Preparation, Undersample()] {
      let data = prepared(preparation).data
      for row in 0..<data.count {
        let original = Int(data.inputs[row, 0])
        #expect(Array(data.inputs.row(row)) == Array(unbalanced.inputs.row(original)))
        #expect(data.classes?[row] == unbalanced.classes?[original])
      }
    }
    let kept = prepared(Undersample()).data
    #expect(Set(kept.inputs.elements).count == kept.inputs.elements.count)
  }

  @Test("adds examples between two of the same class, the original ones first")
  func smote() {
    for neighbors in [1, 5] {
      let data = prepared(SyntheticMinority(neighbors: neighbors)).data
      #expect(data.subset(Array(0..<20)) == unbalanced)
      for row in 20..<data.count {
        let own = (0..<20).filter { unbalanced.classes?[$0] == data.classes?[row] }
        let point = Array(data.inputs.row(row))
        let isBetween = own.contains { first in
          own.contains { second in
            let (a, b) = (Array(unbalanced.inputs.row(first)), Array(unbalanced.inputs.row(second)))
            let isNear = neighbors > 1 || second == nearest(first, among: own)
            let share = a[0] == b[0] ? 0 : (point[0] - a[0]) / (b[0] - a[0])
            return isNear && share >= 0 && share <= 1 && abs(a[1] + share * (b[1] - a[1]) - point[1]) < 1e-9
          }
        }
        #expect(isBetween)
      }
    }
  }

  private func nearest(_ example: Int, among others: [Int]) -> Int? {
    func distance(_ other: Int) -> Double {
      zip(unbalanced.inputs.row(example), unbalanced.inputs.row(other)).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
    }
    return others.filter { $0 != example }.min { (distance($0), $0) < (distance($1), $1) }
  }

  @Test("takes a class with a single example as it is")
  func single() {
    let data = unbalanced.subset(Array(0..<12) + [12])
    let stream = RandomStream(seed: 1, .resampling)
    let found = Preparations.fit([SyntheticMinority()], to: data, using: stream).data
    #expect(found.classes?.count { $0 == 1 } == 12)
    #expect((13..<24).allSatisfy { Array(found.inputs.row($0)) == Array(unbalanced.inputs.row(12)) })
  }
}
