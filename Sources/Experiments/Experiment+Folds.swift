import NeuralNetworks
import Validation

extension Experiment {
  /// The folds of a search: the inner ones where they are nested.
  var searchSplitter: (any Splitter)? { (splitter as? NestedSplitter)?.inner ?? splitter }

  /// The folds that score the strategy, of everything that the test part leaves; nil without any.
  func validation() throws(SplitterError) -> CrossValidation? {
    guard let splitter else { return nil }
    return try CrossValidation(data, of: parts().rest, splitter: splitter, key: key)
  }

  /// The folds that a search looks at, of the training side that a key belongs to.
  func searchValidation(of examples: [Int], key: FitKey) throws(SplitterError) -> CrossValidation? {
    guard let searchSplitter else { return nil }
    return try CrossValidation(data, of: examples, splitter: searchSplitter, key: key)
  }

  /// All divisions into folds that the experiment makes: one, or where folds are nested the outer ones, those of each
  /// outer training side, and those of everything.
  func allValidations() throws(SplitterError) -> [CrossValidation] {
    guard let outer = try validation() else { return [] }
    guard splitter is NestedSplitter else { return [outer] }
    var all = [outer]
    for (number, fold) in outer.folds.enumerated() {
      if let inner = try searchValidation(of: fold.training, key: outer.key(ofFold: number)) {
        all.append(inner)
      }
    }
    if let last = try searchValidation(of: parts().rest, key: key) { all.append(last) }
    return all
  }

  /// The fewest examples that any fit learns from, before a validation part is taken from them.
  func smallestTraining() throws(SplitterError) -> Int {
    let counts = try allValidations().flatMap { $0.folds.map(\.trainingCount) }
    return ([parts().rest.count] + counts).min() ?? 0
  }
}
