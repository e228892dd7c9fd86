import Foundation
import Synchronization

/// Numbered pieces of work that one thread shares with helpers, started and joined within microseconds.
///
/// The thread that has the work computes too. Helpers that look for work find it without a lock; who sleeps is woken
/// by `ThreadPool`.
final class ForkJoin: @unchecked Sendable {
  private typealias Body = (Int) -> Void

  /// The number of the work that helpers may join, 0 if there is none.
  private let open = Atomic<Int>(0)
  private let isTaken = Atomic<Bool>(false)
  /// How many helpers are at work, or about to see whether there is any.
  private let helpers = Atomic<Int>(0)
  /// How many helpers may be at work at once.
  private let mostHelpers: Int
  /// The first piece that nobody has taken.
  private let next = Atomic<Int>(0)
  // Written while no work is open and read by helpers of an open one only.
  private var body: UnsafePointer<Body>?
  private var count = 0
  private var number = 0

  /// Pieces that so many helpers may join in.
  init(mostHelpers: Int) { self.mostHelpers = mostHelpers }

  /// Computes `count` pieces with the help of who joins, or alone if others share their work at this time.
  ///
  /// `announce` is called once the work is there to be joined.
  func run(_ count: Int, _ body: (Int) -> Void, announce: () -> Void) {
    guard isTaken.compareExchange(expected: false, desired: true, ordering: .sequentiallyConsistent).exchanged
    else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { escapable in
      withUnsafePointer(to: escapable) { pointer in
        self.body = pointer
        self.count = count
        number += 1
        next.store(0, ordering: .sequentiallyConsistent)
        open.store(number, ordering: .sequentiallyConsistent)
        announce()
        takePieces(pointer)
        // Who comes now finds nothing; who came before is waited for.
        open.store(0, ordering: .sequentiallyConsistent)
        var polls = 0
        while helpers.load(ordering: .sequentiallyConsistent) > 0 {
          polls += 1
          if polls > 1000 { sched_yield() }
        }
        self.body = nil
      }
    }
    isTaken.store(false, ordering: .sequentiallyConsistent)
  }

  private func takePieces(_ body: UnsafePointer<Body>) {
    while true {
      let index = next.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue
      guard index < count else { return }
      body.pointee(index)
    }
  }

  /// Whether there is work other than that of this number.
  func hasWork(after last: Int) -> Bool {
    let number = open.load(ordering: .sequentiallyConsistent)
    return number != 0 && number != last && helpers.load(ordering: .relaxed) < mostHelpers
  }

  /// Helps with the work that is open, if it is not that of the number `last`; the number of the work then.
  func help(after last: Int) -> Int? {
    guard hasWork(after: last) else { return nil }
    let others = helpers.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue
    defer { helpers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    let number = open.load(ordering: .sequentiallyConsistent)
    guard others < mostHelpers, number != 0, number != last, let body else { return nil }
    takePieces(body)
    return number
  }
}
