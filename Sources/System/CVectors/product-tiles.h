// The products of `products.h`, which includes this once for each type of number and says what
// LECTERN_SCALAR, LECTERN_REGISTER, its LECTERN_WIDTH and LECTERN_NAME are.
//
// Registers run over the columns of y, never over the steps, so that neither their width nor the shape of a
// tile can change a bit.

#define LECTERN_UNROLL _Pragma("clang loop unroll(full)")

struct LECTERN_NAME(lectern_typed_product) {
  long rows, columns, steps;
  const LECTERN_SCALAR *a;
  long aRow, aStep;
  const LECTERN_SCALAR *b;
  long bStep;
  int startKind;
  const LECTERN_SCALAR *start;
  long startRow;
  LECTERN_SCALAR *y;
  long yRow;
};

// A tile of `rows` × `units` registers, both constants: all sums stay in registers, and a factor of A is
// loaded once for all units.
LECTERN_INLINE void LECTERN_NAME(lectern_tile)(
    const int rows, const int units, const struct LECTERN_NAME(lectern_typed_product) *p,
    const LECTERN_SCALAR *b, const LECTERN_SCALAR *start, LECTERN_SCALAR *y) {
  LECTERN_REGISTER sum[LECTERN_ROWS][8];
  const LECTERN_SCALAR *a = p->a;
  const long aRow = p->aRow, aStep = p->aStep, bStep = p->bStep, startRow = p->startRow, yRow = p->yRow;
  const int startKind = p->startKind;
  LECTERN_UNROLL for (int i = 0; i < rows; i++) {
    LECTERN_UNROLL for (int u = 0; u < units; u++) {
      if (startKind == 0) sum[i][u] = (LECTERN_REGISTER)(0);
      else if (startKind == 1) sum[i][u] = (LECTERN_REGISTER)(start[i * startRow]);
      else sum[i][u] = *(const LECTERN_REGISTER *)(start + i * startRow + u * LECTERN_WIDTH);
    }
  }
  for (long k = p->steps; k > 0; k--) {
    LECTERN_REGISTER x[8];
    LECTERN_UNROLL for (int u = 0; u < units; u++) x[u] = *(const LECTERN_REGISTER *)(b + u * LECTERN_WIDTH);
    LECTERN_UNROLL for (int i = 0; i < rows; i++) {
      LECTERN_REGISTER w = (LECTERN_REGISTER)(a[i * aRow]);
      LECTERN_UNROLL for (int u = 0; u < units; u++)
        sum[i][u] = __builtin_elementwise_fma(w, x[u], sum[i][u]);
    }
    a += aStep;
    b += bStep;
  }
  LECTERN_UNROLL for (int i = 0; i < rows; i++) {
    LECTERN_UNROLL for (int u = 0; u < units; u++)
      *(LECTERN_REGISTER *)(y + i * yRow + u * LECTERN_WIDTH) = sum[i][u];
  }
}

// A block of rows over all columns: tiles of so many units as long as they fit, then narrower ones. `bTile`
// is from two units of b to the next two.
#define LECTERN_TILES(ROWS, UNITS)                                                                           \
  for (; left >= UNITS; left -= UNITS) {                                                                     \
    LECTERN_NAME(lectern_tile)(ROWS, UNITS, p, b, start, y);                                                 \
    b += UNITS * bTile / 2;                                                                                  \
    start += UNITS * startUnit;                                                                              \
    y += UNITS * LECTERN_WIDTH;                                                                              \
  }
#define LECTERN_TILES_2(ROWS) LECTERN_TILES(ROWS, 2) LECTERN_TILES(ROWS, 1)
#define LECTERN_TILES_4(ROWS) LECTERN_TILES(ROWS, 4) LECTERN_TILES(ROWS, 3) LECTERN_TILES_2(ROWS)
#define LECTERN_TILES_8(ROWS)                                                                                \
  LECTERN_TILES(ROWS, 8) LECTERN_TILES(ROWS, 7) LECTERN_TILES(ROWS, 6) LECTERN_TILES(ROWS, 5)                \
  LECTERN_TILES_4(ROWS)
#define LECTERN_ROW_BLOCK(ROWS, UNITS)                                                                       \
  LECTERN_OUTLINE void LECTERN_NAME(lectern_rows_##ROWS)(                                                    \
      const struct LECTERN_NAME(lectern_typed_product) *p, long bTile) {                                     \
    const LECTERN_SCALAR *b = p->b, *start = p->start;                                                       \
    LECTERN_SCALAR *y = p->y;                                                                                \
    const long startUnit = p->startKind == 2 ? LECTERN_WIDTH : 0;                                            \
    long left = p->columns / LECTERN_WIDTH;                                                                  \
    LECTERN_TILES_##UNITS(ROWS)                                                                              \
  }

