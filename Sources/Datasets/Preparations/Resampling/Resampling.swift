import Components
import Tensors

/// A preparation that gives classes equal numbers of examples in training, and leaves every other part alone.
protocol Resampling: Preparation, FittedPreparation {
  /// The name in recipes.
  static var name: String { get }
  /// The training part with other examples.
  func resampled(_ training: Dataset, classes: [[Int]], using stream: inout RandomStream) -> Dataset
}

extension Resampling {
  public func outline(_ data: DataOutline) throws(DatasetError) -> DataOutline {
    guard data.hasClasses else { throw .resampledValues(preparation: Self.name) }
    var result = data
    result.isResampled = true
    return result
  }

  public func fitted(to training: Dataset) -> any FittedPreparation { self }

  public func apply(to data: Dataset) -> Dataset { data }

  public func applyInTraining(to data: Dataset, using stream: inout RandomStream) -> Dataset {
    guard let classes = data.classes else { return data }
    var members = [[Int]](repeating: [], count: data.outputCount)
    for (index, number) in classes.enumerated() { members[number].append(index) }
    return resampled(data, classes: members.filter { !$0.isEmpty }, using: &stream)
  }
}
