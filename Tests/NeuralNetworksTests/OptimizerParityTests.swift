import Components
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Steps of PyTorch's optimizers and of Keras' rules, and the rates of PyTorch's schedulers, by
/// `Tests/Peers/optimizers.py`.
private struct PeerOptimizers: Decodable {
  struct Steps: Decodable {
    let name: String
    let arguments: [String: String]
    let rate: Double
    let trajectory: [[Double]]
  }

  struct Rates: Decodable {
    let name: String
    let arguments: [String: String]
    let base: Double
    let epochs: Int
    let stepsPerEpoch: Int
    let rates: [Double]
    let losses: [Double]
  }

  let start: [Double]
  let gradients: [[Double]]
  let rateFactors: [Double]
  let optimizers: [Steps]
  let schedules: [Rates]

  static func load() throws -> PeerOptimizers {
    let url = try #require(
      Bundle.module.url(forResource: "optimizers", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(PeerOptimizers.self, from: Data(contentsOf: url))
  }
}

@Suite("Optimizing as others do")
struct OptimizerParityTests {
  @Test("takes the steps of PyTorch and of Keras, while the rate changes")
  func steps() throws {
    let peers = try PeerOptimizers.load()
    #expect(Set(peers.optimizers.map(\.name)) == Set(Optimizers.ruleNames))
    for peer in peers.optimizers {
      let rule = try Optimizers.rule(peer.name, peer.arguments)
      let what = "\(peer.name) \(peer.arguments)"
      #expect(rule.learningRate == peer.rate, "\(what)")
      let run = RuleRun<Double>(rule, from: peers.start)
      for (number, expected) in peer.trajectory.enumerated() {
        run.step(peers.gradients[number], rate: rule.learningRate * peers.rateFactors[number])
        for (a, b) in zip(run.values, expected) {
          #expect(abs(a - b) < 1e-12 * max(1, abs(b)), "\(what), step \(number + 1)")
        }
      }
    }
  }

  @Test("has the rates of PyTorch's schedulers")
  func rates() throws {
    let peers = try PeerOptimizers.load().schedules
    for peer in peers {
      var schedule = try Schedules.catalog.decode(peer.name, peer.arguments)
      var found: [Double] = []
      for epoch in 0..<peer.epochs {
        for step in 0..<peer.stepsPerEpoch {
          found.append(
            schedule.rate(
              base: peer.base,
              at: TrainingProgress(
                epoch: epoch, step: step, stepsPerEpoch: peer.stepsPerEpoch, epochs: peer.epochs)))
        }
        if !peer.losses.isEmpty { schedule.observe(validationLoss: peer.losses[epoch]) }
      }
      #expect(Set(peer.rates).count > 2 && found.count == peer.rates.count)
      for (number, (a, b)) in zip(found, peer.rates).enumerated() {
        #expect(abs(a - b) < 1e-12, "\(peer.name) \(peer.arguments), step \(number)")
      }
    }
  }
}
