import Components
import Documents
import Foundation
import Lectern

/// One run of a woven program: the child, its events as they come, and how it ended.
struct CellConversation {
  /// How a run ended.
  enum End: Equatable {
    case process(ChildProcess.End)
    case timeout(seconds: Double)
  }

  /// The events in order.
  var events: [CellEvent] = []
  var end = End.process(.exited(0))
  /// The line of the document that ran last; 0 before the first statement.
  var lastLine = 0
  /// What the compiler wrote before the program ran.
  var compilerOutput = ""
  /// What each cell printed, by its number.
  var printed: [Int: String] = [:]

  /// Runs a program with a folder that only this run uses; relative paths in it begin at `directory`.
  ///
  /// Throws `ExecutionError`.
  static func run(
    _ program: WovenProgram, arguments: [String], folder: String, directory: String,
    progress: (CellEvent) -> Void
  ) throws -> CellConversation {
    var conversation = CellConversation()
    let compiler = open("\(folder)/compiler.txt", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let page = open("\(folder)/line", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    var pipeEnds: [Int32] = [0, 0]
    guard compiler >= 0, page >= 0, ftruncate(page, 4096) == 0, pipe(&pipeEnds) == 0 else {
      throw ExecutionError.noToolchain
    }
    // Only the child's copy may live on in the child: otherwise the pipe would never end.
    _ = fcntl(pipeEnds[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(pipeEnds[1], F_SETFD, FD_CLOEXEC)
    // Descriptors 3 and 4 are the child's; ours must not be in their way.
    let events = fcntl(pipeEnds[1], F_DUPFD_CLOEXEC, 10)
    let line = fcntl(page, F_DUPFD_CLOEXEC, 10)
    var environment = ProcessInfo.processInfo.environment
    environment["LECTERN_CELLS"] = folder
    environment["LECTERN_DIRECTORY"] = directory
    environment["SWIFT_DETERMINISTIC_HASHING"] = "1"
    let child = ChildProcess(
      arguments, environment: environment,
      descriptors: [(1, compiler), (2, compiler), (3, events), (4, line)])
    close(pipeEnds[1])
    close(events)
    defer { for descriptor in [compiler, page, line, pipeEnds[0]] { close(descriptor) } }
    guard let child else { throw ExecutionError.noToolchain }
    let timedOut = conversation.listen(pipeEnds[0], child, program, progress)
    let end = child.wait()
    conversation.end = timedOut.map { .timeout(seconds: $0) } ?? .process(end)
    conversation.readFiles(folder, cells: program.cells.count, page: page)
    return conversation
  }

  /// Takes events until the child closes its end; on a timeout the child is killed and the timeout returned.
  private mutating func listen(
    _ descriptor: Int32, _ child: ChildProcess, _ program: WovenProgram, _ progress: (CellEvent) -> Void
  ) -> Double? {
    var pending = Data()
    var buffer = [UInt8](repeating: 0, count: 65536)
    var deadline: (date: ContinuousClock.Instant, seconds: Double)?
    let clock = ContinuousClock()
    while true {
      var wait: Int32 = -1
      if let deadline {
        let left = clock.now.duration(to: deadline.date)
        let milliseconds =
          left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        wait = Int32(max(0, min(milliseconds + 1, 1_000_000)))
      }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, wait)
      if ready == 0, let deadline, clock.now >= deadline.date {
        child.kill()
        return deadline.seconds
      }
      guard ready > 0 else {
        if ready < 0, errno != EINTR { return nil }
        continue
      }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return nil }
      pending.append(contentsOf: buffer[..<count])
      // A line of much data comes in many pieces: each byte is looked at once.
      guard buffer[..<count].contains(UInt8(ascii: "\n")) else { continue }
      while let newline = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = pending[pending.startIndex..<newline]
        pending.removeSubrange(pending.startIndex...newline)
        guard let event = Self.event(line) else { continue }
        events.append(event)
        progress(event)
        switch event {
        case .begin(let cell):
          let timeout = program.cells.indices.contains(cell) ? program.cells[cell].options.timeout : nil
          deadline = timeout.map { (clock.now + .seconds($0), $0) }
        case .end: deadline = nil
        default: continue
        }
      }
    }
  }

  private static func event(_ line: Data) -> CellEvent? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try? decoder.decode(CellEvent.self, from: line)
  }

  private mutating func readFiles(_ folder: String, cells: Int, page: Int32) {
    compilerOutput = (try? String(contentsOfFile: "\(folder)/compiler.txt", encoding: .utf8)) ?? ""
    for cell in 0..<cells {
      guard let data = FileManager.default.contents(atPath: "\(folder)/cell-\(cell).txt") else { continue }
      printed[cell] = String(decoding: data, as: UTF8.self)
    }
    var line: Int64 = 0
    if pread(page, &line, 8, 0) == 8 { lastLine = Int(line) }
  }
}
