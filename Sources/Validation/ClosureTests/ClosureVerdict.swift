import Components
import Tensors

/// What a closure test says about a strategy, in words.
public struct ClosureVerdict: Sendable, Hashable {
  /// A finding about a strategy.
  public enum Finding: String, Sendable, CaseIterable {
    /// Nothing speaks against the uncertainties.
    case consistent
    /// The uncertainties are smaller than the distances from the truth.
    case overConfident = "over-confident"
    /// They are larger.
    case underConfident = "under-confident"
    /// The fits miss the law in the same way, whatever the noise.
    case underFitting = "under-fitting"
    /// The fits follow the noise.
    case overFitting = "over-fitting"
  }

  /// What was found, the most serious first; never empty.
  public let findings: [Finding]
  /// A sentence of numbers for each finding.
  public let evidence: [String]

  /// The findings as they stand in results, such as `over-confident, under-fitting`.
  public var text: String { findings.map(\.rawValue).joined(separator: ", ") }

  /// Judges estimates of levels 1 and 2 by their names; nil where several fits with replicas are lacking.
  ///
  /// A difference counts where it is more than two standard errors and more than a twentieth.
  public init?(_ estimates: [String: ClosureResult.Estimate]) {
    guard let ratio = estimates["ratio.corrected"], ratio.error.isFinite,
      let bias = estimates["bias"], let variance = estimates["variance"],
      let change = estimates["delta-chi2"], let systematic = estimates["systematic-bias"]
    else { return nil }
    var findings: [(Finding, String)] = []
    func number(_ estimate: ClosureResult.Estimate) -> String { Self.text(estimate.value, estimate.error) }
    if change.value > 2 * change.error {
      findings.append(
        (
          .underFitting,
          "the fits describe the data worse than the law does: Δχ² = \(number(change)) per point"
        )
      )
    } else if systematic.value > 2 * systematic.error, systematic.value > 0.2 * bias.value {
      let share = Int((100 * systematic.value / bias.value).rounded())
      findings.append(
        (
          .underFitting,
          "\(share) % of the squared distance from the law is the same in all fits: "
            + "\(number(systematic)) of \(number(bias))"
        ))
    }
    if let outside = estimates["out-of-sample.bias"],
      outside.value - bias.value > 2 * (outside.error * outside.error + bias.error * bias.error).squareRoot(),
      outside.value > 2 * bias.value
    {
      findings.append(
        (
          .overFitting,
          "where there were no data the fits are farther from the law: "
            + "a bias of \(number(outside)) against \(number(bias))"
        ))
    } else if change.value + 2 * change.error < -0.5 {
      findings.append(
        (.overFitting, "more than half of the noise was fitted: Δχ² = \(number(change)) per point"))
    }
    let excess = ratio.value - 1
    if excess.magnitude > max(2 * ratio.error, 0.05) {
      let sizes =
        "the root of bias \(number(bias)) over variance \(number(variance)), "
        + "corrected for the number of replicas, is \(number(ratio))"
      findings.append((excess > 0 ? .overConfident : .underConfident, sizes))
    }
    if findings.isEmpty {
      let coverage = estimates["xi-1"].flatMap { xi in
        estimates["xi-1.expected"].map {
          ", and \(Self.text(100 * xi.value, 100 * xi.error)) % of the points lie within one standard deviation"
            + " (\(Self.text(100 * $0.value, .nan)) % expected)"
        }
      }
      findings.append((.consistent, "the corrected ratio is \(number(ratio))\(coverage ?? "")"))
    }
    self.findings = findings.map(\.0)
    evidence = findings.map(\.1)
  }

  /// The verdict as a sentence or several.
  public var sentence: String {
    zip(findings, evidence).map { "The strategy is \($0.rawValue): \($1)." }.joined(separator: " ")
  }

  private static func text(_ value: Double, _ error: Double) -> String {
    error.isFinite && error > 1e-6 * value.magnitude
      ? ValueFormat.uncertain(value, error) : ValueFormat.significant(value, 3)
  }
}
