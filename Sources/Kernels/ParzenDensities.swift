/// Sums of normal kernels at several points at once: what the model of a search by Parzen estimators spends its time on.
public enum ParzenDensities {
  /// How many kernels are summed before their sum is brought to a common scale.
  private static let block = 128

  /// `logs[c] = log Σ_k w_k exp(t_k + e_ck − ½ Σ_d ((x_cd − m_dk) s_dk)²)` for every point `c`.
  ///
  /// Kernels stand in rows, as many as a multiple of 8, those beyond the last with weight 0; a kernel that is not a number
  /// along an axis counts as absent. `offsets` are e, points × rows, where there are any.
  @inline(never)
  public static func logDensities(
    points: UnsafePointer<Double>, pointCount: Int, axes: Int, means: UnsafePointer<UnsafePointer<Double>>,
    scales: UnsafePointer<UnsafePointer<Double>>, constants: UnsafePointer<Double>,
    weights: UnsafePointer<Double>, rows: Int, offsets: UnsafePointer<Double>?,
    into logs: UnsafeMutablePointer<Double>
  ) {
    typealias Lanes = SIMD8<Double>
    let absent = Lanes(repeating: -.infinity)
    let half = Lanes(repeating: -0.5)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: block / 8) { sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * pointCount) { state in
        for point in 0..<pointCount {
          state[2 * point] = -.infinity
          state[2 * point + 1] = 0
        }
        var first = 0
        while first < rows {
          let count = min(block, rows - first) / 8
          for point in 0..<pointCount {
            var top = absent
            for group in 0..<count {
              let row = first &+ group &* 8
              var squares = Lanes.zero
              for axis in 0..<axes {
                let x = Lanes(repeating: points[point &* axes &+ axis])
                let z = (x - load(means[axis], row)) * load(scales[axis], row)
                squares = squares.addingProduct(z, z)
              }
              var sum = load(constants, row).addingProduct(half, squares)
              if let offsets { sum += load(offsets, point &* rows &+ row) }
              sum = absent.replacing(with: sum, where: sum .== sum)
              sums[group] = sum
              top = top.replacing(with: sum, where: sum .> top)
            }
            let reach = top.max()
            guard reach > -.infinity else { continue }
            let scale = max(state[2 * point], reach)
            var total = Lanes.zero
            for group in 0..<count {
              let term = Lanes.exponential(sums[group] - Lanes(repeating: scale))
              total = total.addingProduct(load(weights, first &+ group &* 8), term)
            }
            var sum = 0.0
            for lane in 0..<8 { sum += total[lane] }
            let before = state[2 * point]
            let kept = before == scale ? 1 : before == -.infinity ? 0 : Elementary.exp(before - scale)
            state[2 * point + 1] = state[2 * point + 1] * kept + sum
            state[2 * point] = scale
          }
          first += block
        }
        for point in 0..<pointCount {
          let sum = state[2 * point + 1]
          logs[point] = sum > 0 ? state[2 * point] + Elementary.log(sum) : -.infinity
        }
      }
    }
  }

  @inline(__always)
  private static func load(_ base: UnsafePointer<Double>, _ row: Int) -> SIMD8<Double> {
    UnsafeRawPointer(base + row).loadUnaligned(as: SIMD8<Double>.self)
  }
}
