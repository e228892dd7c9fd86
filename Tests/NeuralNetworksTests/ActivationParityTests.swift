import Autodiff
import Kernels
import NeuralNetworks
import Tensors
import Testing

/// Functions and their gradients by `Tests/Peers/losses.py`.
private struct PeerActivations: Decodable {
  struct Case: Decodable {
    let name: String
    let values: [Double]
    let gradient: [Double]
  }

  let inputs: [[Double]]
  let upstream: [[Double]]
  let cases: [Case]
}

/// A function of rows with its first derivatives times an upstream one, and the derivatives of those.
private final class FunctionProgram {
  private let run: ProgramRun<Double>
  private let lanes: Int
  private let count: Int
  let outputs: Int

  init(_ function: Activation, upstream: [[Double]]) throws {
    let graph = Graph()
    count = upstream.count
    let x = graph.input("x", [upstream[0].count])
    let y = function(x)
    outputs = y.shape.count
    let slope = y.pullback(of: graph.input("upstream", y.shape), to: [x])[0]
    let bend = slope.pullback(of: graph.input("second", x.shape), to: [x])[0]
    let program = Planner.program(for: graph, outputs: [y, slope, bend], batchSize: count, of: Double.self)
    lanes = program.groups * Double.laneCount
    run = ProgramRun(program, parameters: WorkMemory(count: 1))
    place(upstream, "upstream")
    place(upstream.map { row in row.map { 0.5 + $0 * $0 } }, "second")
  }

  private func place(_ rows: [[Double]], _ name: String) {
    guard let target = run.input(name) else { return }
    let width = name == "upstream" ? outputs : rows[0].count
    for (sample, row) in rows.enumerated() {
      for (element, value) in row.prefix(width).enumerated() { target[element * lanes + sample] = value }
    }
  }

  /// The values, the slopes and the second derivatives.
  func callAsFunction(_ inputs: [[Double]]) -> [[Double]] {
    place(inputs, "x")
    run.replay()
    return [outputs, inputs[0].count, inputs[0].count].enumerated().map { index, size in
      (0..<count).flatMap { sample in (0..<size).map { run.output(index)[$0 * lanes + sample] } }
    }
  }
}

@Suite("Activations")
struct ActivationParityTests {
  private static let peer = try? Fixture.load("activations", as: PeerActivations.self)
  /// Functions with kinks, whose second derivative says nothing.
  private static let bent: Set<Activation> = [
    .linear, .relu, .leakyRelu, .relu6, .softShrink, .hardShrink, .hardTanh, .hardSigmoid, .sparsemax,
  ]

  @Test(
    "have the values and derivatives of PyTorch and of central differences", arguments: Activation.allCases)
  func values(activation: Activation) throws {
    let peer = try #require(Self.peer)
    let expected = try #require(peer.cases.first { $0.name == activation.rawValue })
    let function = try FunctionProgram(activation, upstream: peer.upstream)
    let found = function(peer.inputs)
    // Exponentials reach 1e13: each number by its own size.
    for (found, expected) in [(found[0], expected.values), (found[1], expected.gradient)] {
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) { #expect(abs(a - b) <= 1e-12 * max(1, abs(b))) }
    }
    let columns = peer.inputs[0].count
    for column in 0..<columns {
      // A row at a time: rows do not depend on each other.
      let (above, below) = (
        function(moved(peer.inputs, column, 1e-5)), function(moved(peer.inputs, column, -1e-5))
      )
      for row in peer.inputs.indices {
        func change(_ index: Int, _ weights: [Double]) -> Double {
          let size = weights.count
          return weights.indices.reduce(0) { sum, element in
            let at = row * size + element
            return sum + weights[element] * (above[index][at] - below[index][at]) / 2e-5
          }
        }
        let at = row * columns + column
        let slope = change(0, Array(peer.upstream[row].prefix(function.outputs)))
        #expect(abs(slope - found[1][at]) < 1e-7 * max(1, abs(found[1][at])))
        guard !Self.bent.contains(activation) else { continue }
        let bend = change(1, peer.upstream[row].map { 0.5 + $0 * $0 })
        #expect(abs(bend - found[2][at]) < 1e-5 * max(1, abs(found[2][at])))
      }
    }
  }

  private func moved(_ rows: [[Double]], _ column: Int, _ step: Double) -> [[Double]] {
    rows.map { row in
      var row = row
      row[column] += step
      return row
    }
  }
}
