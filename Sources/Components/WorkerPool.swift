/// Threads that are shared by everything that computes.
///
/// Work is cut into tasks by its size alone, never by the number of threads, and results are kept by the
/// task's index, so that no result depends on how many threads there are.
public protocol WorkerPool: Sendable {
  /// Runs the tasks that a source hands out until it is finished, and returns then.
  func run(_ source: any TaskSource)
  /// Runs a body for all numbers below `count` and returns when all have ended: short pieces of one computation,
  /// which write to places of their own.
  func forEach(_ count: Int, _ body: (Int) -> Void)
}

/// Work that is cut into tasks.
///
/// The pool asks for tasks from several threads, but never at the same time.
public protocol TaskSource: AnyObject, Sendable {
  /// The next task, if one can start now.
  func next() -> NextTask
}

/// The answer of a source that is asked for work.
public enum NextTask {
  /// A task that may start now.
  case run(@Sendable () -> Void)
  /// Nothing now: a task that runs must end first.
  case wait
  /// All tasks have been handed out; the work is done when those that run have ended.
  case finished
}

extension WorkerPool {
  /// Runs one piece after the other.
  public func forEach(_ count: Int, _ body: (Int) -> Void) {
    for index in 0..<count { body(index) }
  }

  /// Computes `count` values, each a task of its own, in the order of their indices.
  ///
  /// The error of the lowest index is thrown when all tasks have ended.
  public func map<Value: Sendable>(
    _ count: Int, _ transform: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    let source = IndexedTasks(count: count, transform)
    run(source)
    return try source.values()
  }
}

/// Tasks numbered from zero whose values are kept by their number.
private final class IndexedTasks<Value: Sendable>: TaskSource, @unchecked Sendable {
  private let transform: @Sendable (Int) throws -> Value
  private let results: UnsafeMutableBufferPointer<Result<Value, any Error>?>
  private var started = 0

  init(count: Int, _ transform: @escaping @Sendable (Int) throws -> Value) {
    self.transform = transform
    results = .allocate(capacity: count)
    results.initialize(repeating: nil)
  }

  deinit {
    results.deinitialize()
    results.deallocate()
  }

  func next() -> NextTask {
    guard started < results.count else { return .finished }
    let index = started
    started += 1
    // Each task writes only its own element.
    return .run { self.results[index] = Result { try self.transform(index) } }
  }

  func values() throws -> [Value] {
    try results.map { result in
      guard let result else { throw CancellationError() }
      return try result.get()
    }
  }
}

/// Computes everything on the calling thread.
public struct SerialPool: WorkerPool {
  /// A pool of no threads.
  public init() {}

  /// Runs one task after the other.
  public func run(_ source: any TaskSource) {
    while case .run(let task) = source.next() { task() }
  }
}
