internal import CVectors

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
    contractSamples(
      pairs, count: pairCount, result, rows: 0..<rows, columns: columns, groups: groups)
  }

  /// The contraction of one pair.
  @inline(never)
  public static func contractSamples(
    _ d: UnsafePointer<Self>, _ x: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>,
    rows: Int, columns: Int, groups: Int
  ) {
    withUnsafePointer(to: ContractionPair(d: d, x: x)) {
      contractSamples($0, count: 1, result, rows: 0..<rows, columns: columns, groups: groups)
    }
  }

  /// Some rows of the contraction, with all pointers those of the whole.
  @inline(__always)
  public static func contractSamples(
    _ pairs: UnsafePointer<ContractionPair<Self>>, count pairCount: Int,
    _ result: UnsafeMutablePointer<Self>, rows: Range<Int>, columns: Int, groups: Int
  ) {
    var contraction = lectern_contraction(
      pairs: pairs, pairCount: pairCount, firstRow: rows.lowerBound, lastRow: rows.upperBound,
      columns: columns, groups: groups, result: result)
    if MemoryLayout<Self>.size == MemoryLayout<Float>.size {
      lectern_contract_float(&contraction)
    } else {
      lectern_contract_double(&contraction)
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
