import Components
import Tensors

/// Pictures of characters, each turned, sheared, scaled and moved a little and with noise: digits of any size.
public struct Glyphs: Generator {
  /// The number of examples, spread evenly over the characters.
  public var samples: Int
  /// The characters, one a class.
  public var characters: String
  /// The pixels of an edge.
  public var size: Int
  /// The largest angle of a turn in degrees.
  public var rotation: Double
  /// The largest shear.
  public var shear: Double
  /// The largest share by which a character grows or shrinks.
  public var scale: Double
  /// The largest way that a character is moved, as a share of the edge.
  public var shift: Double
  /// The standard deviation of the noise of a pixel, which is between 0 and 1 without it.
  public var noise: Double

  /// Pictures of characters.
  public init(
    samples: Int = 500, characters: String = "0123456789", size: Int = 16, rotation: Double = 12,
    shear: Double = 0.15, scale: Double = 0.12, shift: Double = 0.06, noise: Double = 0.05
  ) {
    self.samples = samples
    self.characters = characters
    self.size = size
    self.rotation = rotation
    self.shear = shear
    self.scale = scale
    self.shift = shift
    self.noise = noise
  }

  private static let charactersParameter = Parameter<String>(
    "characters", default: "0123456789", "at least two different ones", help: "The characters, one a class."
  ) { $0.count > 1 && Set($0).count == $0.count }
  private static let sizeParameter = Parameter<Int>(
    "size", default: 16, "between 4 and 256", help: "The pixels of an edge."
  ) { (4...256).contains($0) }
  private static let rotationParameter = distortion("rotation", 12, "The largest angle of a turn in degrees.")
  private static let shearParameter = distortion("shear", 0.15, "The largest shear.")
  private static let scaleParameter = Parameter<Double>(
    "scale", default: 0.12, "at least 0 and below 1",
    help: "The largest share by which characters grow or shrink."
  ) { (0..<1).contains($0) }
  private static let shiftParameter = distortion("shift", 0.06, "The largest way as a share of the edge.")
  private static let noiseParameter = Generators.noise(0.05)

  private static func distortion(_ name: String, _ value: Double, _ help: String) -> Parameter<Double> {
    Parameter(name, default: value, "at least 0", help: help) { $0 >= 0 }
  }

  static let component = Component<any Generator>(
    "glyphs", help: "Pictures of digits and other characters, a little distorted.",
    swift: "Glyphs(samples, characters, size, rotation, shear, scale, shift, noise)",
    parameters: [
      Generators.samples, charactersParameter, sizeParameter, rotationParameter, shearParameter,
      scaleParameter,
      shiftParameter, noiseParameter,
    ]
  ) {
    Glyphs(
      samples: $0[Generators.samples], characters: $0[charactersParameter], size: $0[sizeParameter],
      rotation: $0[rotationParameter], shear: $0[shearParameter], scale: $0[scaleParameter],
      shift: $0[shiftParameter], noise: $0[noiseParameter])
  }

  public func dataset(
    using stream: inout RandomStream, painter: (any GlyphPainter)?
  ) throws(DatasetError) -> Dataset {
    guard let painter else { throw .noPainter }
    let characters = Array(characters)
    let classes = (0..<samples).map { $0 % characters.count }
    var pixels: [Double] = []
    pixels.reserveCapacity(samples * size * size)
    for number in classes {
      let map = map(using: &stream)
      let picture = painter.picture(of: characters[number], size: size, map: map)
      for value in picture { pixels.append(noise > 0 ? value + noise * stream.normal() : value) }
    }
    let features = (0..<size * size).map { Dataset.Feature(name: "pixel \($0 / size),\($0 % size)") }
    return Dataset(
      features: features, inputs: Tensor(pixels, shape: [samples, size, size, 1]),
      targets: .classes(classes, names: characters.map { "\($0)" }))
  }

  /// A turn, a shear, a change of size and a move, each drawn evenly up to its largest.
  private func map(using stream: inout RandomStream) -> GlyphMap {
    let angle = stream.uniform(-rotation, rotation) * .pi / 180
    let slope = stream.uniform(-shear, shear)
    let factor = 1 + stream.uniform(-scale, scale)
    let (sine, cosine) = (Double.sin(angle) * factor, Double.cos(angle) * factor)
    return GlyphMap(
      xx: cosine, xy: cosine * slope - sine, yx: sine, yy: sine * slope + cosine,
      dx: stream.uniform(-shift, shift), dy: stream.uniform(-shift, shift))
  }
}
