import Components
import Foundation
import Publishing

/// What came of a document.
struct RenderOutcome: Sendable {
  var document: DocumentPath
  var title: String
  var problems: [Problem]
  var seconds: Double
  /// What an index shows of its page; nil if there is none.
  var summary: PageSummary?

  /// Whether nothing failed.
  var isOK: Bool { !problems.contains { $0.severity == .error } }
}

/// Renders documents side by side and tells of each when it is done, in the order of the list.
struct RenderQueue {
  let documents: [(document: DocumentPath, target: String)]
  let jobs: Int
  let failFast: Bool
  let renderer: DocumentRenderer
  /// Whether the terminal stays silent, because the problems go elsewhere.
  let isQuiet: Bool

  init(
    documents: [(DocumentPath, String)], jobs: Int, failFast: Bool, renderer: DocumentRenderer, isQuiet: Bool
  ) {
    self.documents = documents.map { (document: $0.0, target: $0.1) }
    self.jobs = jobs
    self.failFast = failFast
    self.renderer = renderer
    self.isQuiet = isQuiet
  }

  /// The outcomes in the order of the documents; those not begun after a failure are missing.
  func run() -> [RenderOutcome] {
    let state = State(count: documents.count)
    let group = DispatchGroup()
    for _ in 0..<min(jobs, documents.count) {
      group.enter()
      let thread = Thread {
        while let index = state.next() {
          let (document, target) = documents[index]
          let outcome = renderer.render(document, to: target)
          if failFast, !outcome.isOK { state.stop() }
          state.finish(index, outcome) { if !isQuiet { report($0) } }
        }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    Terminal.clearProgress()
    return state.outcomes
  }

  private func report(_ outcome: RenderOutcome) {
    for problem in outcome.problems { Terminal.write(problem) }
    let seconds = String(format: "%.2f", outcome.seconds)
    Terminal.write("\(outcome.document.path): \(outcome.isOK ? "ok" : "failed") (\(seconds) s)")
  }

  private final class State: @unchecked Sendable {
    private let lock = NSLock()
    private var started = 0
    private var reported = 0
    private var isStopped = false
    private var stored: [RenderOutcome?]

    init(count: Int) { stored = [RenderOutcome?](repeating: nil, count: count) }

    func next() -> Int? {
      lock.withLock {
        guard !isStopped, started < stored.count else { return nil }
        started += 1
        return started - 1
      }
    }

    func stop() { lock.withLock { isStopped = true } }

    /// Keeps an outcome and tells of those whose turn has come; one thread at a time, so that the order stays.
    func finish(_ index: Int, _ outcome: RenderOutcome, tell: (RenderOutcome) -> Void) {
      lock.withLock {
        stored[index] = outcome
        while reported < stored.count, let next = stored[reported] {
          tell(next)
          reported += 1
        }
      }
    }

    var outcomes: [RenderOutcome] { lock.withLock { stored.compactMap { $0 } } }
  }
}
