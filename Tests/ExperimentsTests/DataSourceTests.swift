import Components
import Experiments
import Foundation
import Testing

@Suite("Sources of data")
struct DataSourceTests {
  private static let files = [
    "a.csv": "x1,x2,y,w,g,e\n1,2,3,1,u,1\n4,5,6,2,v,1\n7,8,9,1,u,2\n1,0,2,1,v,1\n2,2,4,1,w,1\n",
    "bad.csv": "x,y\n1,2\n3\n", "text.csv": "x,y\nu,1\nv,2\nu,3\nv,4\n", "semi.csv": "x;y\n1;2\n3;4\n",
    "tabs.txt": "x\ty\n1\t2\n3\t4\n",
    "series.csv": "t,v\n" + (0..<30).map { "\($0),\($0 * $0 % 7)\n" }.joined(),
  ]

  /// Reads a recipe in a folder with files.
  private func decode(_ data: String, units: Int = 1) throws -> (experiment: Experiment?, problems: [String])
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    var images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2]
    images += [UInt8](repeating: 9, count: 16)
    try Data(images).write(to: folder.appending(path: "images"))
    try Data([0, 0, 8, 1, 0, 0, 0, 4, 5, 3, 5, 3]).write(to: folder.appending(path: "labels"))
    try npy([4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4], "(4, 4)")
      .write(to: folder.appending(path: "four.npy"))
    try npy([0, 1, 1, 0], "(4,)").write(to: folder.appending(path: "y.npy"))
    return ExperimentsTests.decode(
      "data: {\(data)}\nmodel: [dense(\(units))]", folder: folder.path)
  }

  private func npy(_ values: [Double], _ shape: String) -> Data {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8))
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    return data
  }

  @Test("Columns of files have roles, and features may have a shape")
  func roles() throws {
    let (found, problems) = try decode("csv: a.csv, target: y, weight: w, group: g, error: e, shape: [2, 1]")
    // A dense layer takes vectors.
    #expect(problems.allSatisfy { $0.hasPrefix("report.md:2:") })
    let (plain, none) = try decode("csv: a.csv, target: [y, w], group: g, drop: e", units: 2)
    #expect(none == [] && plain?.data.outputCount == 2 && plain?.data.groups == [0, 1, 0, 1, 2])
    #expect(plain?.data.features.map(\.name) == ["x1", "x2"] && found == nil || found?.data.weights != nil)
    let (classes, _) = try decode(
      "csv: a.csv, target: g, weight: w, drop: [e, y], task: classification", units: 3)
    #expect(classes?.data.classNames == ["u", "v", "w"] && classes?.data.weights == [1, 2, 1, 1, 1])
    let (semicolons, no) = try decode("csv: semi.csv, target: y, delimiter: \";\"")
    #expect(no == [] && semicolons?.data.count == 2)
    let (tabs, nothing) = try decode("csv: tabs.txt, target: y, delimiter: \"\\t\"")
    #expect(nothing == [] && tabs?.data.inputs.elements == [1, 3])
  }

  @Test("Arrays, images and laws become examples")
  func others() throws {
    let (arrays, problems) = try decode("npy: four.npy, target: y.npy, task: classification", units: 2)
    #expect(problems == [] && arrays?.data.sampleShape == [4] && arrays?.data.classNames == ["0", "1"])
    let (law, none) = try decode(
      "law: \"x*exp(-y)\", points: {x: {range: [1, 2], count: 3}, y: {range: [0, 1], count: 4}}, "
        + "noise: {relative: 0.1, normalization: 0.05}")
    #expect(none == [] && law?.data.count == 12 && law?.data.features.map(\.name) == ["x", "y"])
    #expect(law?.data.covariance?.shape == [12, 12])
    let (matrix, no) = try decode(
      "law: x, points: {range: [0, 1], count: 4}, covariance: {npy: four.npy}")
    #expect(no == [] && matrix?.data.errors == [2, 2, 2, 2])
    let (images, _) = try decode("idx: {images: images, labels: labels}", units: 2)
    #expect(images == nil || images?.data.sampleShape == [2, 2, 1])
  }

  private static let broken: [(String, String)] = [
    ("csv: bad.csv, target: y", "bad.csv:3:1: error: the row has 1 field, the header has 2"),
    (
      "csv: semi.csv, target: y",
      "semi.csv:1:1: error: the header has semicolons between its names, not commas (delimiter: \";\")"
    ),
    (
      "csv: aa.csv, target: y",
      "report.md:1:13: error: the file \"aa.csv\" does not exist (did you mean \"a.csv\"?)"
    ),
    (
      "csv: a.csv, target: y, weigth: w",
      "report.md:1:31: error: unknown key \"weigth\" in csv (did you mean \"weight\"?)"
    ),
    (
      "csv: a.csv, target: y, weight: ww",
      "report.md:1:39: error: the data have no column \"ww\" (did you mean \"w\"?)"
    ),
    (
      "csv: a.csv, target: y, weight: y",
      "report.md:1:39: error: the column \"y\" cannot be both target and weight"
    ),
    (
      "csv: a.csv, target: y, weight: g",
      "report.md:1:39: error: the weight \"g\" must hold numbers, not text"
    ),
    (
      "csv: a.csv, target: g, error: e",
      "report.md:1:38: error: error needs a number as target, but the data have classes"
    ),
    (
      "csv: a.csv, target: y, drop: g, shape: [3, 2]",
      "report.md:1:47: error: the shape 3 × 2 needs 6 numbers an example, but there are 4"
    ),
    (
      "csv: a.csv, target: y, shape: [5, 1]",
      "report.md:1:38: error: the shape needs numbers, but the column \"g\" holds text"
    ),
    ("csv: a.csv, target: y, shape: [0]", "report.md:1:38: error: \"shape\" must be at least 1, not [0]"),
    (
      "csv: a.csv, target: y, delimiter: ab",
      "report.md:1:42: error: \"delimiter\" must be one character, as in \";\" or \"\\t\", not ab"
    ),
    (
      "csv: series.csv, series: v, target: v",
      "report.md:1:44: error: \"series\" and \"target\" exclude each other: a series predicts itself from its past"
    ),
    (
      "csv: series.csv, target: v, window: 3", "report.md:1:44: error: \"window\" needs the key \"series\""
    ),
    (
      "csv: series.csv, series: v, window: 30",
      "report.md:1:33: error: the series \"v\" has 30 values, but a window with its horizon takes 31"
    ),
    (
      "npy: four.npy, target: x.npy",
      "report.md:1:31: error: the file \"x.npy\" does not exist (did you mean \"y.npy\"?)"
    ),
    ("npz: four.npy", "report.md:1:13: error: the zip file \"four.npy\" does not begin like one"),
    (
      "idx: {images: a, labels: labels}",
      "report.md:1:22: error: the file \"a\" does not exist (nothing is downloaded; the digits are "
        + "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz and the same with t10k, from "
        + "https://ossci-datasets.s3.amazonaws.com/mnist/)"
    ),
    ("idx: {images: images}", "report.md:1:13: error: idx needs the key \"labels\""),
    (
      "law: x, points: {range: [0, 1], count: 5}, covariance: {npy: four.npy}",
      "report.md:1:69: error: the covariance has the shape 4 × 4, but there are 5 points"
    ),
    (
      "law: x*y, points: {x: {range: [0, 1]}, z: {range: [0, 1]}}, noise: {absolute: 1}",
      "report.md:1:13: error: the law \"x*y\" names the unknown variable \"y\" at its column 3 "
        + "(did you mean \"x\"?)"
    ),
    (
      "law: x/y, points: {x: {range: [0, 1]}, y: {range: [0, 1]}}, noise: {absolute: 1}",
      "report.md:1:13: error: the law \"x/y\" is not finite at x = 0, y = 0"
    ),
    (
      "law: x, points: {range: [1, 2]}, noise: {normalization: 0.1}",
      "report.md:1:48: error: \"noise\" must be above 0 at every point, not {normalization: 0.1}"
    ),
    (
      "law: x, points: {range: [1, 2], count: 3000}, noise: {absolute: 1, normalization: 0.1}",
      "report.md:1:24: error: \"points\" must be at most 2000 with a normalization, not 3000"
    ),
    ("law: x, points: {range: [1, 2]}", "report.md:1:7: error: law needs the key \"noise\""),
  ]

  @Test("Problems are said where the recipe or the file has them", arguments: broken)
  func problems(data: String, expected: String) throws {
    #expect(try decode(data).problems == [expected])
  }
}
