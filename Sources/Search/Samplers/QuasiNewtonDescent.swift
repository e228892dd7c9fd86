import Tensors

/// A walk down the slope by the secants of its steps: the inverse of the second derivatives is learned by the formula of
/// Broyden, Fletcher, Goldfarb and Shanno (Nocedal and Wright 2006, equation 6.17), and no step is longer than a radius
/// that grows while steps succeed and shrinks where one does not (their chapter 4).
///
/// A step that leads up is taken back, but what it told about the curvature is kept. At a minimum another walk begins at
/// random.
struct QuasiNewtonDescent: Walk {
  /// The best point so far.
  private struct Place {
    var point: [Double]
    var loss: Double
    var slope: [Double]
  }

  private let step: Double
  private let beginsInTheMiddle: Bool
  private let axes: [Distribution]
  private var place: Place?
  private var target: [Double] = []
  /// The inverse of the second derivatives, row by row; empty while nothing is known of them.
  private var inverse: [Double] = []
  /// Whether the last step found the slope rising along it, as below a ridge.
  private var isConcave = false
  private var radius: Double
  private var hasRested = false

  private var dimension: Int { axes.count }

  /// A walk through the unit cube whose axes are the places of numbers; the first step is as long as given.
  init(step: Double, beginsInTheMiddle: Bool, axes: [Distribution]) {
    self.step = step
    self.beginsInTheMiddle = beginsInTheMiddle
    self.axes = axes
    radius = step
  }

  mutating func next(using stream: inout RandomStream) -> [Double] {
    if place != nil { return target }
    if beginsInTheMiddle, !hasRested { return [Double](repeating: 0.5, count: dimension) }
    return (0..<dimension).map { _ in stream.uniform() }
  }

  mutating func advance(to point: [Double], loss: Double, outcome: WalkOutcome) {
    // What misses a constraint has a loss of its own, which the slope is not of.
    guard let gradient = outcome.gradient, gradient.allSatisfy(\.isFinite), loss < 1e99 else {
      // Beyond a point that failed there is nothing; before it there may be.
      if let place { shorten(Self.distance(point, place.point)) } else { begin() }
      return
    }
    let slope = gradient.indices.map { gradient[$0] * axes[$0].valuePerUnit(at: point[$0]) }
    if let place {
      let length = Self.distance(point, place.point)
      learn(point, slope, place)
      guard loss < place.loss else {
        shorten(length)
        return
      }
      if length > 0.9 * radius { radius = min(2 * radius, 1) }
    }
    place = Place(point: point, loss: loss, slope: slope)
    aim()
  }

  private mutating func shorten(_ length: Double) {
    radius = length / 2
    aim()
  }

  private mutating func learn(_ point: [Double], _ slope: [Double], _ place: Place) {
    let moves = zip(point, place.point).map { $0 - $1 }
    let changes = zip(slope, place.slope).map { $0 - $1 }
    let product = Self.dot(moves, changes)
    isConcave = product <= 0
    guard product > 1e-10 * (Self.dot(moves, moves) * Self.dot(changes, changes)).squareRoot() else { return }
    if inverse.isEmpty {
      let scale = product / Self.dot(changes, changes)
      inverse = (0..<dimension * dimension).map { $0 % (dimension + 1) == 0 ? scale : 0 }
    }
    let image = times(changes)
    let factor = (1 + Self.dot(changes, image) / product) / product
    for row in 0..<dimension {
      for column in 0..<dimension {
        inverse[row * dimension + column] +=
          factor * moves[row] * moves[column]
          - (image[row] * moves[column] + moves[row] * image[column]) / product
      }
    }
  }

  /// Where the next step leads; at rest the walk ends.
  private mutating func aim() {
    guard let place else { return }
    // An end of an axis that the slope leads beyond holds the walk.
    let isHeld = (0..<dimension).map { axis in
      place.point[axis] <= 1e-9 && place.slope[axis] > 0
        || place.point[axis] >= 1 - 1e-9 && place.slope[axis] < 0
    }
    let slope = (0..<dimension).map { isHeld[$0] ? 0 : place.slope[$0] }
    var direction = (inverse.isEmpty ? slope : times(slope)).map { -$0 }
    for axis in 0..<dimension where isHeld[axis] { direction[axis] = 0 }
    if Self.dot(direction, slope) >= 0 { direction = slope.map { -$0 } }
    let length = Self.dot(direction, direction).squareRoot()
    guard length > 0, length.isFinite else { return begin() }
    let reach = inverse.isEmpty || isConcave ? radius : min(length, radius)
    target = zip(place.point, direction).map { min(max($0 + $1 * (reach / length), 0), 1) }
    // Steps that nobody could tell from none.
    if Self.distance(target, place.point) < 1e-5 { begin() }
  }

  private mutating func begin() {
    place = nil
    inverse = []
    isConcave = false
    radius = step
    hasRested = true
  }

  private func times(_ vector: [Double]) -> [Double] {
    (0..<dimension).map { row in
      vector.indices.reduce(0) { $0 + inverse[row * dimension + $1] * vector[$1] }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}

extension Distribution {
  /// How much a value moves on its scale when its place between 0 and 1 does; zero for choices.
  fileprivate func valuePerUnit(at place: Double) -> Double {
    if case .normal(_, let deviation) = self {
      let z = min(max(NormalDistribution.quantile(place), -4), 4)
      return deviation * 2.5066282746310002 * Double.exp(z * z / 2)
    }
    guard let (low, high) = scaledBounds else { return 0 }
    return high - low
  }
}
