import Foundation
import Synchronization

/// A fixed number of threads that serve every source of work of the process, the oldest first.
///
/// A task that asks for more tasks is served by its own thread: one level of parallelism at a time. Pieces of one
/// computation are shared between the thread that has them and those of the pool that have no tasks; these look out
/// for more for a moment before they sleep.
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
  private let forkJoin: ForkJoin
  /// How many threads look out for pieces: as many as can help, so that none takes a core from those that compute.
  private let lookouts = Atomic<Int>(0)
  /// How many helpers sleep, or are about to.
  private let sleepers = Atomic<Int>(0)
  /// How many sources may still have tasks to hand out: helpers stop looking out for pieces.
  private let openJobs = Atomic<Int>(0)
  /// How many threads compute.
  public let threadCount: Int

  /// A pool of `threads` threads, by default one a core.
  public init(threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    threadCount = max(1, threads)
    // The thread that shares its work computes too.
    forkJoin = ForkJoin(mostHelpers: threadCount - 1)
    for _ in 0..<threadCount {
      let thread = Thread { [weak self] in
        pthread_setspecific(ThreadPool.workerKey, UnsafeRawPointer(bitPattern: 1))
        var lastHelped = 0
        while let step = self?.step(&lastHelped) { if !step { return } }
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
    openJobs.wrappingAdd(1, ordering: .sequentiallyConsistent)
    condition.broadcast()
    while !(job.isFinished && job.running == 0) { condition.wait() }
    jobs.removeAll { $0 === job }
    condition.unlock()
  }

  /// Runs a body for all numbers below `count`, on this thread and those of the pool that have nothing else to do.
  ///
  /// A task of the pool may share its pieces too: the last fold that is still computed need not be computed alone.
  public func forEach(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1, threadCount > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    forkJoin.run(count, body) {
      // Who looks out finds the work without being woken.
      guard lookouts.load(ordering: .sequentiallyConsistent) < threadCount - 1,
        sleepers.load(ordering: .sequentiallyConsistent) > 0
      else { return }
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
  private func step(_ lastHelped: inout Int) -> Bool {
    help(&lastHelped)
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
        openJobs.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        condition.broadcast()
      }
    }
    // Work is announced before sleepers are counted, and counted before it is looked for: none is missed.
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    if !forkJoin.hasWork(after: lastHelped) { condition.wait() }
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    return true
  }

  /// Helps with the pieces of computations, until there have been none for a moment.
  private func help(_ last: inout Int) {
    guard let number = forkJoin.help(after: last) else { return }
    last = number
    defer { lookouts.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    guard lookouts.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue < threadCount - 1 else {
      return
    }
    let clock = ContinuousClock()
    var end = clock.now + Self.lookout
    while clock.now < end, openJobs.load(ordering: .relaxed) == 0 {
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
