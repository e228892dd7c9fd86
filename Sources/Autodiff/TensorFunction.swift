import Kernels
import Tensors

/// A function of tensors, written with ``Variable`` and computed in Double: its value, its derivatives in reverse and
/// forward mode, and products with its second derivatives.
///
/// ```swift
/// let rosenbrock = TensorFunction { x in
///   let (a, b) = (x[0].element(0), x[0].element(1))
///   return (1 - a).raised(to: 2) + 100 * (b - a * a).raised(to: 2)
/// }
/// let (value, gradients) = rosenbrock.valueAndGradient(at: [Tensor([-1, 1], shape: [2])])
/// ```
public struct TensorFunction {
  private let body: ([Variable]) -> Variable

  /// A function of any number of tensors.
  public init(_ body: @escaping (_ arguments: [Variable]) -> Variable) { self.body = body }

  /// The value.
  public func callAsFunction(_ arguments: Tensor<Double>...) -> Tensor<Double> {
    evaluate(at: arguments) { [$1] }[0]
  }

  /// The value with the gradient for each argument; of a value with several elements the gradient of their sum.
  public func valueAndGradient(
    at arguments: [Tensor<Double>]
  ) -> (value: Tensor<Double>, gradients: [Tensor<Double>]) {
    let results = evaluate(at: arguments) { inputs, value in
      [value] + value.gradients(withRespectTo: inputs)
    }
    return (results[0], Array(results.dropFirst()))
  }

  /// The gradient for each argument.
  public func gradient(at arguments: [Tensor<Double>]) -> [Tensor<Double>] {
    valueAndGradient(at: arguments).gradients
  }

  /// The vector–Jacobian product: for each argument the derivative of `Σ upstream · value` (reverse mode).
  public func pullback(at arguments: [Tensor<Double>], of upstream: Tensor<Double>) -> [Tensor<Double>] {
    evaluate(at: arguments) { inputs, value in
      value.pullback(of: value.graph.constant(upstream), to: inputs)
    }
  }

  /// The Jacobian–vector product: how the value changes as each argument moves along its tangent (forward mode).
  public func pushforward(at arguments: [Tensor<Double>], along tangents: [Tensor<Double>]) -> Tensor<Double>
  {
    evaluate(at: arguments) { inputs, value in
      [value.pushforward(zip(inputs, tangents).map { ($0, value.graph.constant($1)) })]
    }[0]
  }

  /// The product of the matrix of second derivatives with tangents, for each argument.
  public func hessianVectorProduct(
    at arguments: [Tensor<Double>], along tangents: [Tensor<Double>]
  ) -> [Tensor<Double>] {
    evaluate(at: arguments) { inputs, value in
      value.hessianVectorProduct(zip(inputs, tangents).map { ($0, value.graph.constant($1)) })
    }
  }

  /// Traces the function, and computes what is wanted of it.
  private func evaluate(
    at arguments: [Tensor<Double>], _ wanted: ([Variable], Variable) -> [Variable]
  ) -> [Tensor<Double>] {
    let graph = Graph()
    let inputs = arguments.map { graph.parameter($0.shape) }
    let value = body(inputs)
    precondition(!value.isBatched, "a function of tensors gives a tensor, not a value for every sample")
    let outputs = wanted(inputs, value)
    let program = Planner.program(
      for: graph, outputs: outputs, batchSize: Double.laneCount, of: Double.self)
    let memory = WorkMemory<Double>(count: program.parameters.storageCount)
    for (offset, argument) in zip(program.parameters.offsets, arguments) {
      for (index, element) in argument.elements.enumerated() { memory.base[offset + index] = element }
    }
    let run = ProgramRun(program, parameters: memory)
    run.replay()
    return outputs.indices.map { index in
      let shape = outputs[index].shape
      return Tensor(
        Array(UnsafeBufferPointer(start: run.output(index), count: shape.count)), shape: shape)
    }
  }
}
