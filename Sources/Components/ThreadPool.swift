import Foundation
import Synchronization

/// A fixed number of threads that serve every source of work of the process, the oldest first.
///
/// A task that asks for more work is served by its own thread: one level of parallelism at a time. Pieces of one
/// computation are shared between the thread that has them and all but one of the pool's; those look out for more for
/// a moment before they sleep.
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
  private let forkJoin = ForkJoin()
  /// How many helpers sleep, or are about to.
  private let sleepers = Atomic<Int>(0)
  /// How many sources have tasks or wait for the last: helpers stop looking out for pieces.
  private let jobCount = Atomic<Int>(0)
  /// How many threads compute.
  public let threadCount: Int

  /// A pool of `threads` threads, by default one a core.
  public init(threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    threadCount = max(1, threads)
    for index in 0..<threadCount {
      // The thread that shares its work computes too.
      let helps = index < threadCount - 1
      let thread = Thread { [weak self] in
        pthread_setspecific(ThreadPool.workerKey, UnsafeRawPointer(bitPattern: 1))
        var lastHelped = 0
        while let step = self?.step(helps: helps, &lastHelped) { if !step { return } }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Set in the threads of every pool.
  ///
  /// A key of pthreads costs nanoseconds, the dictionary of a thread much more.
  private static let workerKey: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  private static var isWorker: Bool { pthread_getspecific(workerKey) != nil }

  /// Runs the tasks that a source hands out until it is finished, and returns then.
  public func run(_ source: any TaskSource) {
    guard !Self.isWorker else {
      SerialPool().run(source)
      return
    }
    let job = Job(source)
    condition.lock()
    jobs.append(job)
    jobCount.store(jobs.count, ordering: .sequentiallyConsistent)
    condition.broadcast()
    while !(job.isFinished && job.running == 0) { condition.wait() }
    jobs.removeAll { $0 === job }
    jobCount.store(jobs.count, ordering: .sequentiallyConsistent)
    condition.unlock()
  }

  /// Runs a body for all numbers below `count`, on this thread and those of the pool that have nothing else to do.
  public func forEach(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1, threadCount > 1, !Self.isWorker else {
      for index in 0..<count { body(index) }
      return
    }
    forkJoin.run(count, body) {
      guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
      condition.lock()
      condition.broadcast()
      condition.unlock()
    }
  }

  /// Ends the threads when their tasks have ended.
  public func close() {
    condition.lock()
    isClosing = true
    condition.broadcast()
    condition.unlock()
  }

  /// Takes one task and runs it, or waits for one; false when the pool closes.
  private func step(helps: Bool, _ lastHelped: inout Int) -> Bool {
    if helps { help(&lastHelped) }
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
    // Work is announced before sleepers are counted, and counted before it is looked for: none is missed.
    if helps { sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent) }
    if !(helps && forkJoin.hasWork(after: lastHelped)) { condition.wait() }
    if helps { sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    return true
  }

  /// Helps with the pieces of computations, until there have been none for a moment.
  private func help(_ last: inout Int) {
    guard let number = forkJoin.help(after: last) else { return }
    last = number
    let clock = ContinuousClock()
    var end = clock.now + Self.lookout
    while clock.now < end, jobCount.load(ordering: .relaxed) == 0 {
      for _ in 0..<100 {
        guard let number = forkJoin.help(after: last) else { continue }
        last = number
        end = clock.now + Self.lookout
      }
      sched_yield()
    }
  }

  /// How long a thread looks out for more pieces: longer than the steps between two products of a training.
  private static var lookout: Duration { .microseconds(200) }
}
