import Components
@preconcurrency import Foundation
import Plotting

/// The woven program's side of the conversation with Lectern.
///
/// Only woven code calls it.
public enum CellProgram {
  /// Where events go, where the line is kept, and where what cells print is written.
  private final class Connection: @unchecked Sendable {
    let events: FileHandle?
    let line: UnsafeMutablePointer<Int64>?
    let folder: String?
    let lock = NSLock()

    init() {
      let environment = ProcessInfo.processInfo.environment
      folder = environment["LECTERN_CELLS"]
      // Paths in a document begin at its folder.
      if let directory = environment["LECTERN_DIRECTORY"] { _ = chdir(directory) }
      // What was printed before a trap must not be lost with the buffer.
      if folder != nil { setvbuf(stdout, nil, _IOLBF, 0) }
      events = folder == nil ? nil : FileHandle(fileDescriptor: 3, closeOnDealloc: false)
      // Programs that a cell starts must not keep the conversation open.
      if folder != nil { for descriptor: Int32 in [3, 4] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) } }
      let page = folder == nil ? MAP_FAILED : mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 4, 0)
      line = page == MAP_FAILED ? nil : page?.bindMemory(to: Int64.self, capacity: 1)
    }

    func send(_ event: CellEvent) {
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
      guard let events, var line = try? encoder.encode(event) else { return }
      line.append(UInt8(ascii: "\n"))
      lock.lock()
      defer { lock.unlock() }
      try? events.write(contentsOf: line)
    }
  }

  private static let connection = Connection()

  static func send(_ event: CellEvent) { connection.send(event) }

  /// A cell begins: what it prints goes into a file of its own.
  public static func begin(_ cell: Int) {
    fflush(nil)
    if let folder = connection.folder {
      let file = open("\(folder)/cell-\(cell).txt", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
      if file >= 0 {
        dup2(file, 1)
        dup2(file, 2)
        close(file)
      }
    }
    send(.begin(cell: cell))
  }

  /// A cell has ended.
  public static func end(_ cell: Int) {
    fflush(nil)
    send(.end(cell: cell))
  }

  /// The line of the document that runs next: traps and timeouts are reported there.
  public static func at(_ line: Int) { connection.line?.pointee = Int64(line) }

  /// The line of the document that runs.
  static var line: Int { connection.line.map { Int($0.pointee) } ?? 0 }

  /// An error came out of a cell.
  public static func fail(_ error: any Error) -> Never {
    fflush(nil)
    send(.thrown(message: (error as? any Explained)?.description ?? "\(error)"))
    exit(1)
  }

  /// Shows the value of a cell's last expression, as a notebook does.
  public static func showLast<Value>(_ value: Value) {
    switch value {
    case is Void: return
    case let showable as any Showable: showable.showInReport()
    case let optional as Any? where isNil(optional): return
    default: send(.text("\(value)"))
    }
  }

  private static func isNil(_ value: Any?) -> Bool {
    guard let value else { return true }
    let mirror = Mirror(reflecting: value)
    return mirror.displayStyle == .optional && mirror.children.isEmpty
  }

  /// The value of an inline expression.
  public static func inline<Value>(_ index: Int, _ value: Value) {
    send(.inline(index, (value as? any Recordable)?.recordedValue ?? .text("\(value)")))
  }
}
