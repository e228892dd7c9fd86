import Tensors

/// Tests whether two strategies differ, by scores of both under the same conditions.
public enum PairedTest: String, Sendable, CaseIterable {
  /// Student's t with the variance corrected for the examples that the trainings share.
  case correctedT = "corrected-t"
  /// Wilcoxon's signed ranks.
  case wilcoxon

  /// What it is called in a sentence.
  public var words: String {
    switch self {
    case .correctedT: "corrected resampled t-test"
    case .wilcoxon: "Wilcoxon's signed ranks"
    }
  }

  /// The two-sided p-value of differences; NaN for less than two of them.
  ///
  /// `ratio` is the number of tested examples over that of training examples.
  public func pValue(of differences: [Double], ratio: Double) -> Double {
    guard differences.count > 1, differences.allSatisfy(\.isFinite) else { return .nan }
    switch self {
    case .correctedT: return Self.correctedT(differences, ratio: ratio)
    case .wilcoxon: return SignedRanks(differences).pValue
    }
  }

  /// The corrected resampled t-test (Nadeau and Bengio 2003): `t = d̄ / √((1/n + ratio) s²)` with n − 1 degrees of
  /// freedom, s² the variance of the differences with n − 1 in the denominator.
  private static func correctedT(_ differences: [Double], ratio: Double) -> Double {
    let mean = Statistics.mean(differences)
    let deviation = Statistics.standardDeviation(differences)
    let count = Double(differences.count)
    let error = (1 / count + ratio).squareRoot() * deviation
    // Equal differences leave no doubt, one way or the other.
    guard error > 0 else { return mean == 0 ? 1 : 0 }
    return StudentT.twoSided((mean / error).magnitude, degrees: count - 1)
  }
}
