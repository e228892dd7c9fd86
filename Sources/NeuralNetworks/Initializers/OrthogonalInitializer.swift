import Components
import Tensors

/// A random matrix whose rows (or columns, whichever are fewer) are orthogonal and of one length: signals keep their
/// size however often they pass (Saxe, McClelland and Ganguli 2013).
///
/// The orthogonal factor of a matrix of normal numbers, its signs chosen so that the triangular factor has a positive
/// diagonal, times the gain. A block is seen as a matrix of its first axis times all others.
public struct OrthogonalInitializer: Initializer, Hashable {
  /// The length of a row or column.
  public var gain: Double

  /// Orthogonal rows or columns of a length.
  public init(gain: Double = 1) { self.gain = gain }

  private static let gainParameter = Parameter<Double>(
    "gain", default: 1, "above 0", help: "The length of a row or column."
  ) { $0 > 0 }
  static let component = Component<any Initializer>(
    "orthogonal", help: "A random orthogonal matrix.", swift: "OrthogonalInitializer(gain)",
    parameters: [gainParameter]
  ) { OrthogonalInitializer(gain: $0[gainParameter]) }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    let rows = shape.dimensions.first ?? 1
    let columns = shape.count / max(rows, 1)
    let (length, count) = (max(rows, columns), min(rows, columns))
    var vectors: [[Double]] = []
    for _ in 0..<count {
      var vector = (0..<length).map { _ in stream.normal() }
      // Twice, so that rounding leaves nothing of the others (Giraud, Langou and Rozloznik 2005).
      for _ in 0..<2 {
        for other in vectors {
          var product = 0.0
          for index in 0..<length { product += vector[index] * other[index] }
          for index in 0..<length { vector[index] -= product * other[index] }
        }
      }
      var square = 0.0
      for value in vector { square += value * value }
      let scale = 1 / square.squareRoot()
      vectors.append(vector.map { $0 * scale })
    }
    var result = [Double](repeating: 0, count: shape.count)
    for (number, vector) in vectors.enumerated() {
      for (index, value) in vector.enumerated() {
        let place = rows <= columns ? number * columns + index : index * columns + number
        result[place] = gain * value
      }
    }
    return result
  }
}
