#if canImport(Glibc)
  import Autodiff
  import Datasets
  import Kernels
  import NeuralNetworks
  import Tensors
  import Testing

  @Suite("Memory", .serialized)
  struct MemoryTests {
    @Test("The counter sees what is given back at once")
    func counter() {
      var memory: [UnsafeMutableRawPointer] = []
      memory.reserveCapacity(2)
      let (calls, bytes) = AllocationCounter.count {
        for alignment in [8, 64] {
          memory.append(.allocate(byteCount: 1000, alignment: alignment))
        }
        memory.removeLast().deallocate()
      }
      #expect(calls >= 2 && bytes >= 1000 && bytes < 1900, "\(calls) \(bytes)")
      memory.removeLast().deallocate()
    }

    /// A graph whose program has a record of every kind, as its outputs and the derivatives of blocks.
    private func everything() -> (graph: Graph, outputs: [Variable], gradients: [Variable?]) {
      let graph = Graph()
      let x = graph.input("x", [12, 12, 2])
      let filters = graph.parameter([7, 3, 3, 2])
      let bias = graph.parameter([7])
      let spread = graph.parameter([2, 2, 2, 7])
      let weights = graph.parameter([5, 18])
      let table = graph.parameter([4, 5])
      let narrow = ConvolutionGeometry(
        inputHeight: 12, inputWidth: 12, channels: 2, filters: 7, kernelHeight: 3, kernelWidth: 3,
        stride: (2, 1))
      let wide = ConvolutionGeometry(
        inputHeight: 5, inputWidth: 10, channels: 7, filters: 2, kernelHeight: 2, kernelWidth: 2,
        stride: (1, 1), dilation: (2, 3))
      let pool = ConvolutionGeometry(
        inputHeight: 3, inputWidth: 7, channels: 2, filters: 2, kernelHeight: 1, kernelWidth: 1,
        stride: (1, 3))
      let first = filters.convolution(x, narrow, bias: bias).map(.tanh)
      let second = spread.convolution(first, wide)
      let pooled = second.maximumPooled(pool) + second.windowSums(pool)
      let hidden = weights.matrixProduct(pooled.reshaped(to: [18])).map(.sigmoid)
      let rows = table.gatheringRows(graph.input("numbers", [3]))
      let seen = rows.multiplied(by: rows, transposingOther: true).softmax().multiplied(by: rows)
      let dropped = hidden * graph.dropoutMask(like: hidden, rate: 0.4)
      let known = Variable.stacked([dropped, hidden]).gatheringRows(graph.input("choice", []))
      let ordered = seen.transposed().padded(axis: 1, before: 1).cumulativeSum().max(axes: [1])
      let mixed = (ordered + known).selected(
        where: hidden.isLess(than: graph.constant(0.5)), otherwise: dropped)
      let all = mixed.samplesAsRows(count: 20)
      let square = all.multiplied(by: all, transposingSelf: true).map(.square).summedOverElements()
      let entropy = mixed.softmaxCrossEntropy(graph.input("target", [5])).map(.exponential)
      let total = (entropy.map(.softplus) + mixed.map(.sine).map(.tanh).mean()).summedOverSamples() + square
      let blocks = [filters, bias, spread, weights, table]
      let derivatives = total.gradients(withRespectTo: blocks + [x])
      return (graph, [total, derivatives[5]], Array(derivatives.prefix(5)))
    }

    private func checkReplay<Scalar: Real>(_: Scalar.Type) {
      let (graph, outputs, gradients) = everything()
      let program = Planner.program(
        for: graph, outputs: outputs, gradients: gradients, batchSize: 20, of: Scalar.self)
      let kinds: Set = [
        "matrixProduct", "transposedMatrixProduct", "contractSamples", "sumSamples", "multiplyMatrices",
        "convolution", "transposedConvolution", "contractConvolution", "selectMaxima", "scatterMaxima",
        "sumWindows", "spreadWindows", "map", "gradient", "combine", "select", "reduce", "cumulativeSum",
        "softmax", "softmaxCrossEntropy", "copy", "fill", "gatherRows", "scatterRows", "samplesAsRows",
        "rowsAsSamples", "dropoutMask",
      ]
      let records = Mirror(reflecting: program).children.first { $0.label == "records" }?.value as? [Any]
      let found = Set((records ?? []).compactMap { Mirror(reflecting: $0).children.first?.label })
      #expect(found == kinds, "\(kinds.symmetricDifference(found).sorted())")
      let parameters = WorkMemory<Scalar>(count: program.parameters.storageCount)
      var stream = RandomStream(seed: 1, .weights)
      for index in 0..<parameters.count { parameters.base[index] = Scalar(stream.uniform(-1, 1)) }
      let run = ProgramRun(
        program, parameters: parameters, gradients: WorkMemory(count: parameters.count), dropoutKeys: [5])
      run.replay(step: 1)
      let (calls, bytes) = AllocationCounter.count { for step in 2...101 { run.replay(step: step) } }
      #expect(calls == 0 && bytes == 0)
      #expect(run.output(0)[0].isFinite)
    }

    @Test("A replay of every kind of record allocates nothing")
    func replay() {
      checkReplay(Float.self)
      checkReplay(Double.self)
    }

    @Test("A step allocates nothing, whatever the rule", arguments: Optimizers.ruleNames)
    func steps(name: String) throws {
      let rule = try Optimizers.rule(name)
      let run = RuleRun<Float>(rule, from: [Double](repeating: 0.5, count: 100))
      let gradient = [Double](repeating: 0.1, count: 100)
      run.step(gradient)
      let (calls, _) = AllocationCounter.count { for _ in 0..<100 { run.step(gradient) } }
      #expect(calls == 0)
    }

    @Test("An epoch allocates the same however many steps it has")
    func epochs() throws {
      func calls(samples: Int) throws -> Int {
        var stream = RandomStream(seed: 2, .data)
        let data = Sine(samples: samples, noise: 0).dataset(using: &stream)
        let settings = TrainingSettings(loss: .meanSquaredError, epochs: 20, batchSize: 10)
        let network = Sequential {
          Dense(5, activation: .tanh); Dropout(0.2); Dense(1)
        }
        return try AllocationCounter.count {
          _ = try Trainer(settings).fit(network, training: data, key: FitKey(seed: 1))
        }.calls
      }
      _ = try calls(samples: 10)
      let (few, many) = (try calls(samples: 20), try calls(samples: 200))
      #expect(abs(many - few) < 40, "\(few) for 40 steps, \(many) for 400")
    }

    @Test("Thousands of fits leave nothing behind")
    func fits() throws {
      var stream = RandomStream(seed: 2, .data)
      let data = Sine(samples: 8, noise: 0).dataset(using: &stream)
      let settings = TrainingSettings(loss: .meanSquaredError, epochs: 1, earlyStopping: EarlyStopping())
      let network = Sequential {
        Dense(3, activation: .tanh); Dense(1)
      }
      func fit(_ count: Int) throws {
        for seed in 0..<count {
          let trained = try Trainer(settings).fit(
            network, training: data, validation: data, key: FitKey(seed: UInt64(seed)))
          #expect(trained.history.epochs == 1)
        }
      }
      try fit(10)
      // A fit takes kilobytes: one in ten thousand that stayed would show.
      let (_, bytes) = try AllocationCounter.count { try fit(10_000) }
      #expect(abs(bytes) < 2000)
    }
  }
#endif
