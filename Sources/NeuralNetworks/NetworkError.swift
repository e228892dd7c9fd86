import Components
import Tensors

/// What can be wrong with a network, as facts.
public enum NetworkError: Error, Equatable, Sendable {
  case noLayers
  case inputNotVector(layer: String, number: Int, shape: Shape)
  case outputsDiffer(units: Int, outputs: Int)
  case lossNeedsClasses(loss: String)
  case lossNeedsValues(loss: String)
  case noExamples(part: String)
  case scheduleNeedsValidation(schedule: String)
  case settingOfSteps(name: String, optimizer: String)
  case tooManyParameters(optimizer: String, count: Int, most: Int)
  case badSetting(name: String, requirement: String, found: String)
}

extension NetworkError: Explained {
  public var sentence: String {
    switch self {
    case .noLayers: "the network has no layers"
    case .inputNotVector(let layer, let number, let shape):
      "layer \(number + 1), \(layer), takes a vector, but gets a value of shape \(shape)"
    case .outputsDiffer(let units, let outputs):
      "the network gives \(units) \(units == 1 ? "number" : "numbers"), but the data have \(outputs) "
        + (outputs == 1 ? "target" : "targets")
    case .lossNeedsClasses(let loss): "the loss \(loss) needs classes, but the target is a number"
    case .lossNeedsValues(let loss): "the loss \(loss) needs numbers as targets, but the data have classes"
    case .noExamples(let part): "the \(part) part has no examples"
    case .scheduleNeedsValidation(let schedule):
      "the schedule \(schedule) watches the validation loss, but there is no validation part"
    case .settingOfSteps(let name, let optimizer):
      "\"\(name)\" changes the steps of batches, but \(optimizer) minimizes over all data"
    case .tooManyParameters(let optimizer, let count, let most):
      "\(optimizer) minimizes over at most \(most) parameters, but the network has \(count)"
    case .badSetting(let name, let requirement, let found):
      "\"\(name)\" must be \(requirement), not \(found)"
    }
  }
}
