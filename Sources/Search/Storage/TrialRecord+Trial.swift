import Components

/// The names under which storages keep what Optuna's trials do not have.
package enum TrialAttribute {
  /// The first objective of each part, a user attribute.
  package static let parts = "fold_values"
  /// Why a trial failed, a user attribute.
  package static let failure = "failure"
  /// What its proposal knew, a system attribute.
  package static let seen = "lectern:seen"
  /// The means and deviations of normal hyperparameters by name, a system attribute.
  package static let normal = "lectern:normal"
  /// What the evaluation cost, a system attribute.
  package static let cost = "lectern:cost"
  /// The derivative of the first objective, a system attribute.
  package static let gradient = "lectern:gradient"
  /// How far it was trained, behind the trial whose training it went on with; a system attribute.
  package static let training = "lectern:training"
  /// The values of a trial that somebody asked for, a system attribute of Optuna.
  package static let askedFor = "fixed_params"
  /// What constraints begin with, of which Optuna wants numbers that are at most zero; system attributes.
  package static let constraint = "constraints:"
  /// By how much all constraints together are missed.
  package static let violation = constraint + "violation"
  /// All constraints in a list, as Optuna wrote them before its fifth version.
  package static let constraints = "constraints"
}

extension TrialRecord.State {
  /// Whether nothing is expected any more.
  public var isEnd: Bool { self != .waiting && self != .running }

  init(_ state: Trial.State) {
    switch state {
    case .running: self = .running
    case .completed: self = .completed
    case .pruned: self = .pruned
    case .failed: self = .failed
    }
  }
}

extension TrialRecord {
  /// What a storage keeps of a trial of a space.
  ///
  /// `known` are distributions that a study has already: choices keep the types that they have there.
  public init(
    _ trial: Trial, in space: SearchSpace, known: [String: StoredDistribution] = [:], start: Double? = nil,
    end: Double? = nil
  ) {
    let hasValues = trial.state == .completed || trial.state == .pruned
    let values = hasValues && !trial.values.contains(where: \.isNaN) ? trial.values : []
    self.init(
      number: trial.number,
      state: trial.state == .completed && values.isEmpty ? .failed : State(trial.state), values: values,
      parameters: Self.parameters(trial.assignment, in: space, known: known), reports: trial.reports,
      start: start, end: end)
    if !trial.parts.isEmpty { userAttributes[TrialAttribute.parts] = .reals(trial.parts) }
    if let failure = trial.failure { userAttributes[TrialAttribute.failure] = .text(failure) }
    if let seen = trial.seen { systemAttributes[TrialAttribute.seen] = .text(Self.runs(seen)) }
    if trial.cost != 1 { systemAttributes[TrialAttribute.cost] = .real(trial.cost) }
    if let gradient = trial.gradient { systemAttributes[TrialAttribute.gradient] = .reals(gradient) }
    if let training = trial.training {
      systemAttributes[TrialAttribute.training] = .list(
        (training.parent.map { [$0] } ?? []).map { .integer($0) } + [.integer(training.resource)])
    }
    if trial.violation != 0 { systemAttributes[TrialAttribute.violation] = .real(trial.violation) }
    var normal: [String: RecordedValue] = [:]
    for parameter in space.parameters {
      guard case .normal(let mean, let deviation) = parameter.distribution else { continue }
      normal[parameter.name] = .reals([mean, deviation])
    }
    if !normal.isEmpty { systemAttributes[TrialAttribute.normal] = .object(normal) }
  }

  /// The values of an assignment by name.
  private static func parameters(
    _ assignment: Assignment, in space: SearchSpace, known: [String: StoredDistribution]
  ) -> [Parameter] {
    space.parameters.indices.filter { space.isActive($0, in: assignment) }.map { index in
      let (parameter, value) = (space.parameters[index], assignment[index])
      if case .choice(let names) = parameter.distribution, let kept = known[parameter.name],
        let keptNames = kept.choiceNames, names.allSatisfy(keptNames.contains),
        let place = keptNames.firstIndex(of: names[Int(value)])
      {
        return Parameter(name: parameter.name, distribution: kept, value: Double(place))
      }
      return Parameter(
        name: parameter.name, distribution: StoredDistribution(parameter.distribution), value: value)
    }
  }

