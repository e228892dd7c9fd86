import Components
import Foundation

/// Measures the engine and prints tables, with the peers of the same run beside it.
///
/// The first argument is a Python that has torch and numpy; without it ours is printed alone. With `--bits` nothing is
/// measured, but a fingerprint of trainings printed.
@main
struct Benchmarks {
  static func main() throws {
    let python = CommandLine.arguments.dropFirst().first
    if python == "--bits" { return try networkBits() }
    try networkSteps(python)
    matrixProducts(python)
  }

  /// The time of a step, PyTorch's, their ratio and its bar.
  ///
  /// The loss after twenty steps shows that every build computes the same bits.
  private static func networkSteps(_ python: String?) throws {
    let cases = NetworkStep.cases
    let peers = python.flatMap { Peers.microseconds(of: cases, script: "steps.py", python: $0) }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    print(
      line("one optimizer step, one thread", "ours", "PyTorch", "ratio", "bar", "two threads", "loss at 20"))
    for (index, wanted) in cases.enumerated() {
      var step = try NetworkStep(wanted)
      step.run(steps: 20)
      let loss = step.loss
      let microseconds = measure { step.run(steps: $0) } / 1000
      let shared = measure { step.run(steps: $0, pool: pool) } / 1000
      let peer = peers.map { $0[index] }
      print(
        line(
          wanted.name, "\(format(microseconds)) µs", peer.map { "\(format($0)) µs" } ?? "–",
          peer.map { "\(format($0 / microseconds)) ×" } ?? "–", "≥ \(format(wanted.bar)) ×",
          "\(format(shared)) µs", "\(loss)"))
    }
  }

  /// The shortest time of a step in nanoseconds, over rounds of at least a fiftieth of a second.
  static func measure(_ body: (Int) -> Void) -> Double {
    let clock = ContinuousClock()
    body(20)
    var steps = 20
    var best = Double.infinity
    for _ in 0..<12 {
      let duration = clock.measure { body(steps) }
      let nanoseconds =
        Double(duration.components.attoseconds) / 1e9 + Double(duration.components.seconds) * 1e9
      best = min(best, nanoseconds / Double(steps))
      steps = max(20, min(200_000, Int(20_000_000 / max(best, 1))))
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
