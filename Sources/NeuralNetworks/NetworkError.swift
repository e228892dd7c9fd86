import Components
import Tensors

/// What can be wrong with a network, as facts.
public enum NetworkError: Error, Equatable, Sendable {
  case noLayers
  case shapeMismatch(layer: LayerPlace, found: Shape, needs: String, hint: String?)
  case badLayerSetting(layer: LayerPlace, name: String, requirement: String, found: String)
  case notTraced(layer: String)
  case moduleFailed(name: String, reason: String)
  case outputsDiffer(units: Int, outputs: Int)
  case generatorOutputDiffers(units: Int, features: Int)
  case discriminatorOutputDiffers(units: Int)
  case lossNeedsClasses(loss: String)
  case lossNeedsValues(loss: String)
  case lossNeedsTwoClasses(loss: String, classes: Int)
  case lossNeedsFullBatch(loss: String)
  case lossNeedsCovariance(loss: String)
  case covarianceNotPositive(size: Int)
  case noExamples(part: String)
  case dataIncomplete(part: String, what: String, found: Int, examples: Int)
  case badExample(part: String, what: String, requirement: String, found: String, row: Int)
  case partsDiffer(what: String, training: String, validation: String)
  case scheduleNeedsValidation(schedule: String)
  case settingOfSteps(name: String, optimizer: String)
  case tooManyParameters(optimizer: String, count: Int, most: Int)
  case batchLargerThanData(batch: Int, examples: Int)
  case nonFiniteData(part: String, what: String, row: Int, column: String)
  case numberOutsideVocabulary(value: Double, vocabulary: Int, row: Int)
  case diverged(epoch: Int, layer: LayerPlace?)
  case badSetting(name: String, requirement: String, found: String)
  case unknownFormat(reason: String)
  case parametersDiffer(name: String, expected: Shape, found: Shape?)
  case checkpointOfAnotherTraining(what: String)
  case notExportable(layer: String, format: String)
  case noHypergradient(of: String, reason: String)
}

extension NetworkError: Explained {
  public var sentence: String {
    switch self {
    case .noLayers: "the network has no layers"
    case .shapeMismatch(let layer, let found, let needs, _):
      "\(layer), needs \(needs), but gets a value of shape \(found)"
    case .badLayerSetting(let layer, let name, let requirement, let found):
      "\(layer), needs \"\(name)\" to be \(requirement), not \(found)"
    case .notTraced(let layer): "the layer \(layer) is called outside of a network that is being traced"
    case .moduleFailed(let name, let reason): "the module \(name) failed: \(reason)"
    case .outputsDiffer(let units, let outputs):
      "the network gives \(units) \(units == 1 ? "number" : "numbers"), but the data have \(outputs) "
        + (outputs == 1 ? "target" : "targets")
    case .generatorOutputDiffers(let units, let features):
      "the generator gives \(units) \(units == 1 ? "number" : "numbers"), but a sample of the data has \(features)"
    case .discriminatorOutputDiffers(let units):
      "the discriminator gives \(units) numbers, but must give one: how real a sample is"
    case .lossNeedsClasses(let loss): "the loss \(loss) needs classes, but the target is a number"
    case .lossNeedsValues(let loss): "the loss \(loss) needs numbers as targets, but the data have classes"
    case .lossNeedsTwoClasses(let loss, let classes):
      "the loss \(loss) tells two classes apart, but the data have \(classes)"
    case .lossNeedsFullBatch(let loss):
      "the loss \(loss) couples all examples: the batch size must be all of them"
    case .lossNeedsCovariance(let loss): "the loss \(loss) needs data with a covariance matrix or errors"
    case .covarianceNotPositive(let size):
      "the covariance matrix of the \(size) examples is not positive definite"
    case .dataIncomplete(let part, let what, let found, let examples):
      "the \(part) part has \(found) \(what) for \(examples) \(examples == 1 ? "example" : "examples")"
    case .badExample(let part, let what, let requirement, let found, let row):
      "the \(what) in row \(row + 1) of the \(part) part must be \(requirement), not \(found)"
    case .partsDiffer(let what, let training, let validation):
      "the \(what) of the validation part, \(validation), differ from those of the training part, \(training)"
    case .noExamples(let part): "the \(part) part has no examples"
    case .scheduleNeedsValidation(let schedule):
      "the schedule \(schedule) watches the validation loss, but there is no validation part"
    case .settingOfSteps(let name, let optimizer):
      "\"\(name)\" changes the steps of batches, but \(optimizer) minimizes over all data"
    case .tooManyParameters(let optimizer, let count, let most):
      "\(optimizer) minimizes over at most \(most) parameters, but the network has \(count)"
    case .batchLargerThanData(let batch, let examples):
      "a batch of \(batch) is larger than the training part of \(examples) \(examples == 1 ? "example" : "examples")"
    case .nonFiniteData(let part, let what, let row, let column):
      "the \(part) part has \(what) in row \(row + 1), \(column)"
    case .numberOutsideVocabulary(let value, let vocabulary, let row):
      "row \(row + 1) holds \(value.recipeText), but the embedding knows the whole numbers from 0 to \(vocabulary - 1)"
    case .diverged(let epoch, let layer):
      "training diverged in epoch \(epoch): "
        + (layer.map { "the first values that are no numbers came out of \($0)" }
          ?? "the loss is no number although every layer's output is one")
    case .badSetting(let name, let requirement, let found):
      "\"\(name)\" must be \(requirement), not \(found)"
    case .unknownFormat(let reason): "this is no saved network: \(reason)"
    case .parametersDiffer(let name, let expected, let found):
      found.map { "the saved \(name) has shape \($0), but the network needs \(expected)" }
        ?? "the saved network lacks \(name) of shape \(expected)"
    case .checkpointOfAnotherTraining(let what):
      "the checkpoint belongs to another training: its \(what) differs"
    case .notExportable(let layer, let format): "the layer \(layer) has no counterpart in \(format)"
    case .noHypergradient(let what, let reason): "there is no hypergradient of \(what): \(reason)"
    }
  }

  public var hint: String? {
    switch self {
    case .shapeMismatch(_, _, _, let hint): hint.map { "put \($0) before it" }
    case .diverged: "a smaller learning rate, gradient-clip, or standardized data help most often"
    default: nil
    }
  }
}
