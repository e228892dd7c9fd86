#include <stdio.h>
#include <mkdio.h>

// An array of unknown size, which Swift cannot import.
static inline const char *discountVersion(void) { return markdown_version; }