  /// The trial in a space, with values by name and NaN for what it did not have.
  ///
  /// Throws if the space does not hold it.
  public func trial(in space: SearchSpace, objectives: Int) throws -> Trial {
    var assignment = Assignment(repeating: .nan, count: space.count)
    for parameter in parameters {
      guard let index = space.index(of: parameter.name) else { continue }
      assignment[index] = try parameter.value(in: space.parameters[index].distribution)
    }
    if state == .waiting { setAskedFor(in: space, &assignment) }
    let seen = systemAttributes[TrialAttribute.seen].flatMap { value -> [Int]? in
      if case .text(let text) = value { Self.numbers(runs: text) } else { nil }
    }
    var failure: String?
    if case .text(let text) = userAttributes[TrialAttribute.failure] { failure = text }
    var trial = Trial(
      number: number, assignment: space.normalized(assignment), state: trialState,
      values: knownValues(objectives: objectives),
      parts: userAttributes[TrialAttribute.parts]?.numbers ?? [], reports: reports, violation: violation,
      failure: failure, seen: seen)
    trial.cost = systemAttributes[TrialAttribute.cost]?.number ?? 1
    trial.gradient = systemAttributes[TrialAttribute.gradient]?.numbers
    trial.training = training
    return trial
  }

  /// The values that a trial is to have which somebody asked for, as Optuna notes them.
  private func setAskedFor(in space: SearchSpace, _ assignment: inout Assignment) {
    guard case .object(let asked)? = systemAttributes[TrialAttribute.askedFor] else { return }
    for (index, parameter) in space.parameters.enumerated() {
      var value = asked[parameter.name]?.number
      if case .choice(let names) = parameter.distribution {
        value = asked[parameter.name].flatMap { wanted in
          names.firstIndex { RecordedValue.text($0) == wanted || $0 == wanted.compactJSON }
        }.map(Double.init)
      }
      if let value, parameter.distribution.contains(value) { assignment[index] = value }
    }
  }

  private var training: Trial.Training? {
    guard let numbers = systemAttributes[TrialAttribute.training]?.numbers, let last = numbers.last,
      let resource = Int(exactly: last)
    else { return nil }
    return Trial.Training(parent: numbers.count > 1 ? Int(exactly: numbers[0]) : nil, resource: resource)
  }

  private var trialState: Trial.State {
    switch state {
    case .waiting, .running: .running
    case .completed: .completed
    case .pruned: .pruned
    case .failed: .failed
    }
  }

  /// The objectives; those of the last report if it was pruned without any.
  private func knownValues(objectives: Int) -> [Double] {
    if !values.isEmpty { return values }
    if state == .pruned, objectives == 1, let last = reports.last { return [last.value] }
    return state.isEnd ? [Double](repeating: .nan, count: objectives) : []
  }

  /// By how much constraints are missed, all together.
  public var violation: Double {
    let names = systemAttributes.keys.filter { $0.hasPrefix(TrialAttribute.constraint) }
    let single = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .compactMap { systemAttributes[$0]?.number }
    let all = single + (systemAttributes[TrialAttribute.constraints]?.numbers ?? [])
    return all.reduce(0) { $1 <= 0 ? $0 : $0 + $1 }
  }

  /// Numbers as text: `3-5 9` for 3, 4, 5 and 9, in their order.
  static func runs(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: " ")
  }

  /// The numbers of such a text; nil if it is none.
  static func numbers(runs text: String) -> [Int]? {
    var numbers: [Int] = []
    for run in text.split(separator: " ") {
      let ends = run.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2, first <= last,
        last - first < 10_000_000
      else { return nil }
      numbers += first...last
    }
    return numbers
  }
}

extension TrialRecord.Parameter {
  /// The value in a distribution of the same name; throws if that does not hold it.
  func value(in other: Distribution) throws -> Double {
    let wanted = StoredDistribution(other)
    guard wanted.kind == distribution.kind else {
      throw StorageError.otherKind(parameter: name, kept: distribution.kind, wanted: wanted.kind)
    }
    if case .choice(let names) = other, let keptNames = distribution.choiceNames {
      guard let place = Int(exactly: value), keptNames.indices.contains(place) else {
        throw StorageError.valueOutside(parameter: name, value: value)
      }
      guard let choice = names.firstIndex(of: keptNames[place]) else {
        throw StorageError.choicesVanished(parameter: name, choices: [keptNames[place]])
      }
      return Double(choice)
    }
    guard other.contains(value) else { throw StorageError.valueOutside(parameter: name, value: value) }
    return value
  }
}
