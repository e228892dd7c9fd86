import Testing

import Components
