import Components
import Datasets
import Foundation

/// How fast files of comma-separated values are read.
extension Benchmarks {
  /// The time of reading a file of about 100 MB with numbers, with one thread and with two.
  static func tableReading(_ options: Options) throws -> [Figure] {
    let name = "csv 100 MB of numbers"
    guard options.wants(name) else { return [] }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-numbers.csv")
    try numbers(megabytes: 100).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let size = Double(try Data(contentsOf: file, options: .alwaysMapped).count) / 1e6
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    let one = try seconds { try dataset(file, in: SerialPool()) }
    let two = try seconds { try dataset(file, in: pool) }
    print("")
    print(line("reading a file", "one thread", "two threads", "MB/s", "peak"))
    print(
      line(
        name, "\(format(one * 1000)) ms", "\(format(two * 1000)) ms", format(size / two),
        "\(format(Double(peakMemory) / 1000)) MB"))
    return [
      Figure(
        section: "reading", name: name, microseconds: one * 1e6, twoThreadsMicroseconds: two * 1e6,
        twoThreadsSpeedup: one / two)
    ]
  }

  private static func dataset(_ file: URL, in pool: any WorkerPool) throws {
    let data = try CSVReader().read(path: file.path, name: "numbers.csv", pool: pool).dataset(target: "y")
    precondition(data.inputs.columns == 10)
  }

  /// The shortest of three times.
  private static func seconds(_ body: () throws -> Void) throws -> Double {
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

  /// Rows of ten features of six to eighteen letters, and a target.
  private static func numbers(megabytes: Int) -> Data {
    var data = Data("a,b,c,d,e,f,g,h,i,j,y\n".utf8)
    var state: UInt64 = 1
    var rows: [String] = []
    for _ in 0..<4096 {
      let fields = (0..<11).map { column in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = Double(Int64(bitPattern: state)) / 0x1p62
        return column % 3 == 0
          ? "\(value)" : column % 3 == 1 ? "\((value * 1000).rounded() / 1000)" : "\(Int(value * 4000))"
      }
      rows.append(fields.joined(separator: ","))
    }
    let block = Data((rows.joined(separator: "\n") + "\n").utf8)
    while data.count < megabytes * 1_000_000 { data.append(block) }
    return data
  }
}
