import Components
import Tensors

/// Points that fill the space evenly: van der Corput's sequence in another prime base along each axis (Halton 1960), every
/// digit permuted at random (Owen, arXiv:1706.02808).
public struct HaltonSampler: Sampler {
  /// Halton's points.
  public init() {}

  static let component = Component<any Sampler>(
    "halton", help: "Halton's points, scrambled: even at every number of trials.", swift: "HaltonSampler()"
  ) { _ in HaltonSampler() }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    let free = problem.space.freeParameters
    var stream = RandomStream(seed: problem.seed, .sampler)
    let sequence = HaltonSequence(axes: free.count, scrambledBy: &stream)
    return EvenProposer(space: problem.space, parameters: free) { sequence.point($0) }
  }
}

/// Halton's points in the unit cube.
package struct HaltonSequence: Sendable {
  private var bases: [Int]
  /// For each axis and each place behind the point, what a digit becomes; empty if they stay.
  private var permutations: [[[Int]]] = []

  /// The sequence as it is, which starts with zeros.
  package init(axes: Int) { bases = Self.primes(axes) }

  /// The sequence with permuted digits.
  package init(axes: Int, scrambledBy stream: inout RandomStream) {
    self.init(axes: axes)
    for base in bases {
      // As many places as a number has digits.
      var (places, size) = (0, 1.0)
      while size > 0x1p-53 {
        size /= Double(base)
        places += 1
      }
      permutations.append((0..<places).map { _ in stream.permutation(base) })
    }
  }

  /// The first primes.
  private static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }

  /// A point of the unit cube.
  package func point(_ number: Int) -> [Double] {
    bases.enumerated().map { axis, base in
      let scale = 1 / Double(base)
      var (rest, size, result) = (number, scale, 0.0)
      guard !permutations.isEmpty else {
        while rest > 0 {
          result += Double(rest % base) * size
          (rest, size) = (rest / base, size * scale)
        }
        return result
      }
      for permutation in permutations[axis] {
        result += Double(permutation[rest % base]) * size
        (rest, size) = (rest / base, size * scale)
      }
      return min(result, 1)
    }
  }
}
