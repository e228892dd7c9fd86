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
  /// Whether every score of a variant has a partner: the same repetition, and the same fold.
  let isPaired: Bool

  /// A comparison of variants: with the first of them unless another one is named, by all scores that they share, tested
  /// wherever seeds or folds make pairs.
  ///
  /// Throws if it names what they do not have.
  init(
    of variants: [Experiment.Variant], reference: String?, metrics: [String]?, test: PairedTest?
  ) throws(RecipeError) {
    let wanted = reference.map(RecipeVariants.hyphenated) ?? variants.first?.name
    guard let chosen = variants.first(where: { $0.name == wanted || $0.title == reference }) else {
      throw .unknownVariant(name: reference ?? "", known: variants.map(\.name))
    }
    let known = chosen.experiment.scoreNames.filter { name in
      variants.allSatisfy { $0.experiment.scoreNames.contains(name) }
    }
    if let unknown = metrics?.first(where: { !known.contains($0) }) {
      throw .unknownPath(path: unknown, known: known)
    }
    // Scores on different folds have nothing to do with each other.
    let folds = Set(variants.map { $0.experiment.splitter?.swiftText })
    let hasSeveral = variants.allSatisfy { $0.experiment.seeds != nil || $0.experiment.splitter != nil }
    let hasPairs = hasSeveral && folds.count <= 1
    if test != nil, !hasPairs { throw .comparisonWithoutPairs(haveSameFolds: folds.count <= 1) }
    let standard = known.filter { $0 != "loss" }
    self.reference = chosen.name
    self.metrics = metrics ?? (standard.isEmpty ? known : standard)
    self.test = test ?? (hasPairs ? .correctedT : nil)
    isPaired = folds.count <= 1
  }
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
    "compare", help: "How variants are compared.", swift: "Experiment(reference, metrics, test)",
    parameters: [reference, metrics, test]
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
    guard !variants.isEmpty else { return nil }
    do throws(RecipeError) {
      return try ComparisonPlan(
        of: variants, reference: arguments[CompareSection.reference],
        metrics: arguments[CompareSection.metrics], test: arguments[CompareSection.test])
    } catch {
      let name =
        switch error {
        case .unknownVariant: CompareSection.reference.name
        case .comparisonWithoutPairs: CompareSection.test.name
        default: CompareSection.metrics.name
        }
      throw Problem(error, at: place(name))
    }
  }

  private func place(_ name: String) -> SourcePosition {
    arguments.given[name]?.position ?? arguments.position
  }
}
