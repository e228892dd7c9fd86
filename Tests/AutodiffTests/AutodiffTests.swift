import Testing

import Autodiff
