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
}
