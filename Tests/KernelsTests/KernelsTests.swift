import Testing

import Kernels
