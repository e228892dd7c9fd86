import Components
import Datasets

/// The key `split`: which examples are kept for the test and for validation.
enum SplitSection {
  private static func fraction(_ name: String, _ help: String) -> Parameter<Double?> {
    Parameter(name, default: .some(nil), "between 0 and 1", help: help) { value in
      value.map { $0 > 0 && $0 < 1 } ?? true
    }
  }
  static let test = fraction("test", "The share of all examples that is scored once at the end.")
  static let validation = fraction("validation", "The share of the rest that training may look at.")
  static let stratify = Parameter<Bool>(
    "stratify", default: false, help: "Whether every part has its share of every class.")
  static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether the parts are drawn at random.")

  static let component = Component<Split>(
    "split", help: "Which examples are kept for the test and for validation.",
    swift: "Split(test, validation, isStratified stratify, isShuffled shuffle)",
    parameters: [test, validation, stratify, shuffle]
  ) {
    Split(
      test: $0[test], validation: $0[validation], isStratified: $0[stratify], isShuffled: $0[shuffle])
  }
}
