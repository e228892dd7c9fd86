import Components
import Foundation
import Testing

@Suite("Pools of threads")
struct WorkerPoolTests {
  private struct Failure: Error, Equatable { let index: Int }

  @Test("keep the order of values, whatever ends first", arguments: [1, 2, 4])
  func order(threads: Int) throws {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let values = try pool.map(50) { index in
      if index % 7 == 0 { Thread.sleep(forTimeInterval: 0.001) }
      return index * index
    }
    #expect(values == (0..<50).map { $0 * $0 })
    #expect(try pool.map(0) { $0 } == [])
  }

  @Test("throw the error of the lowest index after all tasks have ended", arguments: [1, 3])
  func errors(threads: Int) {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    #expect(throws: Failure(index: 3)) {
      try pool.map(20) { index in if index % 4 == 3 { throw Failure(index: index) } }
    }
    #expect(throws: Failure(index: 3)) {
      try SerialPool().map(20) { index in if index % 4 == 3 { throw Failure(index: index) } }
    }
  }

  @Test("serve work within work by the thread that asks", arguments: [1, 2])
  func nesting(threads: Int) throws {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let sums = try pool.map(6) { outer in try pool.map(5) { inner in outer * inner }.reduce(0, +) }
    #expect(sums == (0..<6).map { $0 * 10 })
  }

  /// How often each piece ran.
  private func runs(of pool: any WorkerPool, pieces: Int, rounds: Int, pause: Int = 0) -> [Int] {
    let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: pieces)
    counts.initialize(repeating: 0)
    defer { counts.deallocate() }
    for round in 0..<rounds {
      pool.forEach(pieces) { counts[$0] += 1 }
      if pause > 0, round % pause == 0 { Thread.sleep(forTimeInterval: 0.001) }
    }
    return Array(counts)
  }

  @Test("run every piece of a computation once and wait for all", arguments: [1, 2, 4])
  func pieces(threads: Int) throws {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    for pieces in [0, 1, 2, 7, 100] {
      #expect(runs(of: pool, pieces: pieces, rounds: 2000) == [Int](repeating: 2000, count: pieces))
      #expect(runs(of: SerialPool(), pieces: pieces, rounds: 3) == [Int](repeating: 3, count: pieces))
    }
    // With time to fall asleep in between.
    #expect(runs(of: pool, pieces: 5, rounds: 50, pause: 1) == [Int](repeating: 50, count: 5))
    #expect(runs(of: pool, pieces: 5, rounds: 600, pause: 20) == [Int](repeating: 600, count: 5))
  }

  @Test("share pieces between threads")
  func sharing() {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    // Each of two pieces waits for the other, which one thread alone cannot.
    let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    pool.forEach(2) { index in
      (index == 0 ? first : second).signal()
      (index == 0 ? second : first).wait()
    }
  }

  @Test("serve pieces of tasks, and of several threads at once")
  func piecesWithinTasks() throws {
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let outcomes = try pool.map(6) { _ in self.runs(of: pool, pieces: 9, rounds: 100) }
    #expect(outcomes.allSatisfy { $0 == [Int](repeating: 100, count: 9) })
    let done = DispatchGroup()
    for _ in 0..<3 {
      done.enter()
      Thread.detachNewThread {
        #expect(self.runs(of: pool, pieces: 9, rounds: 300) == [Int](repeating: 300, count: 9))
        done.leave()
      }
    }
    Thread.sleep(forTimeInterval: 0.01)
    #expect(try pool.map(20) { $0 } == Array(0..<20))
    done.wait()
  }

  @Test("A task shares its pieces with the threads that have none, and gets them all", arguments: [1, 2, 4])
  func piecesOfTasks(threads: Int) throws {
    let pool = ThreadPool(threads: threads)
    defer { pool.close() }
    let sums = try pool.map(3) { task in
      let places = UnsafeMutableBufferPointer<Int>.allocate(capacity: 64)
      defer { places.deallocate() }
      var sum = 0
      for round in 0..<50 {
        nonisolated(unsafe) let target = places
        pool.forEach(64) { target[$0] = $0 * (task + round) }
        sum += places.reduce(0, +)
      }
      return sum
    }
    let expected = (0..<3).map { task in (0..<50).reduce(0) { $0 + 2016 * (task + $1) } }
    #expect(sums == expected)
  }
}
