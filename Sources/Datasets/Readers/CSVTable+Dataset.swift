import Components
import Tensors

extension CSVTable {
  /// The examples of a file: one column is to be predicted, the others are features.
  ///
  /// Throws `DatasetError`, or a `Problem` that names the line.
  public consuming func dataset(
    target: String, features: [String]? = nil, drop: [String] = []
  ) throws -> Dataset {
    try dataset(ColumnRoles(targets: [target], features: features, drop: drop))
  }

  /// The examples of a file whose columns have roles.
  ///
  /// Throws `DatasetError`, or a `Problem` that names the line. The table's memory becomes that of the examples.
  public consuming func dataset(_ roles: ColumnRoles) throws -> Dataset {
    try check(roles)
    let targets = try targetColumns(roles)
    let weights = try roles.weight.map { name in
      try numbers(of: name, as: "weight", "at least 0 and finite") { $0 >= 0 && $0.isFinite }
    }
    let errors = try roles.error.map { name in
      try numbers(of: name, as: "error", "above 0 and finite") { $0 > 0 && $0.isFinite }
    }
    let groups = try roles.group.map { try self.groups(of: $0) }
    let taken = Set(roles.taken.map(\.name) + roles.drop)
    let wanted = roles.features.map(Set.init)
    let chosen = names.indices.filter { index in
      !taken.contains(names[index]) && (wanted?.contains(names[index]) ?? true)
    }
    guard !chosen.isEmpty else { throw DatasetError.noFeatures }
    let features = chosen.map { index -> Dataset.Feature in
      switch kinds[index] {
      case .numbers: .init(name: names[index])
      case .dates: .init(name: names[index], isDate: true)
      case .categories(let categories): .init(name: names[index], categories: categories)
      }
    }
    let count = count
    keep(chosen)
    return Dataset(
      features: features, inputs: Tensor(values, shape: [count, chosen.count]), targets: targets,
      errors: errors, weights: weights, groups: groups?.numbers, groupNames: groups?.names)
  }

  /// Checks that the columns exist and that each has one role.
  private func check(_ roles: ColumnRoles) throws {
    let known = Set(names)
    let mentioned = roles.taken.map(\.name) + (roles.features ?? []) + roles.drop
    for name in mentioned where !known.contains(name) {
      throw DatasetError.unknownColumn(name: name, known: names)
    }
    var seen: [String: String] = [:]
    for (name, role) in roles.taken {
      if let other = seen.updateValue(role, forKey: name) {
        throw DatasetError.columnTwice(name: name, first: other, second: role)
      }
    }
    for name in roles.features ?? [] {
      if let role = seen[name] { throw DatasetError.columnTwice(name: name, first: role, second: "feature") }
    }
  }

  /// Keeps some columns, in place.
  private mutating func keep(_ chosen: [Int]) {
    guard chosen.count < names.count else { return }
    let (width, rows) = (names.count, count)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var target = 0
      for row in 0..<rows {
        for column in chosen {
          base[target] = base[row * width + column]
          target += 1
        }
      }
    }
    values.removeLast(values.count - rows * chosen.count)
  }

  private func targetColumns(_ roles: ColumnRoles) throws -> Dataset.Targets {
    let indices = roles.targets.compactMap { names.firstIndex(of: $0) }
    let columns = try zip(indices, roles.targets).map { try present(numbers(of: $0), $1, as: "target") }
    if columns.count == 1, case .categories(let classes) = kinds[indices[0]] {
      return .classes(columns[0].map { Int($0) }, names: classes)
    }
    for (index, name) in zip(indices, roles.targets) {
      if case .categories = kinds[index] {
        throw DatasetError.textColumn(name: name, role: "target, one of several,")
      }
    }
    var values = Tensor<Double>(repeating: 0, shape: [count, columns.count])
    for (column, numbers) in columns.enumerated() {
      for row in 0..<count { values[row, column] = numbers[row] }
    }
    return .values(values, names: roles.targets)
  }

  /// The values of a column that has one in every row.
  private func present(_ values: [Double], _ name: String, as role: String) throws -> [Double] {
    if let row = values.firstIndex(where: \.isNaN) {
      throw Problem(DataFileError.missingValue(column: name, role: role), at: position(ofRow: row))
    }
    return values
  }

  /// The numbers of a column in a range.
  private func numbers(
    of name: String, as role: String, _ requirement: String, where holds: (Double) -> Bool
  ) throws -> [Double] {
    let index = names.firstIndex(of: name) ?? 0
    if case .categories = kinds[index] { throw DatasetError.textColumn(name: name, role: role) }
    let values = try present(numbers(of: index), name, as: role)
    if let row = values.firstIndex(where: { !holds($0) }) {
      throw Problem(
        DataFileError.outOfRange(
          column: name, role: role, requirement: requirement, found: values[row].recipeText),
        at: position(ofRow: row))
    }
    return values
  }

  /// The number of each row's group, and the names of the groups: they count in the order of their values.
  private func groups(of name: String) throws -> (numbers: [Int], names: [String]) {
    let index = names.firstIndex(of: name) ?? 0
    let values = try present(numbers(of: index), name, as: "group")
    let distinct = Array(Set(values)).sorted()
    let order = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    let texts = distinct.map { value in
      switch kinds[index] {
      case .numbers: value.recipeText
      case .dates: Self.dateText(value)
      case .categories(let categories): categories[Int(value)]
      }
    }
    return (values.map { order[$0] ?? 0 }, texts)
  }
}
