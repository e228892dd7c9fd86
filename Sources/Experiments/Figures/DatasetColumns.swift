import Datasets

extension Dataset {
  /// The features as columns with their names; samples of several axes are taken as one row of numbers.
  var featureColumns: (values: [[Double]], names: [String]) {
    let width = inputs.columns
    let values = (0..<width).map { column in (0..<count).map { inputs[$0, column] } }
    return (values, distinctNames(features.count == width ? features.map(\.name) : [], count: width))
  }

  /// The features that are numbers, and behind them the targets where they are, as columns with their names.
  var numericColumns: (values: [[Double]], names: [String]) {
    let all = featureColumns
    let shown = all.values.indices.filter { $0 >= features.count || features[$0].categories == nil }
    var columns = shown.map { all.values[$0] }
    var names = shown.map { all.names[$0] }
    if case .values(let targets, let targetNames) = targets {
      columns += (0..<targets.columns).map { column in (0..<targets.rows).map { targets[$0, column] } }
      names += distinctNames(targetNames, count: targets.columns, letter: "y")
    }
    return (columns, distinctNames(names, count: names.count))
  }
}
