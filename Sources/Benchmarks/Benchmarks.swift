import Foundation

/// Measures the engine and prints a table: the time of a step, and beside it PyTorch's in the same run, the ratio and
/// its bar.
///
/// The first argument is a Python that has torch; without it ours is printed alone. The loss after twenty steps shows
/// that every build computes the same bits.
@main
struct Benchmarks {
  static func main() throws {
    let cases = NetworkStep.cases
    let peers = CommandLine.arguments.dropFirst().first.flatMap { Peers.microseconds(of: cases, python: $0) }
    print(line("one optimizer step, one thread", "ours", "PyTorch", "ratio", "bar", "loss at 20"))
    for (index, wanted) in cases.enumerated() {
      var step = try NetworkStep(wanted)
      step.run(steps: 20)
      let loss = step.loss
      let microseconds = measure { step.run(steps: $0) } / 1000
      let peer = peers.map { $0[index] }
      print(
        line(
          wanted.name, "\(format(microseconds)) µs", peer.map { "\(format($0)) µs" } ?? "–",
          peer.map { "\(format($0 / microseconds)) ×" } ?? "–", "≥ \(format(wanted.bar)) ×", "\(loss)"))
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

  private static func format(_ value: Double) -> String {
    String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }

  private static func line(_ columns: String...) -> String {
    columns[0].padding(toLength: 38, withPad: " ", startingAt: 0)
      + columns.dropFirst().map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
  }
}
