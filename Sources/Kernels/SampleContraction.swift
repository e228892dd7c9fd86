/// The operands of one term of a contraction over samples.
public struct ContractionPair<Scalar> {
  /// The factor whose elements number the rows of the result.
  public var d: UnsafePointer<Scalar>
  /// The factor whose elements number the columns.
  public var x: UnsafePointer<Scalar>

  /// A pair of factors.
  @inlinable
  public init(d: UnsafePointer<Scalar>, x: UnsafePointer<Scalar>) {
    self.d = d
    self.x = x
  }
}

extension KernelScalar {
  /// `result[j, k] = Σₚ Σₛ dₚ[j, s] xₚ[k, s]` over all pairs p and samples s, the sum of every weight's gradient,
  /// in the one order that is its definition.
  ///
  /// Blocks of 256 samples; within a block lane l adds, pair after pair, samples l, l + lanes, … in order with
  /// fused multiply-add; the lanes by the fixed tree; blocks in the order of their index. Padded samples hold +0
  /// in `d`.
  ///
  /// Shapes: `d` rows × groups, `x` columns × groups of lanes; `result` rows × columns.
  @inline(never)
  public static func contractSamples(
    _ pairs: UnsafePointer<ContractionPair<Self>>, count pairCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Int, columns: Int, groups: Int
  ) {
    let blockGroups = samplesPerBlock / laneCount
    let width = laneCount
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: width) { buffer in
      guard let sums = buffer.baseAddress else { return }
      var first = 0
      while first < groups {
        let end = first &+ min(blockGroups, groups &- first)
        var element = 0
        while element < rows &* columns {
          let filled = min(width, rows &* columns &- element)
          for i in 0..<filled {
            let (j, k) = ((element &+ i) / columns, (element &+ i) % columns)
            var sum = Lanes.zero
            for p in 0..<pairCount {
              let d = UnsafeRawPointer(pairs[p].d).assumingMemoryBound(to: Lanes.self) + j &* groups
              let x = UnsafeRawPointer(pairs[p].x).assumingMemoryBound(to: Lanes.self) + k &* groups
              for l in first..<end { sum = sum.fused(d[l], x[l]) }
            }
            sums[i] = sum
          }
          store(sums, filled, to: result + element, isFirst: first == 0)
          element &+= filled
        }
        first = end
      }
    }
  }

  /// The contraction of one pair.
  @inline(never)
  public static func contractSamples(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    rows: Int, columns: Int, groups: Int
  ) {
    let d = UnsafeRawPointer(d).assumingMemoryBound(to: Lanes.self)
    let x = UnsafeRawPointer(x).assumingMemoryBound(to: Lanes.self)
    let blockGroups = samplesPerBlock / laneCount
    var first = 0
    while first < groups {
      let count = min(blockGroups, groups &- first)
      if count == blockGroups {
        contractBlock(d + first, x + first, result, rows, columns, groups, blockGroups, isFirst: first == 0)
      } else {
        contractBlock(d + first, x + first, result, rows, columns, groups, count, isFirst: first == 0)
      }
      first &+= count
    }
  }

  /// The sums of one block.
  ///
  /// Pairs (j, k) are numbered as they lie in the result; as many as there are lanes are summed side by side,
  /// so that their trees can be added together.
  @inline(__always)
  private static func contractBlock(
    _ d: UnsafePointer<Lanes>, _ x: UnsafePointer<Lanes>, _ result: UnsafeMutablePointer<Self>,
    _ rows: Int, _ columns: Int, _ groups: Int, _ count: Int, isFirst: Bool
  ) {
    let width = laneCount
    let pairs = rows &* columns
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: width) { buffer in
      guard let sums = buffer.baseAddress else { return }
      var dRow = d
      var xRow = x
      var k = 0
      var pair = 0
      while pair < pairs {
        let filled = min(width, pairs &- pair)
        var i = 0
        while i < filled {
          if i &+ 4 <= filled, k &+ 4 <= columns {
            var a0 = Lanes.zero, a1 = a0, a2 = a0, a3 = a0
            let x1 = xRow + groups
            let x2 = x1 + groups
            let x3 = x2 + groups
            for l in 0..<count {
              let p = dRow[l]
              a0 = a0.fused(p, xRow[l])
              a1 = a1.fused(p, x1[l])
              a2 = a2.fused(p, x2[l])
              a3 = a3.fused(p, x3[l])
            }
            sums[i] = a0
            sums[i &+ 1] = a1
            sums[i &+ 2] = a2
            sums[i &+ 3] = a3
            i &+= 4
            k &+= 4
            xRow = x3 + groups
          } else {
            var a0 = Lanes.zero
            for l in 0..<count { a0 = a0.fused(dRow[l], xRow[l]) }
            sums[i] = a0
            i &+= 1
            k &+= 1
            xRow += groups
          }
          if k == columns {
            k = 0
            dRow += groups
            xRow = x
          }
        }
        store(sums, filled, to: result + pair, isFirst: isFirst)
        pair &+= filled
      }
    }
  }

  @inline(__always)
  private static func store(
    _ sums: UnsafeMutablePointer<Lanes>, _ filled: Int, to result: UnsafeMutablePointer<Self>, isFirst: Bool
  ) {
    let width = laneCount
    if filled < width { for i in filled..<width { sums[i] = .zero } }
    let totals = Lanes.transposedSums(UnsafePointer(sums))
    if filled == width {
      let vector = UnsafeMutableRawPointer(result)
      if isFirst {
        vector.storeBytes(of: totals, as: Lanes.self)
      } else {
        vector.storeBytes(of: vector.loadUnaligned(as: Lanes.self) + totals, as: Lanes.self)
      }
    } else {
      for i in 0..<filled { result[i] = isFirst ? totals[i] : result[i] + totals[i] }
    }
  }

  /// The sum of one value over its samples.
  @inline(never)
  public static func sumSamples(
    _ d: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, rows: Int, groups: Int
  ) {
    withUnsafePointer(to: d) { sumSamples($0, count: 1, result, rows: rows, groups: groups) }
  }

  /// `result[j] = Σₚ Σₛ dₚ[j, s]` over all values p and samples s in the same order: the gradient of a bias, or a
  /// sum of losses.
  @inline(never)
  public static func sumSamples(
    _ values: UnsafePointer<UnsafePointer<Self>>, count valueCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Int, groups: Int
  ) {
    let blockGroups = samplesPerBlock / laneCount
    let width = laneCount
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: width) { buffer in
      guard let sums = buffer.baseAddress else { return }
      var first = 0
      while first < groups {
        let count = min(blockGroups, groups &- first)
        var j = 0
        while j < rows {
          let filled = min(width, rows &- j)
          for i in 0..<filled {
            var a = Lanes.zero
            for p in 0..<valueCount {
              let d = UnsafeRawPointer(values[p]).assumingMemoryBound(to: Lanes.self)
              let row = d + ((j &+ i) &* groups &+ first)
              for l in 0..<count { a += row[l] }
            }
            sums[i] = a
          }
          store(sums, filled, to: result + j, isFirst: first == 0)
          j &+= filled
        }
        first &+= count
      }
    }
  }
}
