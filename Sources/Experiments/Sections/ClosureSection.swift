import Components
import Datasets
import Tensors
import Validation

/// The key `closure-test`: whether the strategy finds a known law again.
enum ClosureSection {
  static let levels = Parameter<[Int]>(
    "levels", default: [0, 1, 2], "levels 0, 1 or 2", help: "Which levels are run."
  ) {
    !$0.isEmpty && $0.allSatisfy { (0...2).contains($0) } && Set($0).count == $0.count
  }
  static let replicas = Parameter<Int>(
    "replicas", default: 40, "at least 2", help: "The replicas of a fit."
  ) { $0 >= 2 }
  static let fits = Parameter<Int>(
    "fits", default: 25, "at least 1", help: "The fits with noise of their own."
  ) { $0 >= 1 }
  static let outOfSample = Parameter<RecipeNode?>(
    "out-of-sample", default: nil,
    help: "Points that no fit sees, as those of the data: {range: …, count: …}.")
  static let inconsistency = Parameter<Double?>(
    "inconsistency", default: .some(nil), "between 0 and 1",
    help: "The share of the data's normalization error that the fits know of."
  ) { $0.map { (0...1).contains($0) } ?? true }
  static let confirm = Parameter<RecipeNode?>(
    "confirm", default: nil,
    help: "The replicas and fits that test a search's winner, with noise that no trial saw.")

  static let component = Component<ClosurePlan>(
    "closure-test", help: "Whether the strategy finds a known law again.",
    swift: "ClosurePlan(levels, replicas, fits, out-of-sample, inconsistency, confirm)",
    parameters: [levels, replicas, fits, outOfSample, inconsistency, confirm]
  ) { arguments in
    ClosurePlan(
      levels: arguments[levels].sorted(), replicas: arguments[replicas], fits: arguments[fits],
      outOfSample: try arguments[outOfSample].map { LawData.grid(try LawPoints.axes($0).map(\.values)) },
      inconsistency: arguments[inconsistency],
      confirm: try arguments[confirm].map { try confirmation.decode(map: $0) })
  }

  private static let confirmation = Component<ClosurePlan.Confirmation>(
    "confirm", help: "The size of the test of a search's winner.",
    swift: "ClosurePlan.Confirmation(replicas, fits)", parameters: [replicas, fits]
  ) { ClosurePlan.Confirmation(replicas: $0[replicas], fits: $0[fits]) }

  /// A setting that is a map of its own, as a Swift expression; nil for others.
  static func swiftText(_ label: String, _ node: RecipeNode) throws -> String? {
    switch label {
    case outOfSample.name: try LawPoints.swiftText(node)
    case confirm.name: try confirmation.swiftText(ofMap: node) { _, _, _ in nil }
    default: nil
    }
  }
}
