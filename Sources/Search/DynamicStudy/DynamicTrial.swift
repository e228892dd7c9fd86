import Components
import Tensors

/// A trial that says while it runs which hyperparameters it has (define-by-run, Akiba and others 2019).
///
/// A hyperparameter is known by its name. Under the name it is of one kind, but its bounds and choices may differ from trial
/// to trial: `trial.float("rate", in: 1e-4...1e-1, log: true)`. What cannot be asked for, such as a logarithm of zero, ends
/// the search with an error as soon as the trial returns.
public struct DynamicTrial: Sendable {
  /// The number, from zero.
  public let number: Int
  /// By how much constraints are missed; 0 if all hold.
  public var violation = 0.0
  /// What the evaluation costs, for samplers that mind it.
  public var cost = 1.0

  /// What has been asked for, in that order.
  private(set) var asked: [SearchSpace.Parameter] = []
  private(set) var assignment: Assignment = []
  private(set) var reports: [Trial.Report] = []
  /// The first thing that could not be asked for.
  private(set) var problem: DynamicStudyError?

  private let proposed: [String: RecordedValue]
  private let key: UInt64
  private let isHopeless: @Sendable ([Trial.Report]) -> Bool

  /// A trial with proposed values; what they lack is drawn under a key.
  init(
    number: Int, proposed: [String: RecordedValue], key: UInt64,
    isHopeless: @escaping @Sendable ([Trial.Report]) -> Bool
  ) {
    self.number = number
    self.proposed = proposed
    self.key = key
    self.isHopeless = isHopeless
  }

  /// A number of an interval, uniform itself or in its logarithm, or one of those that steps from its lower end reach.
  public mutating func float(
    _ name: String, in range: ClosedRange<Double>, step: Double? = nil, log: Bool = false
  ) -> Double {
    if !(range.lowerBound.isFinite && range.upperBound.isFinite) {
      note(.notFinite(name: name))
    } else if log, range.lowerBound <= 0 {
      note(.logarithmOfZero(name: name, low: range.lowerBound))
    } else if let step, !(step > 0 && step.isFinite) || log {
      note(log ? .stepsOfLogarithm(name: name) : .noStep(name: name, step: step))
    }
    guard problem == nil else { return range.lowerBound }
    return value(
      name, .real(low: range.lowerBound, high: range.upperBound, step: step, isLog: log))
  }

  /// A whole number of an interval, in steps from its lower end, or uniform in its logarithm.
  public mutating func integer(
    _ name: String, in range: ClosedRange<Int>, step: Int = 1, log: Bool = false
  ) -> Int {
    let (low, high) = (range.lowerBound, range.upperBound)
    if high.subtractingReportingOverflow(low).overflow {
      note(.notFinite(name: name))
    } else if log, low <= 0 {
      note(.logarithmOfZero(name: name, low: Double(low)))
    } else if step < 1 {
      note(.noStep(name: name, step: Double(step)))
    } else if log, step != 1 {
      note(.stepsOfLogarithm(name: name))
    }
    guard problem == nil else { return low }
    let reached = low + (high - low) / step * step
    return Int(value(name, .integer(low: low, high: reached, step: step, isLog: log)))
  }

  /// A number of the normal distribution, within four standard deviations of its mean.
  public mutating func normal(_ name: String, mean: Double, deviation: Double) -> Double {
    if !(mean.isFinite && deviation.isFinite && deviation > 0) { note(.notFinite(name: name)) }
    guard problem == nil else { return mean }
    return value(name, .normal(mean: mean, deviation: deviation))
  }

  /// Whether or not.
  public mutating func boolean(_ name: String) -> Bool {
    value(name, .choice(["false", "true"])) == 1
  }

  /// One of several things by its name; an empty name if there are none.
  public mutating func choice(_ name: String, among names: [String]) -> String {
    if names.isEmpty { note(.noChoices(name: name)) }
    if Set(names).count < names.count { note(.equalChoices(name: name)) }
    guard problem == nil else { return names.first ?? "" }
    return names[Int(value(name, .choice(names)))]
  }

  /// One of the cases of a type, by the names that they are written with.
  public mutating func choice<Case: CaseIterable & RawRepresentable>(
    _ name: String, among type: Case.Type
  ) -> Case where Case.RawValue == String, Case.AllCases == [Case] {
    let names = Case.allCases.map(\.rawValue)
    let chosen = choice(name, among: names)
    return Case.allCases[names.firstIndex(of: chosen) ?? 0]
  }

  /// Tells how good the trial is so far, behind a fold or an amount of training, counted from one.
  ///
  /// Throws `TrialPruned` if the pruner gives the trial up, which is then not evaluated any further.
  public mutating func report(_ value: Double, at step: Int) throws(TrialPruned) {
    reports.append(.init(step: step, value: value))
    if isHopeless(reports) { throw TrialPruned() }
  }

  private mutating func note(_ error: DynamicStudyError) { problem = problem ?? error }

  private mutating func value(_ name: String, _ distribution: Distribution) -> Double {
    if let place = asked.firstIndex(where: { $0.name == name }) {
      if asked[place].distribution != distribution { note(.askedTwice(name: name)) }
      // The first answer holds; of other bounds it may not be a value, but then the search ends.
      return problem == nil ? assignment[place] : distribution.value(atUnit: 0)
    }
    let value = distribution.number(proposed[name]) ?? drawn(name, distribution)
    asked.append(.init(name: name, distribution: distribution))
    assignment.append(value)
    return value
  }

  /// What nothing is known of depends on the trial and the name alone, in whatever order names are asked for.
  private func drawn(_ name: String, _ distribution: Distribution) -> Double {
    let key = name.utf8.reduce(key) { RandomStream(under: $0, Int($1)).key }
    var stream = RandomStream(under: key, name.utf8.count)
    return distribution.draw(using: &stream)
  }
}

extension Distribution {
  /// The value that a recorded one is; nil if it is not among the values.
  func number(_ recorded: RecordedValue?) -> Double? {
    let number: Double?
    switch (self, recorded) {
    case (_, nil): number = nil
    case (.choice(let names), .text(let name)?): number = names.firstIndex(of: name).map(Double.init)
    case (.choice(let names), .boolean(let flag)?): number = names.firstIndex(of: "\(flag)").map(Double.init)
    case (.choice, _): number = nil
    case (_, let value?): number = value.number
    }
    return number.flatMap { contains($0) ? $0 : nil }
  }
}

/// What a trial ends with that a pruner has given up.
public struct TrialPruned: Error, Hashable {}