LECTERN_ROW_BLOCK(1, 8)
#if LECTERN_HAS_WIDE_REGISTERS
LECTERN_ROW_BLOCK(2, 8)
LECTERN_ROW_BLOCK(3, 4)
LECTERN_ROW_BLOCK(4, 4)
LECTERN_ROW_BLOCK(5, 4)
LECTERN_ROW_BLOCK(6, 4)
LECTERN_ROW_BLOCK(7, 2)
LECTERN_ROW_BLOCK(8, 2)
LECTERN_ROW_BLOCK(9, 2)
LECTERN_ROW_BLOCK(10, 2)
LECTERN_ROW_BLOCK(11, 2)
LECTERN_ROW_BLOCK(12, 2)
#else
LECTERN_ROW_BLOCK(2, 4)
LECTERN_ROW_BLOCK(3, 4)
LECTERN_ROW_BLOCK(4, 2)
LECTERN_ROW_BLOCK(5, 2)
LECTERN_ROW_BLOCK(6, 2)
#endif

LECTERN_INLINE void LECTERN_NAME(lectern_row_block)(
    long rows, const struct LECTERN_NAME(lectern_typed_product) *p, long bTile) {
#define LECTERN_CASE(ROWS)                                                                                   \
  case ROWS:                                                                                                 \
    LECTERN_NAME(lectern_rows_##ROWS)(p, bTile);                                                             \
    break;
  switch (rows) {
    LECTERN_CASE(1) LECTERN_CASE(2) LECTERN_CASE(3) LECTERN_CASE(4) LECTERN_CASE(5) LECTERN_CASE(6)
#if LECTERN_HAS_WIDE_REGISTERS
    LECTERN_CASE(7) LECTERN_CASE(8) LECTERN_CASE(9) LECTERN_CASE(10) LECTERN_CASE(11) LECTERN_CASE(12)
#endif
  }
#undef LECTERN_CASE
}

// Copies four to LECTERN_ROWS neighbors out of every step, by fours that may overlap.
static inline void LECTERN_NAME(lectern_copy_rows)(
    long rows, long steps, const LECTERN_SCALAR *a, long aStep, LECTERN_SCALAR *panel) {
  const long middle = rows < 8 ? rows - 4 : 4;
  for (long k = 0; k < steps; k++) {
    __builtin_memcpy(panel, a, 4 * sizeof(LECTERN_SCALAR));
    if (LECTERN_ROWS > 8) __builtin_memcpy(panel + middle, a + middle, 4 * sizeof(LECTERN_SCALAR));
    __builtin_memcpy(panel + rows - 4, a + rows - 4, 4 * sizeof(LECTERN_SCALAR));
    panel += LECTERN_ROWS;
    a += aStep;
  }
}

// All rows, in blocks as equal as can be: a narrow last one could not keep the multipliers busy.
LECTERN_INLINE void LECTERN_NAME(lectern_all_rows)(
    struct LECTERN_NAME(lectern_typed_product) p, long bTile, const int copiesRows) {
  LECTERN_SCALAR panel[copiesRows ? LECTERN_ROWS * LECTERN_STEPS : 1] __attribute__((aligned(64)));
  const LECTERN_SCALAR *a = p.a;
  const long aStep = p.aStep;
  for (long blocks = (p.rows + LECTERN_ROWS - 1) / LECTERN_ROWS; blocks > 0; blocks--) {
    const long rows = (p.rows + blocks - 1) / blocks;
    if (copiesRows) {
      LECTERN_NAME(lectern_copy_rows)(rows, p.steps, a, aStep, panel);
      p.a = panel;
      p.aStep = LECTERN_ROWS;
    } else {
      p.a = a;
    }
    LECTERN_NAME(lectern_row_block)(rows, &p, bTile);
    a += rows * p.aRow;
    p.start += rows * p.startRow;
    p.y += rows * p.yRow;
    p.rows -= rows;
  }
}

// Copies every step of b, two units after two units.
static inline void LECTERN_NAME(lectern_copy_columns)(
    long columns, long steps, const LECTERN_SCALAR *b, long bStep, LECTERN_SCALAR *panel) {
  for (long c = 0; c < columns; c += 2 * LECTERN_WIDTH) {
    const LECTERN_SCALAR *row = b + c;
    const long second = columns - c > LECTERN_WIDTH ? LECTERN_WIDTH : 0;
    for (long k = 0; k < steps; k++) {
      *(LECTERN_REGISTER *)panel = *(const LECTERN_REGISTER *)row;
      *(LECTERN_REGISTER *)(panel + LECTERN_WIDTH) = *(const LECTERN_REGISTER *)(row + second);
      panel += 2 * LECTERN_WIDTH;
      row += bStep;
    }
  }
}

// The product in blocks of columns and steps whose operands are copied; the chains go on from y, where they
// wait in full precision.
LECTERN_INLINE void LECTERN_NAME(lectern_in_blocks)(
    const struct LECTERN_NAME(lectern_typed_product) *p, const int copiesRows, const int copiesColumns) {
  enum { columnsAtOnce = 32 * LECTERN_WIDTH };
  LECTERN_SCALAR panels[copiesColumns ? columnsAtOnce * LECTERN_STEPS : 1] __attribute__((aligned(64)));
  struct LECTERN_NAME(lectern_typed_product) block;
  for (long first = 0; first < p->columns; first += block.columns) {
    block = *p;
    block.columns = p->columns - first;
    if (copiesColumns && block.columns > columnsAtOnce) block.columns = columnsAtOnce;
    block.y += first;
    if (p->startKind == 2) block.start += first;
    for (long k = 0; k < p->steps; k += block.steps) {
      long bTile = 2 * LECTERN_WIDTH;
      block.steps = p->steps - k < LECTERN_STEPS ? p->steps - k : LECTERN_STEPS;
      block.a = p->a + k * p->aStep;
      block.b = p->b + k * p->bStep + first;
      if (copiesColumns) {
        LECTERN_NAME(lectern_copy_columns)(block.columns, block.steps, block.b, p->bStep, panels);
        block.b = panels;
        block.bStep = 2 * LECTERN_WIDTH;
        bTile *= block.steps;
      }
      LECTERN_NAME(lectern_all_rows)(block, bTile, copiesRows);
      block.start = block.y;
      block.startRow = p->yRow;
      block.startKind = 2;
    }
  }
}

LECTERN_OUTLINE void LECTERN_NAME(lectern_copying_both)(
    const struct LECTERN_NAME(lectern_typed_product) *p) {
  LECTERN_NAME(lectern_in_blocks)(p, 1, 1);
}
LECTERN_OUTLINE void LECTERN_NAME(lectern_copying_rows)(
    const struct LECTERN_NAME(lectern_typed_product) *p) {
  LECTERN_NAME(lectern_in_blocks)(p, 1, 0);
}
LECTERN_OUTLINE void LECTERN_NAME(lectern_copying_columns)(
    const struct LECTERN_NAME(lectern_typed_product) *p) {
  LECTERN_NAME(lectern_in_blocks)(p, 0, 1);
}

// The product. What is copied depends on the sizes alone: operands that few tiles share, or that lie close
// together, are read where they are. Blocks of copied columns have to have enough rows for tiles of two
// units.
LECTERN_OUTLINE void LECTERN_NAME(lectern_multiply)(const struct lectern_product *product) {
  const struct LECTERN_NAME(lectern_typed_product) p = {
      product->rows, product->columns, product->steps, product->a, product->aRow, product->aStep, product->b,
      product->bStep, product->startKind, product->start, product->startRow, product->y, product->yRow};
  const long size = sizeof(LECTERN_SCALAR);
  const int isLarge = p.rows >= 2 * LECTERN_ROWS && p.steps >= 64;
  const int copiesColumns = isLarge && p.bStep * size > LECTERN_FAR && p.columns >= 4 * LECTERN_WIDTH;
  const int copiesRows = isLarge && p.aRow == 1 && p.aStep * size >= LECTERN_FAR && p.columns * size >= 1024;
  if (copiesColumns && copiesRows) LECTERN_NAME(lectern_copying_both)(&p);
  else if (copiesColumns) LECTERN_NAME(lectern_copying_columns)(&p);
  else if (copiesRows) LECTERN_NAME(lectern_copying_rows)(&p);
  else LECTERN_NAME(lectern_all_rows)(p, 2 * LECTERN_WIDTH, 0);
}

#undef LECTERN_TILES
#undef LECTERN_TILES_2
#undef LECTERN_TILES_4
#undef LECTERN_TILES_8
#undef LECTERN_ROW_BLOCK
#undef LECTERN_UNROLL
