import Components

/// The same rate throughout.
public struct ConstantSchedule: Schedule, Hashable {
  /// The same rate throughout.
  public init() {}

  static let component = Component<any Schedule>(
    "constant", help: "The same rate throughout.", swift: "ConstantSchedule()"
  ) { _ in
    ConstantSchedule()
  }

  public var name: String { "constant" }

  public func rate(base: Double, at progress: TrainingProgress) -> Double { base }
}

extension Schedule where Self == ConstantSchedule {
  /// The same rate throughout.
  public static var constant: ConstantSchedule { ConstantSchedule() }
}
