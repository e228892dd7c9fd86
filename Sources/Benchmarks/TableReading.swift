import Components
import Datasets
import Foundation

/// How fast files of comma-separated values are read.
extension Benchmarks {
  /// What stands in the fields of a file.
  private enum Fields: String, CaseIterable {
    case mixed = "numbers of any length"
    case short = "short whole numbers"
    case long = "numbers of 17 digits"
    case text = "categories and numbers"
  }

  /// The time of reading files of about 100 MB with one thread and with two, and that of the digest of the data.
  static func tableReading(_ options: Options) throws -> [Figure] {
    let wanted = Fields.allCases.filter { options.wants("csv 100 MB, \($0.rawValue)") }
    guard !wanted.isEmpty else { return [] }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    print("")
    print(line("reading a file", "one thread", "two threads", "MB/s", "digest", "peak so far"))
    return try wanted.map { fields in
      let name = "csv 100 MB, \(fields.rawValue)"
      let process = ProcessInfo.processInfo.processIdentifier
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-\(process).csv")
      let size = try Double(write(fields, to: file)) / 1e6
      defer { try? FileManager.default.removeItem(at: file) }
      let one = try seconds { _ = try dataset(file, in: SerialPool()) }
      let two = try seconds { _ = try dataset(file, in: pool) }
      let peak = peakMemory
      let data = try dataset(file, in: pool)
      let digest = seconds { _ = data.contentHash }
      print(
        line(
          name, "\(format(one * 1000)) ms", "\(format(two * 1000)) ms", format(size / two),
          "\(format(digest * 1000)) ms", "\(format(Double(peak) / 1000)) MB"))
      return Figure(
        section: "reading", name: name, microseconds: one * 1e6, twoThreadsMicroseconds: two * 1e6,
        twoThreadsSpeedup: one / two)
    }
  }

  private static func dataset(_ file: URL, in pool: any WorkerPool) throws -> Dataset {
    try CSVReader().read(path: file.path, name: "numbers.csv", pool: pool).dataset(target: "y")
  }

  /// The shortest of three times.
  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let durations = try (0..<3).map { _ in try ContinuousClock().measure { try body() } }
    return durations.map { Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18 }.min()
      ?? 0
  }

  /// The most memory that the process had, in kilobytes.
  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter { "0123456789".contains($0) }) } ?? 0
  }

  /// Writes rows of ten features and a target; the size.
  private static func write(_ fields: Fields, to file: URL) throws -> Int {
    var state: UInt64 = 1
    let rows = (0..<4096).map { _ in
      (0..<11).map { column in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = Double(Int64(bitPattern: state)) / 0x1p62
        switch fields {
        case .short: return "\(Int(value * 4000))"
        case .long: return "\(value)"
        case .text where column % 2 == 0: return ["red", "green", "blue"][Int(state >> 62) % 3]
        default:
          return column % 3 == 0
            ? "\(value)" : column % 3 == 1 ? "\((value * 1000).rounded() / 1000)" : "\(Int(value * 4000))"
        }
      }.joined(separator: ",")
    }
    let block = Data("\(rows.joined(separator: "\n"))\n".utf8)
    try Data("a,b,c,d,e,f,g,h,i,j,y\n".utf8).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    var size = try Int(handle.seekToEnd())
    while size < 100_000_000 {
      try handle.write(contentsOf: block)
      size += block.count
    }
    try handle.close()
    return size
  }
}
