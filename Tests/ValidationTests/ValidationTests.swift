import Testing

import Validation
