import Components
import Datasets
import Tensors
import Testing

@Suite("Augmentations")
struct AugmentationTests {
  /// Six images of 5 × 4 pixels and two channels, all values different.
  private let images: Dataset = {
    let features = (0..<40).map { Dataset.Feature(name: "p\($0)") }
    let values = (0..<240).map { 1 + Double($0) }
    return Dataset(
      features: features, inputs: Tensor(values, shape: [6, 5, 4, 2]),
      targets: .classes(Array(0..<6), names: ["a", "b", "c", "d", "e", "f"]))
  }()

  private func samples(
    _ preparations: [any Preparation], of data: Dataset? = nil, epoch: Int = 1
  ) -> EpochSamples {
    let data = data ?? images
    let prepared = Preparations.fit(preparations, to: data, using: RandomStream(seed: 1, .resampling))
    let stream = RandomStream(seed: 1, .augmentation, epoch)
    return prepared.samples(targets: data.targetValues, key: stream.key)
  }

  @Test(
    "change samples anew in every epoch, alike for the same key, and never their number",
    arguments: Augmentations.catalog.names)
  func contract(name: String) throws {
    let step = try Augmentations.catalog.decode(
      RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
    let preparation = Augment([step])
    #expect(try preparation.outline(DataOutline(images)).isAugmented)
    let found = samples([preparation])
    #expect(found == samples([preparation]) && found != samples([preparation], epoch: 2))
    #expect(found.inputs.shape == images.inputs.shape && found.inputs.elements.allSatisfy(\.isFinite))
    #expect(found.inputs != images.inputs)
    // Other parts, and what is predicted later, stay.
    #expect(preparation.fitted(to: images).apply(to: images) == images)
    let targets = found.targets
    #expect((0..<6).allSatisfy { abs(targets.row($0).reduce(0, +) - 1) < 1e-15 })
    #expect((targets == images.targetValues) == (name != "mixup"))
  }

  @Test("of size zero change nothing")
  func nothing() {
    for step in [Shift(0) as any Augmentation, Rotate(0), Zoom(0), Noise(0)] {
      #expect(samples([Augment([step])]).inputs == images.inputs)
    }
  }

  @Test("mirror exactly, each direction for half of the images")
  func flip() {
    var mirrored = 0
    let data = images.subset([Int](repeating: 2, count: 200))
    let found = samples([Augment([Flip(.horizontal)])], of: data).inputs
    let original = Array(data.inputs.row(0))
    var flipped: [Double] = []
    for row in 0..<5 {
      for column in (0..<4).reversed() {
        let pixel = 2 * (row * 4 + column)
        flipped += [original[pixel], original[pixel + 1]]
      }
    }
    for row in 0..<200 {
      let image = Array(found.row(row))
      #expect(image == original || image == flipped)
      if image == flipped { mirrored += 1 }
    }
    #expect((75...125).contains(mirrored))
  }

  @Test("turn, move and cut out as geometry says")
  func geometry() {
    // A quarter of the pixels at most are cut, and what is cut is 0.
    let cut = samples([Augment([Cutout(3)])]).inputs
    for row in 0..<6 {
      let zeros = cut.row(row).count { $0 == 0 }
      #expect(zeros > 0 && zeros <= 18 && zeros % 2 == 0)
      #expect(zip(cut.row(row), images.inputs.row(row)).allSatisfy { $0 == 0 || $0 == $1 })
    }
    // A bright disk in the middle is the same however it is turned, and its mass stays when it is moved a little.
    let disk = (0..<441).map { index -> Double in
      let (x, y) = (Double(index % 21) - 10, Double(index / 21) - 10)
      return max(0, 1 - (x * x + y * y) / 25)
    }
    let data = Dataset(
      features: (0..<441).map { .init(name: "\($0)") },
      inputs: Tensor([[Double]](repeating: disk, count: 20).flatMap { $0 }, shape: [20, 21, 21, 1]),
      targets: .classes([Int](repeating: 0, count: 20), names: ["n", "y"]))
    let mass = disk.reduce(0, +)
    let turned = samples([Augment([Rotate(180)])], of: data).inputs
    let moved = samples([Augment([Shift(2)])], of: data).inputs
    for row in 0..<20 {
      #expect(zip(turned.row(row), disk).allSatisfy { abs($0 - $1) < 0.12 })
      #expect(abs(moved.row(row).reduce(0, +) - mass) < 1e-9)
    }
  }

  @Test("see what stands before them, and what stands behind sees them")
  func places() {
    let scaled = samples([Scale(0.5), Augment([Noise(0)])]).inputs
    #expect(scaled.elements == images.inputs.elements.map { $0 * 0.5 })
    let before = samples([Augment([Noise(1)]), Scale(0.5)]).inputs
    let after = samples([Augment([Noise(1)])]).inputs
    #expect(zip(before.elements, after.elements).allSatisfy { abs($0 - 0.5 * $1) < 1e-15 * $1 + 1e-15 })
  }

  @Test("mix features and targets by the same share")
  func mixup() {
    let found = samples([Augment([Mixup(alpha: 1)])])
    var shares: [Double] = []
    for row in 0..<6 {
      // All images differ by the same number in every pixel, so that one pixel tells how two were mixed.
      let shift = found.inputs[row, 0] - images.inputs[row, 0]
      #expect((0..<40).allSatisfy { abs(found.inputs[row, $0] - images.inputs[row, $0] - shift) < 1e-9 })
      // Images lie 40 apart: how far this one has moved is the share of the other one times their distance.
      let moved = (0..<6).reduce(0) { $0 + 40 * Double($1 - row) * found.targets[row, $1] }
      #expect(abs(moved - shift) < 1e-9)
      shares.append(found.targets[row, row])
    }
    #expect(shares.contains { $0 > 0.01 && $0 < 0.99 })
  }
}
