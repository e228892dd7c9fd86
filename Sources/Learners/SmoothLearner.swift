import Datasets
import Tensors

/// A learner whose predictions depend smoothly on numbers among its settings.
public protocol SmoothLearner: Learner {
  /// The names of these settings in recipes.
  var smoothSettings: [String] { get }
  /// The value of one of them; nil for any other name.
  func value(of setting: String) -> Double?
  /// The same learner with another value of one of them.
  func with(_ setting: String, _ value: Double) -> any SmoothLearner
  /// The derivative of a fit's predictions by one of them, from the data of the fit: predictions of this model are the
  /// derivatives of those of the fit.
  func derivative(of fitted: any FittedLearner, by setting: String, on data: Dataset) -> (any Model)?
}
