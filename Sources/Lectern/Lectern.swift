// What a Swift cell imports: the engine, the plots, and the functions that talk to the document.
@_exported import Autodiff
@_exported import CairoRendering
@_exported import Components
@_exported import Datasets
@_exported import Experiments
@_exported import Learners
@_exported import NeuralNetworks
@_exported import Plotting
@_exported import Search
@_exported import Tensors
@_exported import Validation
