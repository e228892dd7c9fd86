import Components
import Validation

/// How variants are compared with one of them.
public struct ComparisonPlan: Sendable {
  /// The variant that the others are compared with, by its name.
  public var reference: String
  /// The names of the compared scores.
  public var metrics: [String]
  /// The test of the differences; nil for none.
  public var test: PairedTest?
}

extension PairedTest: NamedChoice {}

/// The key `compare`: how variants are compared.
enum CompareSection {
  static let reference = Parameter<String?>(
    "reference", default: nil, help: "The variant that the others are compared with; the first unless given.")
  static let metrics = Parameter<[String]?>(
    "metrics", default: nil, help: "The scores that are compared: all metrics unless given.")
  static let test = Parameter<PairedTest?>(
    "test", default: nil, help: "The test of the differences, paired over seeds and folds.")

  static let component = Component<ComparisonRequest>(
    "compare", help: "How variants are compared.", parameters: [reference, metrics, test]
  ) { ComparisonRequest($0) }
}

/// What a recipe says about a comparison, before the variants are known.
struct ComparisonRequest {
  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// The comparison of a recipe that says nothing about it.
  static func standard(at position: SourcePosition) -> ComparisonRequest {
    ComparisonRequest(Arguments(position: position))
  }

  /// The comparison of variants; throws the problem if it names what they do not have.
  func plan(for variants: [Experiment.Variant]) throws -> ComparisonPlan? {
    guard let first = variants.first else { return nil }
    let names = variants.map(\.name)
    let reference = arguments[CompareSection.reference].map(RecipeVariants.hyphenated) ?? first.name
    guard
      let chosen = variants.first(where: {
        $0.name == reference || $0.title == arguments[CompareSection.reference]
      })
    else {
      throw Problem(
        RecipeError.unknownVariant(name: arguments[CompareSection.reference] ?? "", known: names),
        at: place(CompareSection.reference.name))
    }
    let known = first.experiment.scoreNames.filter { name in
      variants.allSatisfy { $0.experiment.scoreNames.contains(name) }
    }
    let metrics = arguments[CompareSection.metrics] ?? known.filter { $0 != "loss" }
    for metric in metrics where !known.contains(metric) {
      throw Problem(
        RecipeError.unknownPath(path: metric, known: known), at: place(CompareSection.metrics.name))
    }
    let hasPairs = variants.allSatisfy { $0.experiment.seeds != nil || $0.experiment.splitter != nil }
    let test = arguments[CompareSection.test]
    if test != nil, !hasPairs {
      throw Problem(RecipeError.comparisonWithoutPairs, at: place(CompareSection.test.name))
    }
    return ComparisonPlan(
      reference: chosen.name, metrics: metrics.isEmpty ? known : metrics,
      test: test ?? (hasPairs ? .correctedT : nil))
  }

  private func place(_ name: String) -> SourcePosition {
    arguments.given[name]?.position ?? arguments.position
  }
}
