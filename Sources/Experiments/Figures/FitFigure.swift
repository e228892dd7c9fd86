import Datasets
import Plotting
import Tensors

extension ResultView {
  /// The data of one feature and the fitted curve.
  static let fit = ResultView(
    name: "fit", help: "Data of one feature and the fitted curve.", isDefault: true,
    needs: [.features(1), .values]
  ) { result in
    let data = result.experiment.data
    guard let fitted = result.fitted, data.inputs.columns == 1, data.features[0].categories == nil,
      case .values(let targets, let names) = data.targets, targets.columns == 1,
      let low = data.inputs.elements.min(), let high = data.inputs.elements.max(), low < high
    else { return nil }
    let points = (0...200).map { low + (high - low) * Double($0) / 200 }
    let curve = fitted.predict(Tensor(points, shape: [points.count, 1])).elements
    let plot = Plot(x: .linear(data.features[0].name, limits: nil), y: .linear(names[0], limits: nil)) {
      if let errors = data.errors {
        ErrorBarMark(
          x: data.inputs.elements, y: targets.elements, error: errors, series: "data", color: .muted)
      } else {
        PointMark(x: data.inputs.elements, y: targets.elements, series: "data", color: .muted)
      }
      LineMark(x: points, y: curve, series: "fit")
      if let law = result.experiment.law {
        LineMark(x: points, y: points.map { law.law($0) }, series: "law", stroke: .dashed, color: .text)
      }
    }
    return .figure(.plot(plot), caption: "The data and the fitted network.")
  }
}
