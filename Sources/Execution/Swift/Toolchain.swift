import Foundation

/// Where the Swift interpreter and the library that cells load are found, relative to this executable: in the build
/// tree, or under `../lib/lectern` when installed.
package struct Toolchain: Sendable {
  /// The interpreter's front end.
  let frontend: String
  /// The folder of the Swift modules.
  let modules: String
  /// The folder of `libLectern.so`.
  let libraries: String
  /// The folders with the module maps of C libraries.
  let systemModules: [String]

  /// Finds everything; throws `ExecutionError`.
  package static func find() throws -> Toolchain {
    guard let frontend = findFrontend() else { throw ExecutionError.noToolchain }
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = executable.deletingLastPathComponent()
    let installed = folder.deletingLastPathComponent().appendingPathComponent("lib/lectern")
    let isInstalled = exists(installed.appendingPathComponent("libLectern.so").path)
    let libraries = isInstalled ? installed : folder
    guard exists(libraries.appendingPathComponent("libLectern.so").path) else {
      throw ExecutionError.noLibrary(path: "libLectern.so")
    }
    let system = isInstalled ? installed.appendingPathComponent("System") : systemFolder(above: folder)
    let names =
      system.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path).sorted() } ?? []
    return Toolchain(
      frontend: frontend, modules: libraries.appendingPathComponent("Modules").path,
      libraries: libraries.path,
      systemModules: system.map { system in names.map { system.appendingPathComponent($0).path } } ?? [])
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// `Sources/System` of the package whose build tree holds the executable.
  private static func systemFolder(above folder: URL) -> URL? {
    var current = folder
    for _ in 0..<6 {
      let candidate = current.appendingPathComponent("Sources/System")
      if exists(candidate.path) { return candidate }
      current = current.deletingLastPathComponent()
    }
    return nil
  }

  private static func findFrontend() -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let swift = URL(fileURLWithPath: "\(folder)/swift")
      guard FileManager.default.isExecutableFile(atPath: swift.path) else { continue }
      let frontend = swift.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(
        "swift-frontend")
      if FileManager.default.isExecutableFile(atPath: frontend.path) { return frontend.path }
    }
    return nil
  }

  /// The arguments that interpret a program, or only check its types.
  func arguments(program: String, moduleCache: String, onlyChecks: Bool) -> [String] {
    [
      frontend, "-frontend", onlyChecks ? "-typecheck" : "-interpret", program, "-O", "-assert-config",
      "Debug",
    ]
      + ["-swift-version", "5", "-module-name", "Cells", "-module-cache-path", moduleCache, "-I", modules]
      + systemModules.flatMap { ["-I", $0] } + ["-L", libraries, "-lLectern", "-diagnostic-style", "llvm"]
  }
}
