import Components
import Foundation
import Search

/// Shares the parts of trials by leases in a storage.
///
/// A part that is computed here has a lease that is renewed as long as this process lives. When a process is killed, others
/// on its machine see that at once and take its part; others elsewhere do when its lease has ended.
public final class LeaseExchange: PartExchange, @unchecked Sendable {
  private let storage: any StudyStorage
  private let study: StudyRecord
  private let worker: String
  private let seconds: Double
  private let lock = NSLock()
  private var held: Set<StudyTask> = []
  private var isRenewing = false

  /// Shares the parts of a study's trials; a lease that is not renewed ends after some seconds.
  public init(_ storage: any StudyStorage, study: StudyRecord, seconds: Double = 30) {
    self.storage = storage
    self.study = study
    self.seconds = seconds
    let process = ProcessInfo.processInfo
    worker = "\(process.hostName) \(process.processIdentifier) \(UUID().uuidString.prefix(8))"
  }

  public func claim(_ task: StudyTask) throws -> PartClaim {
    if try lease(task) { return .granted }
    if let result = try storage.results(ofTrial: task.trial, of: study)[task] { return .done(result) }
    guard let holder = try storage.holder(of: task, of: study), Self.isDead(holder) else { return .taken }
    try storage.release(task, of: study, by: holder, result: nil)
    return try lease(task) ? .granted : .taken
  }

  private func lease(_ task: StudyTask) throws -> Bool {
    guard try storage.lease(task, of: study, by: worker, seconds: seconds) else { return false }
    lock.withLock {
      held.insert(task)
      renewLater()
    }
    return true
  }

  /// Whether a worker was a process of this machine that has ended.
  private static func isDead(_ worker: String) -> Bool {
    let parts = worker.split(separator: " ")
    guard parts.count == 3, parts[0] == ProcessInfo.processInfo.hostName, let process = Int32(parts[1]) else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  public func deliver(_ task: StudyTask, _ result: RecordedValue?) throws {
    lock.withLock { _ = held.remove(task) }
    try storage.release(task, of: study, by: worker, result: result)
  }

  /// Renews what is held from time to time, on a thread that ends when nothing is held; with the lock held.
  private func renewLater() {
    guard !isRenewing else { return }
    isRenewing = true
    Thread.detachNewThread { [weak self, seconds] in
      while true {
        Thread.sleep(forTimeInterval: seconds / 3)
        guard let self, self.renew() else { return }
      }
    }
  }

  /// Renews all leases; false if there is nothing more to do.
  private func renew() -> Bool {
    let tasks = lock.withLock { () -> Set<StudyTask> in
      if held.isEmpty { isRenewing = false }
      return held
    }
    for task in tasks {
      // One that ended between is not renewed: its lease is done. An error shows when the part is delivered.
      _ = try? storage.lease(task, of: study, by: worker, seconds: seconds)
    }
    return !tasks.isEmpty
  }
}
