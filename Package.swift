// swift-tools-version: 6.1
import PackageDescription

// The processor that the kernels are built for: `native` (the default) or a name that clang knows, such as
// `x86-64-v3` for a portable binary. Results are the same bits either way.
let processor = Context.environment["CPU"] ?? "native"

// Optimized in debug builds too, as one module: `-num-threads` keeps one object a file, which debug builds index.
let kernelFlags: [SwiftSetting] = [
  .unsafeFlags(["-Ounchecked", "-wmo", "-num-threads", "1", "-Xcc", "-march=\(processor)"])
]

// The tests of memory count what libraries allocate: they have to see the functions of the test program.
let countedFunctions = [
  "malloc", "calloc", "realloc", "memalign", "aligned_alloc", "posix_memalign", "free",
].flatMap { ["-Xlinker", "--export-dynamic-symbol=\($0)"] }

// Listed in the order of the arrows: a target imports only what stands above it.
let package = Package(
  name: "lectern",
  products: [
    .executable(name: "lectern", targets: ["LecternCLI"]),
    // What the Swift cells of a document load; the executable links the same targets statically.
    .library(name: "Lectern", type: .dynamic, targets: ["Lectern"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    // System libraries
    .systemLibrary(
      name: "CCairo", path: "Sources/System/CCairo",
      providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(
      name: "CDiscount", path: "Sources/System/CDiscount", providers: [.apt(["libmarkdown2-dev"])]),
    .systemLibrary(
      name: "CDuktape", path: "Sources/System/CDuktape", providers: [.apt(["duktape-dev"])]),
    .systemLibrary(name: "CProcessor", path: "Sources/System/CProcessor"),
    .systemLibrary(name: "CVectors", path: "Sources/System/CVectors"),
    .systemLibrary(name: "CZlib", path: "Sources/System/CZlib", providers: [.apt(["zlib1g-dev"])]),

    // Engine: numbers in, results out
    .target(name: "Components"),
    .target(name: "Kernels", dependencies: ["CProcessor", "CVectors"], swiftSettings: kernelFlags),
    .target(name: "Tensors", dependencies: ["Kernels", "Components"]),
    .target(name: "Autodiff", dependencies: ["Tensors"]),
    .target(name: "Datasets", dependencies: ["Tensors", "CZlib"]),
    .target(name: "NeuralNetworks", dependencies: ["Autodiff", "Datasets"]),
    .target(name: "Learners", dependencies: ["Datasets"]),
    .target(name: "Search", dependencies: ["Tensors"]),
    .target(
      name: "Storage", dependencies: ["Search", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "Validation", dependencies: ["Learners", "NeuralNetworks", "Search"]),
    .target(name: "Plotting", dependencies: ["Components"]),
    .target(name: "CairoRendering", dependencies: ["Plotting", "CCairo"]),
    .target(name: "Experiments", dependencies: ["Validation", "Search", "Plotting"]),
    .target(name: "Lectern", dependencies: ["Experiments", "CairoRendering"]),

    // Documents: Markdown in, HTML out
    .target(name: "Documents", dependencies: ["Components", "Yams"]),
    .target(name: "Execution", dependencies: ["Documents", "Lectern", "Storage"]),
    .target(
      name: "Publishing",
      dependencies: [
        "Execution", "CairoRendering", "CDiscount", "CDuktape",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .executableTarget(
      name: "LecternCLI",
      dependencies: [
        "Publishing", "CairoRendering", "Kernels", "Storage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["Experiments", "Validation", "CairoRendering", "Search", "Storage", "Publishing"]),

    // Tests
    .testTarget(name: "ComponentsTests", dependencies: ["Components"], resources: [.copy("Fixtures")]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"], resources: [.copy("Fixtures")]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(name: "AutodiffTests", dependencies: ["Autodiff"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks"], resources: [.copy("Fixtures")],
      linkerSettings: [.unsafeFlags(countedFunctions, .when(platforms: [.linux]))]),
    .testTarget(name: "LearnersTests", dependencies: ["Learners"], resources: [.copy("Fixtures")]),
    .testTarget(name: "SearchTests", dependencies: ["Search"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "StorageTests", dependencies: ["Storage", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "ValidationTests", dependencies: ["Validation"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "ExperimentsTests", dependencies: ["Experiments", "Documents", "Storage"], exclude: ["Snapshots"]),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting"], exclude: ["Snapshots"]),
    .testTarget(name: "CairoRenderingTests", dependencies: ["CairoRendering", "Experiments"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
    .testTarget(name: "PublishingTests", dependencies: ["Publishing"]),
    .testTarget(name: "ExecutionTests", dependencies: ["Execution"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["LecternCLI"], exclude: ["Fixtures", "README.md"]),
  ]
)

// A target is built again only if a module that it names has changed, but the layout of a value reaches into every
// target that holds one, however far away. So each target names all that it reaches.
func reached(from target: Target, among targets: [String: Target]) -> [String] {
  target.dependencies.flatMap { dependency -> [String] in
    guard case .byNameItem(let name, _) = dependency, let next = targets[name] else { return [] }
    return [name] + reached(from: next, among: targets)
  }
}

let targets = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
for (target, names) in package.targets.map({ ($0, reached(from: $0, among: targets)) }) {
  target.dependencies += Set(names).sorted().compactMap { name in
    let isNamed = target.dependencies.contains { dependency in
      if case .byNameItem(name, _) = dependency { true } else { false }
    }
    return isNamed ? nil : .byName(name: name)
  }
}
