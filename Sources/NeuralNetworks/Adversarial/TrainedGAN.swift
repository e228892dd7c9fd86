import Tensors

/// A generator and a discriminator that have been trained against each other.
public struct TrainedGAN: Sendable {
  /// Makes samples of latent numbers.
  public let generator: TrainedNetwork
  /// Tells samples of the data from generated ones: the larger its number, the more real.
  public let discriminator: TrainedNetwork
  /// What the generator begins with.
  public let latent: Latent
  /// The shape of a sample.
  public let sampleShape: Shape
  /// The generator behind the epochs that the trainer was told to keep.
  public let snapshots: [Snapshot]

  /// A generator on its way.
  public struct Snapshot: Sendable {
    /// The epoch behind which it was kept; 0 for before the first one.
    public let epoch: Int
    /// The generator.
    public let generator: TrainedNetwork
  }

  /// The mean loss of the generator's steps in each epoch, each before its update.
  public var generatorLosses: [Double] { generator.history.trainingLoss }
  /// The mean loss of the discriminator's steps in each epoch, each before its update.
  public var discriminatorLosses: [Double] { discriminator.history.trainingLoss }

  /// New samples, count × the shape of a sample; more samples under a seed begin with the same ones.
  public func sample(count: Int, seed: UInt64) -> Tensor<Double> {
    sample(of: generator, count: count, seed: seed)
  }

  /// New samples of a generator on its way, from the same latent numbers as those of the trained one.
  public func sample(of generator: TrainedNetwork, count: Int, seed: UInt64) -> Tensor<Double> {
    var stream = RandomStream(seed: seed, .latentSamples)
    let made = generator.predict(latent.draw(count: count, using: &stream))
    return Tensor(made.elements, shape: Shape([count] + sampleShape.dimensions))
  }
}
