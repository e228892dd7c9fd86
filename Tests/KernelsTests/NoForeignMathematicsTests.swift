import Foundation
import Testing

@Suite("The engine's sources")
struct NoForeignMathematicsTests {
  private static let targets = [
    "Components", "Kernels", "Tensors", "Autodiff", "Datasets", "NeuralNetworks", "Search", "Validation",
    "Experiments", "Plotting",
  ]

  /// The lines of a target's sources without comments and texts.
  private func code(of target: String) throws -> [(place: String, line: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/\(target)")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var lines: [(String, String)] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let code = line.replacing(/\/\/.*/, with: "").replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
        lines.append(("\(file.lastPathComponent):\(number + 1)", String(code)))
      }
    }
    return lines
  }

  @Test("call no mathematics of the C library", arguments: targets)
  func noForeignMathematics(target: String) throws {
    let lines = try code(of: target)
    #expect(lines.count > 50)
    // A bare call: neither a member such as `Double.exp(` nor a declaration such as `func exp(`.
    let names =
      "exp2?|expm1|log|log2|log10|log1p|pow|sin|cos|tanh?|sinh|cosh|erfc?|[lt]gamma|cbrt|hypot|atan2?|fma"
    let call = try Regex("(^|[^\\w.])(\(names))\\(")
    for (place, line) in lines where !line.contains("func ") && target != "Kernels" {
      #expect(line.firstMatch(of: call) == nil, "\(place)")
    }
    for (place, line) in lines {
      #expect(line.firstMatch(of: /(Foundation|Glibc|Darwin)\.\w+\(/) == nil, "\(place)")
      #expect(line.firstMatch(of: /import (Glibc|Darwin|Musl)/) == nil, "\(place)")
      let draws = /\b(random\(in|shuffled\(\)|randomElement|SystemRandomNumberGenerator)/
      #expect(line.firstMatch(of: draws) == nil, "\(place)")
      #expect(line.firstMatch(of: /\b(Date\(|UUID\(|String\(format)/) == nil, "\(place)")
    }
  }

  @Test("leave mathematics in the kernels to themselves: they import headers of ours alone")
  func kernelsImportNothing() throws {
    let imports = try code(of: "Kernels").filter { $0.line.contains("import ") }
    #expect(Set(imports.map(\.line)) == ["internal import CProcessor", "internal import CVectors"])
  }

  @Test("fuse nowhere but in the kernels", arguments: targets.filter { $0 != "Kernels" })
  func fusedOnlyInKernels(target: String) throws {
    for (place, line) in try code(of: target) { #expect(!line.contains("addingProduct"), "\(place)") }
  }
}
