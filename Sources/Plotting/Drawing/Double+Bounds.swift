extension Double {
  /// The number brought between two ends, or another one if it is not finite: for sizes that authors give.
  func within(_ range: ClosedRange<Double>, otherwise value: Double) -> Double {
    isFinite ? Swift.min(Swift.max(self, range.lowerBound), range.upperBound) : value
  }
}
