import Tensors

extension Dataset {
  /// A part that the data themselves assign an example to.
  public enum Part: String, Sendable, CaseIterable {
    case train, validation, test
  }

  /// The data with parts that a column of texts names: train, validation or test; the column is no feature any more.
  ///
  /// Throws `DatasetError` if there is no such column or if it names other parts.
  public func divided(by column: String) throws(DatasetError) -> Dataset {
    guard let index = features.firstIndex(where: { $0.name == column }) else {
      throw .unknownColumn(name: column, known: features.map(\.name))
    }
    guard let categories = features[index].categories else { throw .partsWithoutNames(column: column) }
    var known: [Part] = []
    for name in categories {
      guard let part = Part(rawValue: name.lowercased()) else {
        throw .unknownPart(column: column, name: name)
      }
      known.append(part)
    }
    guard features.count > 1 else { throw .noFeatures }
    var parts: [Part] = []
    for row in 0..<count {
      let number = inputs[row, index]
      guard number >= 0 else { throw .missingValues(column: column, others: 0) }
      parts.append(known[Int(number)])
    }
    var result = self
    result.parts = parts
    result.features.remove(at: index)
    let kept = (0..<inputs.columns).filter { $0 != index }
    result.inputs = Tensor(
      (0..<count).flatMap { row in kept.map { inputs[row, $0] } }, shape: [count, kept.count])
    return result
  }

  /// The data with other examples behind them that are the test part.
  ///
  /// Categories and classes are matched by their names. Throws `DatasetError` if the columns or the targets differ.
  public func with(test other: Dataset) throws(DatasetError) -> Dataset {
    guard features.map(\.name) == other.features.map(\.name), sampleShape == other.sampleShape else {
      throw .otherColumns(expected: features.map(\.name), found: other.features.map(\.name))
    }
    var result = self
    var added = other.inputs
    for (column, feature) in features.enumerated() {
      guard (feature.categories == nil) == (other.features[column].categories == nil) else {
        throw .otherColumns(expected: features.map(\.name), found: other.features.map(\.name))
      }
      guard let own = feature.categories, let names = other.features[column].categories else { continue }
      let (union, numbers) = Self.union(own, names)
      result.features[column].categories = union
      for row in 0..<other.count where !added[row, column].isNaN {
        added[row, column] = Double(numbers[Int(added[row, column])])
      }
    }
    let total = count + other.count
    result.inputs = Tensor(
      inputs.elements + added.elements, shape: Shape([total] + sampleShape.dimensions))
    switch (targets, other.targets) {
    case (.classes(let classes, let names), .classes(let added, let addedNames)):
      let (union, numbers) = Self.union(names, addedNames)
      result.targets = .classes(classes + added.map { numbers[$0] }, names: union)
    case (.values(let values, let names), .values(let added, let addedNames)) where names == addedNames:
      result.targets = .values(
        Tensor(values.elements + added.elements, shape: [total, names.count]), names: names)
    default: throw .otherTargets
    }
    result.errors = errors.flatMap { own in other.errors.map { own + $0 } }
    result.weights = weights.flatMap { own in other.weights.map { own + $0 } }
    result.groups = groups.flatMap { own in other.groups.map { own + $0 } }
    if let names = groupNames, let added = other.groupNames {
      // The groups of both are matched by their names.
      let (union, numbers) = Self.union(names, added)
      result.groups = groups.flatMap { own in other.groups.map { own + $0.map { numbers[$0] } } }
      result.groupNames = union
    }
    result.covariance = nil
    result.series = nil
    result.parts = [Part](repeating: .train, count: count) + [Part](repeating: .test, count: other.count)
    return result
  }

  /// Names with those of another list behind them, and where the names of that list stand.
  private static func union(_ names: [String], _ others: [String]) -> (names: [String], numbers: [Int]) {
    var union = names
    let numbers = others.map { name in
      if let index = union.firstIndex(of: name) { return index }
      union.append(name)
      return union.count - 1
    }
    return (union, numbers)
  }
}
