import Components
import Documents
import Execution
import Foundation
import Testing

/// A pool that counts what it is asked to compute.
private final class CountingPool: WorkerPool, @unchecked Sendable {
  private let lock = NSLock()
  private var counted = 0

  var count: Int { lock.withLock { counted } }

  func run(_ source: any TaskSource) {
    lock.withLock { counted += 1 }
    SerialPool().run(source)
  }
}

@Suite("Checked before computed")
struct CheckedBeforeComputedTests {
  private func text(lastModel: String) -> String {
    (1...10).map { number in
      """
      ```{experiment}
      #| label: moons-\(number)
      data: {generate: two-moons, samples: 60}
      split: {test: 0.25}
      model: [\(number == 10 ? lastModel : "dense(4, tanh)"), dense(2)]
      train: {epochs: 1}
      ```
      """
    }.joined(separator: "\n\n")
  }

  private func fits(_ text: String) -> (count: Int, document: ExecutedDocument) {
    let plan = Plan(DocumentReader.read(text: text, file: "document.md"), folder: "/nowhere")
    let pool = CountingPool()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(".lectern-checked").path
    let document = DocumentRunner(pool: pool).run(plan, storage: folder)
    return (pool.count, document)
  }

  @Test("A typo in the last of ten experiments keeps all of them from being computed")
  func typo() {
    let sound = fits(text(lastModel: "dense(4, tanh)"))
    #expect(sound.count == 10 && sound.document.cells.allSatisfy { $0.status == .ok })
    let wrong = fits(text(lastModel: "dense(4, tahn)"))
    #expect(wrong.count == 0)
    #expect(wrong.document.cells.dropLast().allSatisfy { $0.status == .skipped && $0.values.isEmpty })
    #expect(wrong.document.cells.last?.status == .failed)
    let problem = wrong.document.cells.last?.problems.first
    #expect(problem?.line == 77 && problem?.hint == "did you mean \"tanh\"?")
  }
}
