import Components
import Foundation

/// Measures the engine and prints tables, with the peers of the same run beside it: ours and theirs in turn, several
/// rounds, medians of times and of ratios.
///
/// Arguments: `--peers PYTHON` names a Python that has torch, numpy and (if wanted) keras; without it ours is printed
/// alone. `--only TEXT` measures the cases whose names hold the text, `--rounds N` sets the rounds, `--json FILE` writes
/// the figures. With `--bits` nothing is measured, but a fingerprint of trainings printed.
@main
struct Benchmarks {
  static func main() throws {
    if CommandLine.arguments.contains("--bits") { return try networkBits() }
    guard let options = Options(CommandLine.arguments.dropFirst()) else {
      print(usage)
      exit(CommandLine.arguments.contains("--help") ? 0 : 2)
    }
    var figures = try networkSteps(options)
    figures += programs(options)
    figures += matrixProducts(options)
    figures += try replicas(options)
    figures += proposals(options)
    figures += try figureRates(options)
    figures += try tableReading(options)
    figures += try studyWrites(options)
    figures += try searchedFolds(options)
    figures += try pageMaking(options)
    guard let file = options.json else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(figures).write(to: URL(fileURLWithPath: file), options: .atomic)
  }

  private static let usage = """
    Usage: Benchmarks [--only TEXT] [--peers PYTHON] [--rounds N] [--json FILE] | --bits

      --only TEXT     measure the cases whose names hold the text
      --peers PYTHON  a Python with the peers, measured in turn (see `make peers`)
      --rounds N      the rounds whose median is printed; 7
      --json FILE     write the figures there, too
      --bits          measure nothing, print a fingerprint of trainings
    """

  /// What the program is asked for.
  struct Options {
    var python: String?
    var only: String?
    var json: String?
    var rounds = 7

    /// Reads arguments; nil if one is not known.
    init?(_ arguments: some Sequence<String>) {
      var rest = Array(arguments)[...]
      while let name = rest.popFirst() {
        switch name {
        case "--peers": python = rest.popFirst()
        case "--only": only = rest.popFirst()
        case "--json": json = rest.popFirst()
        case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
        default: return nil
        }
      }
    }

    /// Whether a case is wanted.
    func wants(_ name: String) -> Bool { only.map { name.contains($0) } ?? true }
  }

  /// A figure of a run, times in microseconds.
  struct Figure: Encodable {
    var section: String
    var name: String
    var microseconds: Double
    var peer: String?
    var peerMicroseconds: Double?
    /// The median over the rounds of the peer's time over ours.
    var ratio: Double?
    /// The least ratio that is wanted.
    var bar: Double?
    var twoThreadsMicroseconds: Double?
    var twoThreadsSpeedup: Double?
  }

  /// The time of a step, PyTorch's, their ratio and its bar.
  ///
  /// The loss after twenty steps shows that every build computes the same bits.
  private static func networkSteps(_ options: Options) throws -> [Figure] {
    let peer = options.python.flatMap { Peer("steps.py", python: $0) }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    print(
      line(
        "one optimizer step, one thread", "ours", "PyTorch", "ratio", "bar", "Keras", "two threads",
        "loss at 20"))
    return try NetworkStep.cases.filter { options.wants($0.name) }.map { wanted in
      var step = try NetworkStep(wanted)
      step.run(steps: 20)
      let loss = step.loss
      let torch = rounds(options.rounds, ours: { measure { step.run(steps: $0) } / 1000 }) {
        peer?.microseconds(Request(framework: "torch", network: wanted))
      }
      let keras = peer?.microseconds(Request(framework: "keras", network: wanted))
      let shared = measure { step.run(steps: $0, pool: pool) } / 1000
      print(
        line(
          wanted.name, "\(format(torch.ours)) µs", torch.peer.map { "\(format($0)) µs" } ?? "–",
          torch.ratio.map { "\(format($0)) ×" } ?? "–", "≥ \(format(wanted.bar)) ×",
          keras.map { "\(format($0)) µs" } ?? "–", "\(format(shared)) µs", "\(loss)"))
      return Figure(
        section: "optimizer step", name: wanted.name, microseconds: torch.ours,
        peer: torch.peer == nil ? nil : "PyTorch", peerMicroseconds: torch.peer, ratio: torch.ratio,
        bar: wanted.bar, twoThreadsMicroseconds: shared, twoThreadsSpeedup: torch.ours / shared)
    }
  }

  /// What a peer is asked to measure.
  struct Request<Case: Encodable>: Encodable {
    var framework: String
    var network: Case
  }

  /// The time of making a program of a small network: tracing, derivatives and planning.
  private static func programs(_ options: Options) -> [Figure] {
    let wanted = NetworkStep.cases.filter { options.wants("program " + $0.name) }
    guard !wanted.isEmpty else { return [] }
    print("")
    print(line("making a program", "ours", "records"))
    return wanted.map { wanted in
      var records = 0
      let time = measure {
        for _ in 0..<$0 { records = (try? NetworkStep.program(wanted))?.recordCount ?? 0 }
      }
      print(line(wanted.name, "\(format(time / 1000)) µs", "\(records)"))
      return Figure(section: "program", name: wanted.name, microseconds: time / 1000)
    }
  }

  /// Measures ours and a peer in turn: the medians of both times and of their ratio.
  static func rounds(
    _ count: Int, ours: () -> Double, peer: () -> Double?
  ) -> (ours: Double, peer: Double?, ratio: Double?) {
    var times: [Double] = []
    var peers: [Double] = []
    for _ in 0..<max(count, 1) {
      times.append(ours())
      if let time = peer() { peers.append(time) }
    }
    guard peers.count == times.count else { return (median(times), nil, nil) }
    return (median(times), median(peers), median(zip(peers, times).map { $0 / $1 }))
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The shortest time of a step in nanoseconds, over rounds of at least a hundredth of a second.
  static func measure(_ body: (Int) -> Void) -> Double {
    let clock = ContinuousClock()
    body(20)
    var steps = 20
    var best = Double.infinity
    for _ in 0..<6 {
      let duration = clock.measure { body(steps) }
      let nanoseconds =
        Double(duration.components.attoseconds) / 1e9 + Double(duration.components.seconds) * 1e9
      best = min(best, nanoseconds / Double(steps))
      steps = max(5, min(200_000, Int(10_000_000 / max(best, 1))))
    }
    return best
  }

  static func format(_ value: Double) -> String {
    String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }

  static func line(_ columns: String...) -> String {
    columns[0].padding(toLength: 38, withPad: " ", startingAt: 0)
      + columns.dropFirst().map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
  }
}
