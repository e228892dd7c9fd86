import Components
import Kernels
import Tensors

extension Graph {
  /// A digest of everything that the given values are computed from: the same in every run and on every machine, and
  /// another one for another computation.
  ///
  /// Nodes that no output needs do not count, nor does the order in which they were written down between others.
  public func structuralHash(of outputs: [Variable]) -> String {
    var lines: [String] = []
    var numbers: [Int: Int] = [:]
    func number(_ index: Int) -> Int {
      if let known = numbers[index] { return known }
      let node = nodes[index]
      let inputs = node.inputs.map(number)
      let shape = node.shape.dimensions.map(String.init).joined(separator: "×")
      lines.append(
        "\(node.operation.signature) (\(inputs.map(String.init).joined(separator: " "))) \(shape)"
          + (node.isBatched ? " batched" : ""))
      numbers[index] = lines.count - 1
      return lines.count - 1
    }
    let results = outputs.map { number($0.index) }
    lines.append("outputs " + results.map(String.init).joined(separator: " "))
    return ContentHash.sha256(Array(lines.joined(separator: "\n").utf8))
  }
}

extension Operation {
  /// The name with all settings, numbers by their bits: equal for equal operations alone.
  var signature: String {
    func bits(_ value: Double) -> String { String(value.bitPattern, radix: 16) }
    func text(_ name: String, _ values: Any...) -> String {
      ([name] + values.map { "\($0)" }).joined(separator: " ")
    }
    switch self {
    case .input(let name): return text("input", name)
    case .parameter(let block): return text("parameter", block)
    case .constant(let value): return text("constant", bits(value))
    case .tensor(let values): return text("tensor", values.map(bits).joined(separator: ","))
    case .dropoutMask(let rate, let index): return text("dropout-mask", bits(rate), index)
    case .matrixProduct: return "matrix-product"
    case .transposedMatrixProduct: return "transposed-matrix-product"
    case .contractSamples: return "contract-samples"
    case .multiplyMatrices(let first, let second): return text("multiply-matrices", first, second)
    case .convolution(let geometry): return text("convolution", geometry.signature)
    case .transposedConvolution(let geometry): return text("transposed-convolution", geometry.signature)
    case .contractConvolution(let geometry): return text("contract-convolution", geometry.signature)
    case .map(let function): return text("map", function)
    case .gradient(let function): return text("gradient", function)
    case .combine(let function): return text("combine", function)
    case .select: return "select"
    case .constantCopy: return "constant-copy"
    case .sumSamples: return "sum-samples"
    case .reduce(let reduction, let axes): return text("reduce", reduction, axes.signature)
    case .cumulativeSum(let axes, let isReversed): return text("cumulative-sum", axes.signature, isReversed)
    case .softmax: return "softmax"
    case .softmaxCrossEntropy: return "softmax-cross-entropy"
    case .selectMaxima(let geometry): return text("select-maxima", geometry.signature)
    case .scatterMaxima(let geometry): return text("scatter-maxima", geometry.signature)
    case .sumWindows(let geometry): return text("sum-windows", geometry.signature)
    case .spreadWindows(let geometry): return text("spread-windows", geometry.signature)
    case .broadcast: return "broadcast"
    case .copy(let layout, let fill): return text("copy", layout.signature, fill.map(bits) ?? "-")
    case .concatenate(let outer): return text("concatenate", outer)
    case .gatherRows(let sizes): return text("gather-rows", sizes.signature)
    case .scatterRows(let sizes): return text("scatter-rows", sizes.signature)
    case .samplesAsRows: return "samples-as-rows"
    case .rowsAsSamples: return "rows-as-samples"
    }
  }
}

extension ConvolutionGeometry {
  fileprivate var signature: String {
    [
      inputHeight, inputWidth, channels, filters, kernelHeight, kernelWidth, stride.down, stride.right,
      dilation.down, dilation.right,
    ].map(String.init).joined(separator: ",")
  }
}

extension ReductionAxes {
  fileprivate var signature: String { "\(outer),\(count),\(inner)" }
}

extension GatheringSizes {
  fileprivate var signature: String { "\(rows),\(width),\(choices),\(isTableBatched)" }
}

extension StridedLayout {
  fileprivate var signature: String {
    func list(_ values: SIMD8<Int32>) -> String {
      values.indices.map { "\(values[$0])" }.joined(separator: ",")
    }
    return "\(list(counts)) \(list(sourceSteps)) \(list(resultSteps)) \(sourceStart) \(resultStart)"
  }
}
