import Components
import Tensors

/// Steps at random that are taken back if they lead up, the more surely the colder it is (Kirkpatrick and others 1983).
///
/// The temperature is measured in the spread of the losses seen so far, so that its scale need not be known.
public struct SimulatedAnnealingSampler: Sampler {
  /// The temperature at the beginning, in units of the spread of losses.
  public var temperature: Double
  /// What the temperature is multiplied with in every step.
  public var cooling: Double
  /// The standard deviation of a step at the beginning, as a share of the range.
  public var step: Double

  /// Simulated annealing.
  public init(temperature: Double = 1, cooling: Double = 0.95, step: Double = 0.25) {
    self.temperature = temperature
    self.cooling = cooling
    self.step = step
  }

  private static let temperatureParameter = Parameter<Double>(
    "temperature", default: 1, "above 0", help: "At the beginning, in units of the spread of losses."
  ) { $0 > 0 }
  private static let coolingParameter = Parameter<Double>(
    "cooling", default: 0.95, "above 0 and below 1", help: "What it is multiplied with in every step."
  ) { $0 > 0 && $0 < 1 }
  private static let stepParameter = Parameter<Double>(
    "step", default: 0.25, "above 0 and at most 1",
    help: "The size of a step at first, as a share of the range."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Sampler>(
    "simulated-annealing",
    help: "Random steps that are taken back if they lead up, more surely when it is cold.",
    swift: "SimulatedAnnealingSampler(temperature, cooling, step)",
    parameters: [temperatureParameter, coolingParameter, stepParameter]
  ) {
    SimulatedAnnealingSampler(
      temperature: $0[temperatureParameter], cooling: $0[coolingParameter], step: $0[stepParameter])
  }

  public var naturalLag: Int { 0 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "simulated-annealing")
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    WalkProposer(problem) { Annealing(settings: self, dimension: $0) }
  }

  private struct Annealing: Walk {
    let settings: SimulatedAnnealingSampler
    let dimension: Int
    private var here: (point: [Double], loss: Double)?
    private var losses: [Double] = []
    private var heat = 1.0
    /// The number that decides whether the step that is under way is kept although it leads up.
    private var chance = 0.0

    init(settings: SimulatedAnnealingSampler, dimension: Int) {
      self.settings = settings
      self.dimension = dimension
    }

    mutating func next(using stream: inout RandomStream) -> [Double] {
      chance = stream.uniform()
      guard let here else { return (0..<dimension).map { _ in stream.uniform() } }
      // Steps become smaller with the temperature, but not so small that nothing moves.
      let size = settings.step * max(heat, 0.01).squareRoot()
      return here.point.map { place in
        // What would leave the cube is reflected at its wall.
        let moved = place + size * stream.normal()
        let folded = (moved < 0 ? -moved : moved).truncatingRemainder(dividingBy: 2)
        return folded > 1 ? 2 - folded : folded
      }
    }

    mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome) {
      if loss.isFinite, loss < 1e99 { losses.append(loss) }
      defer { heat *= settings.cooling }
      guard let old = here else {
        here = (point, loss)
        return
      }
      let spread = losses.count > 1 ? Statistics.standardDeviation(losses) : 0
      let scale = settings.temperature * heat * spread
      let isKept = loss <= old.loss || (scale > 0 && chance < Double.exp((old.loss - loss) / scale))
      if isKept { here = (point, loss) }
    }
  }
}
