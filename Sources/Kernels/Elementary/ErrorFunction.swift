extension Elementary {
  // erf(x)/x in x² up to 1; erfc(x) exp(x²) around 1.5 and 3; x erfc(x) exp(x²) in 1/x² from 4 on.
  private static let centralSeries = StaticArray([
    1.1283791670955126, -0.37612638903183754, 0.1128379167095512, -0.02686617064512984,
    0.0052239776254232985, -0.000854832702193483, 0.00012055332902888736, -1.4925647567519332e-05,
    1.6462045441468418e-06, -1.6364642158167616e-07, 1.4792401209404813e-08, -1.216456005728345e-09,
    8.709045129053106e-11, -4.230945824295338e-12,
  ])
  private static let nearSeries = StaticArray([
    0.3215854164543175, -0.16362291773256005, 0.0761510398554774, -0.03293090529956527,
    0.013377340953067394, -0.0051459575478377826, 0.0018861348769919975, -0.0006619300701084315,
    0.0002233099453004411, -7.265887301589559e-05, 2.2864299608127746e-05, -6.97536222785843e-06,
    2.0670657912156654e-06, -5.944961119917664e-07, 1.6714292901928126e-07, -4.9545807838901603e-08,
    1.3242541506849586e-08,
  ])
  private static let middleSeries = StaticArray([
    0.17900115118138996, -0.05437226000717289, 0.01588437115987134, -0.004479431018371144,
    0.0012230390523765237, -0.00032412554452200884, 8.355413963369297e-05, -2.0989464259545496e-05,
    5.146436522511331e-06, -1.2333685934914701e-06, 2.8926684651166363e-07, -6.64646639786765e-08,
    1.4977253627698686e-08, -3.316229237177357e-09, 7.20516363335066e-10, -1.5077563830210874e-10,
    3.1724792006762475e-11, -8.134236373235494e-12, 1.6482525468969957e-12,
  ])
  private static let tailSeries = StaticArray([
    0.5641895835477563, -0.28209479177387675, 0.42314218765887884, -1.0578554680951964, 3.7024938372936087,
    -16.661170063440455, 91.63048369357551, -595.1288191881648, 4437.032220264238, -36630.851164382475,
    315353.50094006304, -2590303.65713741, 18253198.281488802, -98105742.03701618, 345022818.1402942,
    -583029210.4454905,
  ])

  /// `erfc(x) exp(x²)` for x ≥ 1: the complementary error function without its decay.
  public static func scaledComplementaryErrorFunction(_ x: Double) -> Double {
    if x < 1 { return (1 - erf(x)) * exp(x * x) }
    if x < 2 { return polynomial(x - 1.5, nearSeries) }
    if x < 4 { return polynomial(x - 3, middleSeries) }
    let inverse = 1 / x
    return polynomial(inverse * inverse, tailSeries) * inverse
  }

  /// The error function `2/√π ∫₀ˣ exp(−t²) dt`.
  public static func erf(_ x: Double) -> Double {
    let magnitude = abs(x)
    if x.isNaN { return x }
    if magnitude <= 1 { return x * polynomial(x * x, centralSeries) }
    let value = magnitude > 6 ? 1 : 1 - erfc(magnitude)
    return x < 0 ? -value : value
  }

  /// The complementary error function `1 − erf(x)`, accurate in its tail too.
  public static func erfc(_ x: Double) -> Double {
    if x < 1 { return 1 - erf(x) }
    if x > 28 { return 0 }
    let square = x * x
    let rest = (-square).addingProduct(x, x)
    let decay = exp(-square)
    return decay.addingProduct(decay, -rest) * scaledComplementaryErrorFunction(x)
  }

  /// The error function.
  public static func erf(_ x: Float) -> Float { Float(erf(Double(x))) }
}
