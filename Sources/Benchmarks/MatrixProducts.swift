import Components
import Kernels
import Tensors

/// The products and contractions of matrices, in billions of operations a second.
extension Benchmarks {
  /// The sizes of a product: outputs × inputs times inputs × columns.
  private struct Product: Encodable {
    var outputs: Int
    var inputs: Int
    var columns: Int

    var operations: Double { 2 * Double(outputs * inputs * columns) }
    var name: String { "\(outputs) × \(inputs) × \(columns)" }
  }

  private static let products: [Product] = [
    (64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (20, 20, 112),
    (16, 16, 32), (64, 30, 32), (32, 64, 32), (2, 32, 32), (128, 784, 64), (512, 784, 128), (512, 512, 128),
    (128, 33, 32), (32, 33, 32),
  ].map { Product(outputs: $0.0, inputs: $0.1, columns: $0.2) }

  /// Each product by one and by two threads, beside OpenBLAS on one; then its transposed form and the contraction
  /// over its columns, as the gradients of a layer need them.
  static func matrixProducts(_ options: Options) -> [Figure] {
    let wanted = products.filter { options.wants("product " + $0.name) }
    guard !wanted.isEmpty else { return [] }
    let peer = options.python.flatMap { Peer("matrix_products.py", python: $0) }
    let pool = ThreadPool(threads: 2)
    defer { pool.close() }
    print("")
    print(
      line(
        "matrix products, GFLOP/s in float", "ours", "OpenBLAS", "ratio", "two threads", "speedup",
        "transposed", "contracted"))
    return wanted.map { product in
      let operands = Operands(product)
      let times = rounds(
        min(options.rounds, 5), ours: { measure { for _ in 0..<$0 { operands.multiply() } } / 1000 }
      ) { peer?.microseconds(product) }
      let double = measure { for _ in 0..<$0 { operands.multiply(pool) } } / 1000
      let transposed = measure { for _ in 0..<$0 { operands.multiplyTransposed() } } / 1000
      let contracted = measure { for _ in 0..<$0 { operands.contract() } } / 1000
      func speed(_ microseconds: Double) -> String { format(product.operations / microseconds / 1000) }
      print(
        line(
          product.name, speed(times.ours), times.peer.map { speed($0) } ?? "–",
          times.ratio.map { "\(format($0)) ×" } ?? "–", speed(double), "\(format(times.ours / double)) ×",
          speed(transposed), speed(contracted)))
      return Figure(
        section: "matrix product", name: product.name, microseconds: times.ours,
        peer: times.peer == nil ? nil : "OpenBLAS", peerMicroseconds: times.peer, ratio: times.ratio,
        bar: product.outputs == product.columns ? 0.85 : nil, twoThreadsMicroseconds: double,
        twoThreadsSpeedup: times.ours / double)
    }
  }

  /// The memory of a product.
  private struct Operands {
    let product: Product
    let groups: Int
    let weights: WorkMemory<Float>
    let x: WorkMemory<Float>
    let y: WorkMemory<Float>
    let z: WorkMemory<Float>
    let gradient: WorkMemory<Float>

    init(_ product: Product) {
      self.product = product
      groups = Float.groups(for: product.columns)
      weights = WorkMemory(count: product.outputs * product.inputs)
      x = WorkMemory(count: product.inputs * groups * Float.laneCount)
      y = WorkMemory(count: product.outputs * groups * Float.laneCount)
      z = WorkMemory(count: x.count)
      gradient = WorkMemory(count: product.outputs * product.inputs)
      var stream = RandomStream(seed: 2, .data)
      for memory in [weights, x, y] {
        for index in 0..<memory.count { memory.base[index] = Float(stream.uniform(-1, 1)) }
      }
    }

    func multiply() {
      Float.matrixProduct(
        weights.base, start: nil, startLayout: .full, x.base, y.base, inputs: product.inputs,
        outputs: product.outputs, groups: groups, function: .identity)
    }

    func multiply(_ pool: ThreadPool) {
      let cut = ProductCut(
        rows: product.outputs, groups: groups, laneCount: Float.laneCount, steps: product.inputs,
        cutsGroups: true)
      guard cut.count > 1 else { return multiply() }
      pool.forEach(cut.count) { index in
        Float.matrixProduct(
          weights.base, start: nil, startLayout: .full, x.base, y.base, inputs: product.inputs,
          groups: groups, function: .identity, part: cut[index])
      }
    }

    func multiplyTransposed() {
      Float.transposedMatrixProduct(
        weights.base, y.base, nil, z.base, inputs: product.inputs, outputs: product.outputs, groups: groups,
        function: .identity)
    }

    func contract() {
      Float.contractSamples(
        y.base, x.base, gradient.base, rows: product.outputs, columns: product.inputs, groups: groups)
    }
  }
}
