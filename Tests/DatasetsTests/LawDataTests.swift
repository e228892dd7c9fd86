import Datasets
import Tensors
import Testing

@Suite("Laws of several variables and their noise")
struct LawDataTests {
  private func message(_ text: String, variables: [String] = ["x"]) -> String {
    do {
      _ = try Law(text, variables: variables)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("have several variables, constants and functions")
  func values() throws {
    #expect(try Law("2^3^2 - -x")(1) == 513)
    #expect(try Law("max(x, 2) + min(x, 2) + pow(x, 2)")(3) == 14)
    #expect(try Law("log10(100) + log2(8) + log(e) + sqrt(4) + abs(-x)")(1) == 9)
    let law = try Law("x*exp(-y) + e_1", variables: ["x", "y", "e_1"])
    #expect(law([2, 0, 5][...]) == 7 && law([9, 9, 2, 0, 5][2...]) == 7)
    let hyperbolic = try Law("cosh(x)^2 - sinh(x)^2")
    #expect(abs(hyperbolic(1.5) - 1) < 1e-14)
    #expect(try Law("sinh(x)")(1e-10) == 1e-10)
    #expect(try Law("max(x, 0/0)")(1).isNaN)
  }

  @Test("that cannot be read say where")
  func problems() {
    #expect(
      message("x*sn(x)")
        == "the law \"x*sn(x)\" names the unknown function \"sn\" at its column 3 (did you mean \"sin\"?)")
    #expect(
      message("x + yy", variables: ["x", "y"])
        == "the law \"x + yy\" names the unknown variable \"yy\" at its column 5 (did you mean \"y\"?)")
    #expect(message("exp x") == "the law \"exp x\" misses a parenthesis after \"exp\"")
    #expect(message("max(x)") == "the law \"max(x)\" gives \"max\" one argument, but it takes two")
    #expect(message("exp(x, 2)") == "the law \"exp(x, 2)\" gives \"exp\" more than one argument")
    #expect(message("pow(x, 2, 3)") == "the law \"pow(x, 2, 3)\" gives \"pow\" more than two arguments")
    #expect(message("(x") == "the law \"(x\" misses a closing parenthesis")
    #expect(message("x)") == "the law \"x)\" has an unexpected \")\" at its column 2")
    #expect(message("") == "the law \"\" ends too early")
    #expect(
      message("1", variables: ["exp"])
        == "\"exp\" cannot be the name of a variable (names are letters and digits, but not those of functions, "
        + "e or pi)")
  }

  @Test("of several variables are sampled at all combinations, the last one fastest")
  func grid() throws {
    let inputs = LawData.grid([[1, 2], [10, 20, 30]])
    #expect(inputs == Tensor([1, 10, 1, 20, 1, 30, 2, 10, 2, 20, 2, 30], shape: [6, 2]))
    let data = try LawData(
      law: Law("a*b", variables: ["a", "b"]), inputs: inputs, noise: .init(absolute: 1))
    #expect(data.values == [10, 20, 30, 20, 40, 60] && data.points == [1, 2, 3, 4, 5, 6])
    #expect(data.dataset.features.map(\.name) == ["a", "b"] && data.dataset.sampleShape == [2])
  }

  @Test("have a common error that moves all points together")
  func normalization() throws {
    let noise = LawData.Noise(absolute: 0.5, normalization: 0.1)
    let data = try LawData(law: Law("10*x"), points: [1, 2, 4], noise: noise)
    let covariance = try #require(data.covariance)
    for row in 0..<3 {
      for column in 0..<3 {
        let expected = 0.01 * data.values[row] * data.values[column] + (row == column ? 0.25 : 0)
        #expect(abs(covariance[row, column] - expected) < 1e-12)
      }
    }
    #expect(data.dataset.covariance == covariance && abs(data.errors[0] - 1.25.squareRoot()) < 1e-12)
    // The fluctuations have that covariance.
    var stream = RandomStream(seed: 5, .noise)
    var sums = Tensor<Double>(repeating: 0, shape: [3, 3])
    let count = 20_000
    for _ in 0..<count {
      let moved = zip(data.fluctuated(data.values, using: &stream), data.values).map { $0 - $1 }
      for row in 0..<3 { for column in 0..<3 { sums[row, column] += moved[row] * moved[column] } }
    }
    for row in 0..<3 {
      for column in 0..<3 {
        let scale = data.errors[row] * data.errors[column]
        #expect(abs(sums[row, column] / Double(count) - covariance[row, column]) < 0.05 * scale)
      }
    }
  }

  @Test("take no covariance that is none")
  func covariance() throws {
    func message(_ elements: [Double], _ shape: Shape) -> String {
      do {
        _ = try LawData(
          law: Law("x"), inputs: Tensor([1, 2], shape: [2, 1]), covariance: Tensor(elements, shape: shape))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(message([2, 1, 1, 2], [2, 2]) == "")
    #expect(message([1, 2], [2, 1]) == "the covariance has the shape 2 × 1, but there are 2 points")
    #expect(
      message([2, 1, 0, 2], [2, 2])
        == "the covariance is not symmetric: its elements 1, 2 and 2, 1 differ")
    #expect(message([1, 2, 2, 1], [2, 2]) == "the covariance is not positive definite")
    #expect(message([.nan, 2, 2, 1], [2, 2]) == "the covariance is not positive definite")
  }

  @Test("measure distances in units of errors, or of the covariance")
  func distances() throws {
    let law = try Law("x")
    let plain = try LawData(law: law, points: [1, 2], noise: .init(absolute: 0.5))
    #expect(abs(plain.distance([1, 2], [2, 4]) - (4 + 16) / 2) < 1e-14)
    let covariance = Tensor<Double>([2, 1, 1, 3], shape: [2, 2])
    let together = try LawData(law: law, inputs: Tensor([1, 2], shape: [2, 1]), covariance: covariance)
    // C⁻¹ = [[3, −1], [−1, 2]] / 5, and d = (1, 2): dᵀ C⁻¹ d = (3 − 4 + 8) / 5.
    #expect(abs(together.distance([2, 4], [1, 2]) - 7.0 / 5 / 2) < 1e-14)
  }
}
