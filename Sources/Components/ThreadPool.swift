import Foundation

/// A fixed number of threads that serve every source of work of the process, the oldest first.
///
/// A task that asks for more work is served by its own thread: one level of parallelism at a time.
public final class ThreadPool: WorkerPool, @unchecked Sendable {
  private final class Job {
    let source: any TaskSource
    var running = 0
    var isFinished = false
    init(_ source: any TaskSource) { self.source = source }
  }

  private let condition = NSCondition()
  private var jobs: [Job] = []
  private var isClosing = false
  /// How many threads compute.
  public let threadCount: Int

  /// A pool of `threads` threads, by default one a core.
  public init(threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    threadCount = max(1, threads)
    for _ in 0..<threadCount {
      let thread = Thread { [weak self] in
        Thread.current.threadDictionary[ThreadPool.workerKey] = true
        while let step = self?.step() { if !step { return } }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  private static let workerKey = "lectern.worker"

  /// Runs the tasks that a source hands out until it is finished, and returns then.
  public func run(_ source: any TaskSource) {
    guard Thread.current.threadDictionary[ThreadPool.workerKey] == nil else {
      SerialPool().run(source)
      return
    }
    let job = Job(source)
    condition.lock()
    jobs.append(job)
    condition.broadcast()
    while !(job.isFinished && job.running == 0) { condition.wait() }
    jobs.removeAll { $0 === job }
    condition.unlock()
  }

  /// Ends the threads when their tasks have ended.
  public func close() {
    condition.lock()
    isClosing = true
    condition.broadcast()
    condition.unlock()
  }

  /// Takes one task and runs it, or waits for one; false when the pool closes.
  private func step() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    if isClosing { return false }
    for job in jobs where !job.isFinished {
      switch job.source.next() {
      case .run(let task):
        job.running += 1
        condition.unlock()
        task()
        condition.lock()
        job.running -= 1
        condition.broadcast()
        return true
      case .wait: continue
      case .finished:
        job.isFinished = true
        condition.broadcast()
      }
    }
    condition.wait()
    return true
  }
}
