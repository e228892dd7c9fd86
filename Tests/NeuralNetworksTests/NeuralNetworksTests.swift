import Testing

import NeuralNetworks
