import Testing

import Search
