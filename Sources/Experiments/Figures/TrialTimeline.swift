import Plotting
import Search

extension Plot {
  /// When a worker computed a trial, in any unit of time or cost.
  public struct TrialSpan: Sendable {
    /// How a trial ended.
    public enum State: String, Sendable, CaseIterable {
      case completed, pruned, failed
    }

    /// The number of the trial.
    public var number: Int
    /// The name of the worker.
    public var worker: String
    /// When it began.
    public var start: Double
    /// When it ended.
    public var end: Double
    /// How it ended.
    public var state: State

    /// A trial on a worker.
    public init(number: Int, worker: String, start: Double, end: Double, state: State = .completed) {
      self.number = number
      self.worker = worker
      self.start = start
      self.end = end
      self.state = state
    }
  }

  /// Which worker computed which trial when: a row a worker, a bar a trial.
  public static func trialTimeline(_ spans: [TrialSpan], label: String = "time (s)") -> Plot {
    var workers: [String] = []
    for span in spans where !workers.contains(span.worker) { workers.append(span.worker) }
    let colors: [TrialSpan.State: Color] = [.completed: .series(0), .pruned: .series(4), .failed: .series(1)]
    let height = 0.34 * Double(max(workers.count, 1)) + 1
    return Plot(
      x: .linear(label), y: .categories(""), legend: .above,
      size: FigureSize(width: 6.4, height: min(max(height, 1.8), 6))
    ) {
      for span in spans {
        BarMark(
          categories: [span.worker], heights: [span.end - span.start], series: span.state.rawValue,
          bases: [span.start], stack: "trials", orientation: .horizontal, color: colors[span.state])
      }
    }
  }
}

extension ResultView {
  /// Which worker computed which trial when.
  static let trialTimeline = ResultView(
    name: "trial-timeline", help: "When each trial would run if as many workers as can share them.",
    needs: [.search],
    example: {
      var numbers = ExampleNumbers(37)
      var ends = [0.0, 0, 0, 0]
      let spans = numbers.uniform(40, 0.5, 3).enumerated().map { number, length -> Plot.TrialSpan in
        let worker = ends.indices.min { ends[$0] < ends[$1] } ?? 0
        let isPruned = number % 3 == 2
        let start = ends[worker] + 0.03
        ends[worker] = start + (isPruned ? length / 3 : length)
        return .init(
          number: number, worker: "worker \(worker + 1)", start: start, end: ends[worker],
          state: isPruned ? .pruned : .completed)
      }
      return .plot(.trialTimeline(spans))
    }
  ) { result in
    guard let search = result.experiment.search, !result.trials.isEmpty else { return nil }
    let workers = 1 + (search.plan.free ? 7 : search.plan.lag ?? search.plan.sampler.naturalLag)
    let spans = schedule(result.trials, workers: workers)
    return .figure(
      .plot(.trialTimeline(spans, label: "cost (10⁹ floating-point operations)")),
      caption:
        "When each trial would run if \(workers) worker\(workers == 1 ? "" : "s") shared them: a proposal waits for "
        + "all trials that it has to know.")
  }

  /// The trials on workers: each begins when the trials that its proposal knows have ended and a worker is free.
  ///
  /// Time is counted in floating-point operations, so that the picture does not depend on the machine.
  private static func schedule(_ trials: [Trial], workers: Int) -> [Plot.TrialSpan] {
    var free = [Double](repeating: 0, count: workers)
    var ends: [Double] = []
    return trials.map { trial in
      let known = ends.count - (workers - 1)
      let since = known > 0 ? ends[..<known].max() ?? 0 : 0
      let worker = free.indices.min { (max(free[$0], since), $0) < (max(free[$1], since), $1) } ?? 0
      let start = max(free[worker], since)
      let end = start + trial.cost / 1e9
      (free[worker], _) = (end, ends.append(end))
      let state: Plot.TrialSpan.State =
        trial.state == .failed ? .failed : trial.state == .pruned ? .pruned : .completed
      return .init(number: trial.number, worker: "worker \(worker + 1)", start: start, end: end, state: state)
    }
  }
}
