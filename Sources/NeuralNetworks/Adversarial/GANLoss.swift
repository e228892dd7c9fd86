import Autodiff

/// What a discriminator and a generator make small against each other, as means over the samples of a batch.
///
/// `a` is what the discriminator gives for a sample of the data, `b` what it gives for a generated one.
public enum GANLoss: Sendable, Hashable {
  /// The cross-entropy of logits: `log(1 + e⁻ᵃ) + log(1 + eᵇ)` for the discriminator and, so that gradients
  /// do not vanish while it wins, `log(1 + e⁻ᵇ)` for the generator (Goodfellow and others, 2014).
  case nonSaturating
  /// The Wasserstein distance: `b − a` for the discriminator and `−b` for the generator (Arjovsky and
  /// others, 2017).
  ///
  /// The discriminator's slope is kept near one by `λ (‖∂D/∂x̂‖₂ − 1)²` at random points between samples of
  /// the data and generated ones, `x̂ = ε x + (1 − ε) G(z)` (Gulrajani and others, 2017). A discriminator
  /// with batch normalization couples samples, so that the slope is no longer that of one sample; layer
  /// normalization does not.
  ///
  /// Data of one feature want a small λ: slopes of 1 and −1 are both free of penalty and those between are
  /// not, so that the discriminator turns around only where the means of both kinds of samples differ by 2 λ
  /// or more.
  case wasserstein(gradientPenalty: Double = 10)
  /// Squared distances from 1 and 0: `½ (a − 1)² + ½ b²` for the discriminator and `½ (b − 1)²` for the
  /// generator (Mao and others, 2017).
  case leastSquares

  /// The weight of the gradient penalty; 0 where there is none.
  var gradientPenalty: Double {
    if case .wasserstein(let weight) = self { weight } else { 0 }
  }

  /// What the discriminator makes small for each sample, without the gradient penalty.
  func ofDiscriminator(real a: Variable, generated b: Variable) -> Variable {
    switch self {
    case .nonSaturating: (-a).map(.softplus) + b.map(.softplus)
    case .wasserstein: b - a
    case .leastSquares: 0.5 * (a - 1).map(.square) + 0.5 * b.map(.square)
    }
  }

  /// What the generator makes small for each sample.
  func ofGenerator(generated b: Variable) -> Variable {
    switch self {
    case .nonSaturating: (-b).map(.softplus)
    case .wasserstein: -b
    case .leastSquares: 0.5 * (b - 1).map(.square)
    }
  }
}
