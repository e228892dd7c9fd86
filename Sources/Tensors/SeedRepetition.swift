/// Which repetition of a computation random numbers belong to, and what differs between repetitions.
///
/// The first one draws the same numbers as a computation that is not repeated.
public struct SeedRepetition: Sendable, Hashable, Codable {
  /// Sources of chance that repetitions vary or share.
  public struct Sources: OptionSet, Sendable, Hashable, Codable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Initial weights, and what a minimizer draws.
    public static let weights = Sources(rawValue: 1)
    /// The order of samples, resampling, augmentation, and what generators of networks begin with.
    public static let shuffling = Sources(rawValue: 2)
    /// Dropped units.
    public static let dropout = Sources(rawValue: 4)
    /// Generated data and their noise.
    public static let data = Sources(rawValue: 8)
    /// The test and the validation part.
    public static let split = Sources(rawValue: 16)
    /// The folds of a cross-validation.
    public static let folds = Sources(rawValue: 32)
    /// What samplers propose, and the noise of replicas.
    public static let search = Sources(rawValue: 64)

    /// What differs unless somebody says otherwise: the chance of the training alone.
    public static let training: Sources = [.weights, .shuffling, .dropout]
    /// Everything.
    public static let all: Sources = [.training, .data, .split, .folds, .search]
  }

  /// The number, from zero.
  public var number: Int
  /// What differs from repetition to repetition.
  public var varied: Sources

  /// A repetition of a number.
  public init(_ number: Int, varying varied: Sources = .training) {
    self.number = number
    self.varied = varied
  }

  /// The only one, or the first of several.
  public static let first = SeedRepetition(0)

  /// The seed of a purpose: that of the computation, unless the purpose differs between repetitions.
  public func seed(_ seed: UInt64, for purpose: RandomPurpose) -> UInt64 {
    guard number > 0, !varied.isDisjoint(with: purpose.source) else { return seed }
    return RandomStream.key(seed: seed, .repetition, [number])
  }
}

extension RandomPurpose {
  /// The source of chance that the purpose belongs to.
  var source: SeedRepetition.Sources {
    switch self {
    case .weights, .optimizer: .weights
    case .shuffling, .resampling, .augmentation, .discriminatorLatent, .generatorLatent, .interpolation:
      .shuffling
    case .dropout: .dropout
    case .data, .noise: .data
    case .split, .validation: .split
    case .folds: .folds
    case .sampler, .replica, .latentSamples, .cell, .repetition, .trialNoise: .search
    }
  }
}
