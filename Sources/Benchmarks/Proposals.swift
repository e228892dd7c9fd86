import Components
import Foundation
import Search
import Tensors

/// The cost of proposals of TPE in a history of many trials, and the memory of a long search.
struct Proposals {
  /// Hyperparameters, half of them in their logarithm.
  private static func space(_ count: Int) -> SearchSpace {
    SearchSpace(
      (0..<count).map { index in
        .init(
          name: "p\(index)",
          distribution: index % 2 == 0
            ? .real(low: -5, high: 5, isLog: false) : .real(low: 1e-4, high: 1, isLog: true))
      })
  }

  /// A bowl.
  private static func value(_ assignment: Assignment) -> Double {
    assignment.enumerated().reduce(0) { sum, entry in
      let x = entry.offset % 2 == 0 ? entry.element : Double.log10(entry.element) + 2
      return sum + (x - 1) * (x - 1)
    }
  }

  /// Microseconds of a proposal when there are so many trials, on average over the last hundred before.
  static func microseconds(trials: Int, parameters: Int) -> Double {
    let space = space(parameters)
    let problem = SearchProblem(space: space, seed: 1, trialCount: trials)
    var proposer = TPESampler().proposer(for: problem)
    var history = TrialHistory(space: space, directions: [.minimize], capacity: trials)
    for number in 0..<trials - 100 {
      var stream = problem.stream(number)
      let assignment = space.draw(using: &stream)
      history.append(assignment)
      history.reveal(number, state: .completed, values: [value(assignment)])
    }
    // The first proposal reads all that is there.
    var elapsed = Duration.zero
    for number in trials - 100..<trials {
      var stream = problem.stream(number)
      let start = ContinuousClock.now
      let proposal = proposer.propose(number, given: history, using: &stream)
      if number > trials - 100 { elapsed += ContinuousClock.now - start }
      guard case .trial(let assignment, _) = proposal else { continue }
      history.append(assignment)
      history.reveal(number, state: .completed, values: [value(assignment)])
    }
    return elapsed / .microseconds(99)
  }

  /// The megabytes that a search takes at most, trials included, beyond what the program took before.
  static func megabytes(trials: Int, parameters: Int) -> Double {
    let before = peakMegabytes()
    let space = space(parameters)
    let problem = SearchProblem(space: space, seed: 1, trialCount: trials)
    var proposer = TPESampler().proposer(for: problem)
    var history = TrialHistory(space: space, directions: [.minimize], capacity: trials)
    for number in 0..<trials {
      var stream = problem.stream(number)
      // A proposal now and then: the model must be there, but a hundred thousand of them take a while.
      var assignment = space.draw(using: &stream)
      if number % 1000 == 999,
        case .trial(let own, _) = proposer.propose(number, given: history, using: &stream)
      {
        assignment = own
      }
      history.append(assignment)
      history.reveal(number, state: .completed, values: [value(assignment)])
    }
    return peakMegabytes() - before
  }

  /// The most memory that the program has taken so far.
  private static func peakMegabytes() -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Double($0) })
    else { return .nan }
    return kilobytes / 1024
  }
}

/// Searches: what they add to the work they search.
extension Benchmarks {
  /// The cost of a proposal, and the memory of a hundred thousand trials.
  static func proposals(_ options: Options) -> [Figure] {
    let cases: [(trials: Int, bar: Double)] = [(1000, 200), (10000, 1500)]
    let peer = options.python.flatMap { Peer("proposals.py", python: $0) }
    var figures: [Figure] = []
    for (trials, bar) in cases where options.wants("TPE proposal among \(trials) trials") {
      if figures.isEmpty {
        print("")
        print(line("search, 10 parameters", "ours", "at most", "Optuna", "ratio"))
      }
      let own = (0..<3).map { _ in Proposals.microseconds(trials: trials, parameters: 10) }.min() ?? .nan
      let other = peer?.microseconds(["trials": min(trials, 1000)])
      let name = "TPE proposal among \(trials) trials"
      print(
        line(
          name, "\(format(own)) µs", "\(format(bar)) µs", other.map { "\(format($0)) µs" } ?? "–",
          other.map { "\(format($0 / own)) ×" } ?? "–"))
      figures.append(
        Figure(
          section: "search", name: name, microseconds: own, peer: other == nil ? nil : "Optuna",
          peerMicroseconds: other, ratio: other.map { $0 / own }))
    }
    if options.wants("memory of 100000 trials") {
      let megabytes = Proposals.megabytes(trials: 100_000, parameters: 36)
      print(line("memory of 100000 trials × 36", "\(format(megabytes)) MB", "100 MB"))
    }
    return figures
  }
}
