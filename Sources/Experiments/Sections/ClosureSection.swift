import Components

/// Which levels a closure test runs, and how often.
public struct ClosurePlan: Sendable, Hashable {
  /// The levels: 0 without noise, 1 with noise, 2 with replicas of noisy data.
  public var levels: [Int]
  /// The replicas of a fit.
  public var replicas: Int
  /// The fits with noise of their own.
  public var fits: Int

  /// A closure test.
  public init(levels: [Int] = [0, 1, 2], replicas: Int = 40, fits: Int = 25) {
    self.levels = levels
    self.replicas = replicas
    self.fits = fits
  }
}

/// The key `closure-test`: whether the strategy finds a known law again.
enum ClosureSection {
  static let levels = Parameter<[Int]>(
    "levels", default: [0, 1, 2], "levels 0, 1 or 2", help: "Which levels are run."
  ) {
    !$0.isEmpty && $0.allSatisfy { (0...2).contains($0) } && Set($0).count == $0.count
  }
  static let replicas = Parameter<Int>(
    "replicas", default: 40, "at least 2", help: "The replicas of a fit."
  ) { $0 >= 2 }
  static let fits = Parameter<Int>(
    "fits", default: 25, "at least 1", help: "The fits with noise of their own."
  ) { $0 >= 1 }

  static let component = Component<ClosurePlan>(
    "closure-test", help: "Whether the strategy finds a known law again.",
    swift: "ClosurePlan(levels, replicas, fits)",
    parameters: [levels, replicas, fits]
  ) { ClosurePlan(levels: $0[levels].sorted(), replicas: $0[replicas], fits: $0[fits]) }
}
