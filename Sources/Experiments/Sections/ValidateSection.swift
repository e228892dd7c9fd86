import Components
import Validation

/// The key `validate`: how the strategy is cross-validated.
enum ValidateSection {
  static let folds = Parameter<Int>("k-fold", "at least 2", help: "The number of folds.") { $0 >= 2 }
  static let stratified = Parameter<Bool>(
    "stratified", default: false, help: "Whether every fold has its share of every class.")
  static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether examples are shuffled before.")

  static let component = Component<any Splitter>(
    "validate", help: "How the strategy is cross-validated.", swift: "KFold(_ k-fold, isShuffled shuffle)",
    parameters: [folds, stratified, shuffle]
  ) { arguments in
    if arguments[stratified] { return StratifiedKFold(arguments[folds], isShuffled: arguments[shuffle]) }
    return KFold(arguments[folds], isShuffled: arguments[shuffle])
  }
}
