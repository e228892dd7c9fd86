internal import CProcessor

/// The vector instructions that this binary was built for, compared with those of the processor it runs on.
public enum Processor {
  private static let names: [(bit: UInt32, name: String)] = [
    (1, "FMA"), (2, "AVX2"), (4, "AVX-512F"), (8, "AVX-512BW"), (16, "AVX-512DQ"), (32, "AVX-512VL"),
  ]

  /// The instructions that the kernels use and this processor lacks: none on a machine that can run them.
  public static var missingFeatures: [String] {
    let missing = lectern_built_features() & ~lectern_running_features()
    return names.filter { missing & $0.bit != 0 }.map(\.name)
  }

  /// The instructions that the kernels were built for.
  public static var builtFeatures: [String] {
    names.filter { lectern_built_features() & $0.bit != 0 }.map(\.name)
  }

  /// Whether 32 vector registers of 64 bytes are at hand; tiles may be larger then, sums stay the same.
  @inline(__always) static var hasWideRegisters: Bool { lectern_built_features() & 4 != 0 }
}
