import Components
import Tensors

/// Repeats examples of the smaller classes, drawn with replacement, until all have as many as the largest.
public struct Oversample: Resampling {
  /// Repetition of the smaller classes.
  public init() {}

  static let name = "oversample"
  static let component = Component<any Preparation>(
    name, help: "Repeats examples of smaller classes in training.", swift: "Oversample()"
  ) { _ in Oversample() }

  func resampled(_ training: Dataset, classes: [[Int]], using stream: inout RandomStream) -> Dataset {
    let most = classes.map(\.count).max() ?? 0
    var indices = Array(0..<training.count)
    for members in classes {
      for _ in members.count..<most { indices.append(members[stream.integer(below: members.count)]) }
    }
    return training.subset(indices)
  }
}
