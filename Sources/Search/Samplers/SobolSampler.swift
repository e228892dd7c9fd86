import Components
import Tensors

/// Points that fill the space evenly at every number of trials: Sobol's sequence with the numbers of Joe and Kuo (2008),
/// scrambled by random lower triangular matrices and a random shift (Matoušek 1998).
///
/// Hyperparameters behind the 64th are drawn independently.
public struct SobolSampler: Sampler {
  /// Sobol's points.
  public init() {}

  static let component = Component<any Sampler>(
    "sobol", help: "Sobol's points, scrambled: even at every number of trials.", swift: "SobolSampler()"
  ) { _ in SobolSampler() }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let free = problem.space.freeParameters
    var stream = RandomStream(seed: problem.seed, .sampler)
    let sequence = SobolSequence(axes: min(free.count, SobolSequence.mostAxes), scrambledBy: &stream)
    return EvenProposer(space: problem.space, parameters: free) { sequence.point($0) }
  }
}

extension SearchSpace {
  /// The hyperparameters with more than one value.
  var freeParameters: [Int] { parameters.indices.filter { !parameters[$0].distribution.isFixed } }
}

/// Proposes the points of a sequence in the unit cube, one coordinate for each hyperparameter.
struct EvenProposer: Proposer {
  let space: SearchSpace
  let parameters: [Int]
  let point: @Sendable (Int) -> [Double]

  mutating func propose(
    _ number: Int, given history: TrialHistory, using stream: inout RandomStream
  ) -> Proposal {
    let point = point(number)
    var values = space.drawAll(using: &stream)
    for (coordinate, parameter) in zip(point, parameters) {
      values[parameter] = space.parameters[parameter].distribution.value(atUnit: coordinate)
    }
    return .trial(space.normalized(values))
  }
}

/// Sobol's points in the unit cube, in the order of Gray's code (Antonov and Saleev 1979).
package struct SobolSequence: Sendable {
  /// The most axes there are numbers for.
  package static let mostAxes = SobolDirections.table.count + 1
  private static let bits = 32

  /// For each axis what each bit of a number's Gray code adds, as binary digits behind the point.
  private var directions: [[UInt32]]
  private var shifts: [UInt32]

  /// The sequence as it is, which starts with zeros.
  package init(axes: Int) {
    directions = (0..<min(axes, Self.mostAxes)).map(Self.directions)
    shifts = [UInt32](repeating: 0, count: directions.count)
  }

  /// The sequence scrambled: digits are mixed into those behind them, then flipped.
  package init(axes: Int, scrambledBy stream: inout RandomStream) {
    self.init(axes: axes)
    for axis in directions.indices {
      // Row k has ones at digit k and random digits before it.
      let rows = (0..<Self.bits).map { digit -> UInt32 in
        let lead: UInt32 = 1 << UInt32(31 - digit)
        let before: UInt32 = digit == 0 ? 0 : ~UInt32(0) << UInt32(32 - digit)
        return lead | (stream.nextWord() & before)
      }
      directions[axis] = directions[axis].map { direction in
        var mixed: UInt32 = 0
        for (digit, row) in rows.enumerated() where (row & direction).nonzeroBitCount % 2 == 1 {
          mixed |= 1 << UInt32(31 - digit)
        }
        return mixed
      }
      shifts[axis] = stream.nextWord()
    }
  }

  private static func directions(_ axis: Int) -> [UInt32] {
    guard axis > 0 else { return (0..<bits).map { 1 << UInt32(31 - $0) } }
    let row = SobolDirections.table[axis - 1]
    let (polynomial, degree) = (row[0], row.count - 1)
    var result = (0..<degree).map { row[$0 + 1] << UInt32(31 - $0) }
    for bit in degree..<bits {
      var value = result[bit - degree] ^ (result[bit - degree] >> UInt32(degree))
      for term in 1..<max(degree, 1) where (polynomial >> UInt32(degree - term)) & 1 == 1 {
        value ^= result[bit - term]
      }
      result.append(value)
    }
    return result
  }

  /// The digits of a point behind the binary point, 32 for each axis.
  package func digits(_ number: Int) -> [UInt32] {
    let bits = UInt32(truncatingIfNeeded: number)
    let code = bits ^ (bits >> 1)
    return directions.indices.map { axis in
      var digits = shifts[axis]
      for bit in 0..<Self.bits where (code >> UInt32(bit)) & 1 == 1 { digits ^= directions[axis][bit] }
      return digits
    }
  }

  /// A point inside the unit cube, in the middle of its last digit.
  package func point(_ number: Int) -> [Double] { digits(number).map { (Double($0) + 0.5) / 4_294_967_296 } }
}
