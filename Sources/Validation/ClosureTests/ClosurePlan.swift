import Tensors

/// What a closure test runs, and how often.
public struct ClosurePlan: Sendable, Hashable {
  /// The levels: 0 without noise, 1 with noise, 2 with replicas of noisy data.
  public var levels: [Int]
  /// The replicas of a fit.
  public var replicas: Int
  /// The fits with noise of their own.
  public var fits: Int
  /// Points that no fit sees, points × variables; nil for none.
  public var outOfSample: Tensor<Double>?
  /// The share of the data's normalization error that the fits know of; nil for all of it.
  public var inconsistency: Double?
  /// How often the winner of a search is tested again, with noise that the search never saw; nil for as often as a trial.
  public var confirm: Confirmation?

  /// The size of the test of a search's winner.
  public struct Confirmation: Sendable, Hashable {
    /// The replicas of a fit.
    public var replicas: Int
    /// The fits with noise of their own.
    public var fits: Int

    /// A size.
    public init(replicas: Int = 40, fits: Int = 25) {
      self.replicas = replicas
      self.fits = fits
    }
  }

  /// A closure test.
  public init(
    levels: [Int] = [0, 1, 2], replicas: Int = 40, fits: Int = 25, outOfSample: Tensor<Double>? = nil,
    inconsistency: Double? = nil, confirm: Confirmation? = nil
  ) {
    self.levels = levels
    self.replicas = replicas
    self.fits = fits
    self.outOfSample = outOfSample
    self.inconsistency = inconsistency
    self.confirm = confirm
  }
}
