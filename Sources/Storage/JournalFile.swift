import Foundation
import Search

/// The file of a journal: lines are added at its end, by one process at a time, and never changed.
///
/// Who adds holds a lock: a symbolic link beside the file, which every file system makes once. A lock that does not change
/// for half a minute belongs to a process that was killed, and is taken away.
struct JournalFile {
  let path: String
  private let patience: Double
  private var lockPath: String { path + ".lock" }

  /// A journal at a path; `patience` is how many seconds a lock may stand.
  init(_ path: String, patience: Double = 30) {
    self.path = path
    self.patience = patience
  }

  /// The bytes of whole lines from an offset on.
  ///
  /// What stands behind the last end of a line is of a process that was killed, or is still being written.
  func lines(from offset: UInt64) throws -> Data {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw StorageError.fileMissing(path) }
    defer { try? handle.close() }
    do {
      try handle.seek(toOffset: offset)
      let data = try handle.readToEnd() ?? Data()
      guard let last = data.lastIndex(of: UInt8(ascii: "\n")) else { return Data() }
      return Data(data[data.startIndex...last])
    } catch {
      throw StorageError.notOpened(path, detail: "reading failed")
    }
  }

  /// Adds lines and waits until they are on the disk; only while the lock is held.
  func append(_ lines: [String]) throws {
    guard !lines.isEmpty else { return }
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw explained(errno) }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    try mendEnd(descriptor, end)
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { writeBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let number = errno
        // Half a line would spoil the file for everyone.
        _ = ftruncate(descriptor, end)
        throw explained(number)
      }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw explained(errno) }
  }

  /// Cuts off what a killed process left of a line.
  private func mendEnd(_ descriptor: Int32, _ end: off_t) throws {
    var last: UInt8 = 0
    guard end > 0, pread(descriptor, &last, 1, end - 1) == 1, last != UInt8(ascii: "\n") else { return }
    guard let data = FileManager.default.contents(atPath: path) else { throw explained(EIO) }
    let whole = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    guard ftruncate(descriptor, off_t(whole)) == 0 else { throw explained(errno) }
  }

  /// Runs something while no other process adds lines.
  func withLock<Result>(_ body: () throws -> Result) throws -> Result {
    try takeLock()
    defer { releaseLock() }
    return try body()
  }

  private func takeLock() throws {
    var pause = 0.001
    var seen: (inode: UInt64, since: ContinuousClock.Instant)?
    let begin = ContinuousClock.now
    while symlink(path, lockPath) != 0 {
      let number = errno
      guard number == EEXIST else { throw explained(number) }
      var facts = stat()
      if lstat(lockPath, &facts) == 0 {
        let inode = UInt64(facts.st_ino) &* 31 &+ UInt64(bitPattern: Int64(facts.st_mtim.tv_nsec))
        if seen?.inode != inode { seen = (inode, .now) }
        if let seen, seen.since.duration(to: .now) > .seconds(patience) { releaseLock() }
      }
      if begin.duration(to: .now) > .seconds(4 * patience + 60) { throw StorageError.locked(path) }
      usleep(UInt32(pause * 1e6))
      pause = min(2 * pause, 0.1)
    }
  }

  /// The lock is renamed before it goes: of two that take a stale one away, one alone succeeds.
  private func releaseLock() {
    let own = lockPath + "." + UUID().uuidString + ".rename"
    if rename(lockPath, own) == 0 { unlink(own) }
  }

  /// An error of the system in terms of storages.
  func explained(_ number: Int32) -> StorageError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path)
    case EACCES, EPERM, EROFS: .readOnly(path)
    case ENOENT: .fileMissing(path)
    default: .notOpened(path, detail: String(cString: strerror(number)))
    }
  }
}

/// The function `write` of the system, which the methods of that name hide.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
