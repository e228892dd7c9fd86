import Components
import Tensors

/// Leaves out examples of the larger classes, drawn at random, until all have as few as the smallest.
public struct Undersample: Resampling {
  /// Leaving out of the larger classes.
  public init() {}

  static let name = "undersample"
  static let component = Component<any Preparation>(
    name, help: "Leaves out examples of larger classes in training.", swift: "Undersample()"
  ) { _ in Undersample() }

  func resampled(_ training: Dataset, classes: [[Int]], using stream: inout RandomStream) -> Dataset {
    let least = classes.map(\.count).min() ?? 0
    let kept = classes.flatMap { members -> [Int] in
      var members = members
      stream.shuffle(&members)
      return Array(members.prefix(least))
    }
    return training.subset(kept.sorted())
  }
}
