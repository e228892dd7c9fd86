import Components
import Tensors

/// The simplex of Nelder and Mead (1965) with the coefficients for many dimensions of Gao and Han (2012): reflection 1,
/// expansion 1 + 2/d, contraction 3/4 − 1/(2d), shrinkage 1 − 1/d; begun anew from the best point when it has become small.
public struct NelderMeadSampler: Sampler {
  /// How long the edges are at the beginning, as a share of the range.
  public var size: Double

  /// The simplex method.
  public init(size: Double = 0.25) { self.size = size }

  private static let sizeParameter = Parameter<Double>(
    "size", default: 0.25, "above 0 and at most 1", help: "The edges at first, as a share of the range."
  ) { $0 > 0 && $0 <= 1 }
  static let component = Component<any Sampler>(
    "nelder-mead", help: "A simplex that creeps downhill, for few numbers.", swift: "NelderMeadSampler(size)",
    parameters: [sizeParameter]
  ) { NelderMeadSampler(size: $0[sizeParameter]) }

  public var naturalLag: Int { 0 }

  public func check(_ problem: SearchProblem) throws(SamplerError) {
    try checkWalk(problem, name: "nelder-mead")
  }

  public func proposer(for problem: SearchProblem) -> any Proposer {
    WalkProposer(problem) { Simplex(size: size, dimension: $0) }
  }

  /// The simplex on its way.
  struct Simplex: Walk {
    private typealias Vertex = (point: [Double], loss: Double)

    /// What the point that is tried is for.
    private enum Stage {
      case build
      case reflect
      case expand(reflected: Vertex)
      case contract(reflected: Vertex, isOutside: Bool)
      case shrink(next: Int)
    }

    private let size: Double
    private let dimension: Int
    private var vertices: [Vertex] = []
    private var stage = Stage.build
    /// The corner that the simplex is built from.
    private var corner: [Double]?

    init(size: Double, dimension: Int) {
      self.size = size
      self.dimension = dimension
    }

    private var expansion: Double { 1 + 2 / Double(max(dimension, 2)) }
    private var contraction: Double { 0.75 - 1 / (2 * Double(max(dimension, 2))) }
    private var shrinkage: Double { 1 - 1 / Double(max(dimension, 2)) }

    /// The middle of all vertices but the worst.
    private var centroid: [Double] {
      (0..<dimension).map { axis in
        vertices.dropLast().reduce(0) { $0 + $1.point[axis] } / Double(dimension)
      }
    }

    /// The point on the line through the worst vertex and the centroid.
    private func along(_ factor: Double) -> [Double] {
      zip(centroid, vertices[dimension].point).map { min(max($0 + factor * ($0 - $1), 0), 1) }
    }

    mutating func next(using stream: inout RandomStream) -> [Double] {
      switch stage {
      case .build:
        guard let corner else {
          // Away from the walls, so that every edge has room.
          return (0..<dimension).map { _ in stream.uniform(0.1, 0.9) }
        }
        var point = corner
        let axis = vertices.count - 1
        point[axis] += point[axis] + size <= 1 ? size : -size
        return point
      case .reflect: return along(1)
      case .expand: return along(expansion)
      case .contract(_, let isOutside): return along(isOutside ? contraction : -contraction)
      case .shrink(let next):
        return zip(vertices[0].point, vertices[next].point).map { $0 + shrinkage * ($1 - $0) }
      }
    }

    mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome) {
      let vertex = (point, loss)
      switch stage {
      case .build:
        if vertices.isEmpty { corner = point }
        vertices.append(vertex)
        if vertices.count == dimension + 1 { begin() }
      case .reflect:
        if loss < vertices[0].loss {
          stage = .expand(reflected: vertex)
        } else if loss < vertices[dimension - 1].loss {
          replaceWorst(vertex)
        } else {
          stage = .contract(reflected: vertex, isOutside: loss < vertices[dimension].loss)
        }
      case .expand(let reflected): replaceWorst(loss < reflected.loss ? vertex : reflected)
      case .contract(let reflected, let isOutside):
        let bound = isOutside ? reflected.loss : vertices[dimension].loss
        if loss < bound || isOutside && loss == bound {
          replaceWorst(vertex)
        } else {
          stage = .shrink(next: 1)
        }
      case .shrink(let next):
        vertices[next] = vertex
        if next == dimension { begin() } else { stage = .shrink(next: next + 1) }
      }
    }

    private mutating func replaceWorst(_ vertex: Vertex) {
      vertices[dimension] = vertex
      begin()
    }

    /// Sorts the vertices; a simplex that has become small is built anew around its best one.
    private mutating func begin() {
      let order = vertices.indices.sorted { (vertices[$0].loss, $0) < (vertices[$1].loss, $1) }
      vertices = order.map { vertices[$0] }
      let best = vertices[0]
      let reach = vertices.flatMap { vertex in zip(vertex.point, best.point).map { ($0 - $1).magnitude } }
        .max()
      if reach ?? 0 < 1e-6 {
        corner = best.point
        vertices = [best]
        stage = .build
      } else {
        stage = .reflect
      }
    }
  }
}
