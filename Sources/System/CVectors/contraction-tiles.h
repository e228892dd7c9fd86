// The sums over samples of `contractions.h`, which includes this once for each type of number and says what
// LECTERN_SCALAR, LECTERN_REGISTER, its LECTERN_WIDTH, LECTERN_GROUP, its LECTERN_LANES and LECTERN_NAME are.
//
// In a block every lane adds its samples pair after pair and in order, with fused multiply-add from +0; the
// lanes are added by the fixed tree (low half plus high half until one is left). Two ways compute this: with
// the lanes along the registers, where the tree moves lanes, and with columns of the result along them, where
// it is plain additions but the samples have to be turned first.

#define LECTERN_UNROLL _Pragma("clang loop unroll(full)")

struct LECTERN_NAME(lectern_pair) {
  const LECTERN_SCALAR *d, *x;
};

// One block of samples: `first` ..< `first + count` of the lane groups.
struct LECTERN_NAME(lectern_block) {
  const struct LECTERN_NAME(lectern_pair) *pairs;
  long pairCount, firstRow, lastRow, columns, groups, first, count;
  LECTERN_SCALAR *result;
  // Whether sums are stored, or added to those of the blocks before.
  int isFirst;
};

// Lanes along the registers

// The sums of R × C elements, not added over their lanes yet.
LECTERN_INLINE void LECTERN_NAME(lectern_lane_sums)(
    const int R, const int C, const struct LECTERN_NAME(lectern_block) *p, const long count, long row,
    long column, LECTERN_REGISTER *sums) {
  enum { parts = LECTERN_LANES / LECTERN_WIDTH };
  const long stride = p->groups * LECTERN_LANES, first = p->first * LECTERN_LANES;
  LECTERN_UNROLL for (int part = 0; part < parts; part++) {
    LECTERN_REGISTER sum[8][8];
    LECTERN_UNROLL for (int r = 0; r < R; r++) {
      LECTERN_UNROLL for (int c = 0; c < C; c++) sum[r][c] = (LECTERN_REGISTER)(0);
    }
    for (long q = 0; q < p->pairCount; q++) {
      const LECTERN_SCALAR *d = p->pairs[q].d + first + row * stride + part * LECTERN_WIDTH;
      const LECTERN_SCALAR *x = p->pairs[q].x + first + column * stride + part * LECTERN_WIDTH;
      for (long g = 0; g < count; g++) {
        LECTERN_REGISTER values[8];
        LECTERN_UNROLL for (int c = 0; c < C; c++) values[c] = *(const LECTERN_REGISTER *)(x + c * stride);
        LECTERN_UNROLL for (int r = 0; r < R; r++) {
          LECTERN_REGISTER w = *(const LECTERN_REGISTER *)(d + r * stride);
          LECTERN_UNROLL for (int c = 0; c < C; c++)
            sum[r][c] = __builtin_elementwise_fma(w, values[c], sum[r][c]);
        }
        d += LECTERN_LANES;
        x += LECTERN_LANES;
      }
    }
    LECTERN_UNROLL for (int r = 0; r < R; r++) {
      LECTERN_UNROLL for (int c = 0; c < C; c++) sums[(r * C + c) * parts + part] = sum[r][c];
    }
  }
}

// Sixteen elements of the result, four rows of four columns: their trees are added side by side.
LECTERN_INLINE void LECTERN_NAME(lectern_sixteen)(
    const struct LECTERN_NAME(lectern_block) *p, const long count, long row, long column) {
  typedef LECTERN_SCALAR four __attribute__((ext_vector_type(4), aligned(sizeof(LECTERN_SCALAR))));
  LECTERN_GROUP sums[16], totals[16 / LECTERN_LANES];
#if LECTERN_HAS_WIDE_REGISTERS
  LECTERN_NAME(lectern_lane_sums)(4, 4, p, count, row, column, (LECTERN_REGISTER *)sums);
#else
  LECTERN_NAME(lectern_lane_sums)(2, 4, p, count, row, column, (LECTERN_REGISTER *)sums);
  LECTERN_NAME(lectern_lane_sums)(2, 4, p, count, row + 2, column, (LECTERN_REGISTER *)(sums + 8));
#endif
  LECTERN_UNROLL for (int i = 0; i < 16 / LECTERN_LANES; i++)
    totals[i] = LECTERN_NAME(lectern_trees)(sums + i * LECTERN_LANES);
  LECTERN_SCALAR *result = p->result + row * p->columns + column;
  LECTERN_UNROLL for (int r = 0; r < 4; r++) {
    const four total = ((const four *)totals)[r];
    four *place = (four *)(result + r * p->columns);
    *place = p->isFirst ? total : *place + total;
  }
}

// Sums at the edges of the result wait until there are enough for their trees to be added side by side.
struct LECTERN_NAME(lectern_waiting) {
  LECTERN_GROUP sums[LECTERN_LANES + 12];
  LECTERN_SCALAR *results[LECTERN_LANES + 12];
  int count;
};

static inline void LECTERN_NAME(lectern_finish)(
    struct LECTERN_NAME(lectern_waiting) *waiting, int count, int isFirst) {
  LECTERN_GROUP total = LECTERN_NAME(lectern_trees)(waiting->sums);
  for (int i = 0; i < count; i++)
    *waiting->results[i] = isFirst ? total[i] : *waiting->results[i] + total[i];
}

#define LECTERN_EDGE(R, C)                                                                                   \
  LECTERN_OUTLINE void LECTERN_NAME(lectern_edge_##R##x##C)(                                                 \
      const struct LECTERN_NAME(lectern_block) *p, long row, long column,                                    \
      struct LECTERN_NAME(lectern_waiting) *w) {                                                             \
    LECTERN_REGISTER *sums = (LECTERN_REGISTER *)(w->sums + w->count);                                       \
    LECTERN_NAME(lectern_lane_sums)(R, C, p, p->count, row, column, sums);                                   \
    for (int r = 0; r < R; r++)                                                                              \
      for (int c = 0; c < C; c++)                                                                            \
        w->results[w->count + r * C + c] = p->result + (row + r) * p->columns + column + c;                  \
    w->count += R * C;                                                                                       \
    while (w->count >= LECTERN_LANES) {                                                                      \
      LECTERN_NAME(lectern_finish)(w, LECTERN_LANES, p->isFirst);                                            \
      w->count -= LECTERN_LANES;                                                                             \
      for (int i = 0; i < w->count; i++) {                                                                   \
        w->sums[i] = w->sums[LECTERN_LANES + i];                                                             \
        w->results[i] = w->results[LECTERN_LANES + i];                                                       \
      }                                                                                                      \
    }                                                                                                        \
  }
LECTERN_EDGE(8, 1)
LECTERN_EDGE(4, 1)
LECTERN_EDGE(1, 8)
LECTERN_EDGE(1, 4)
LECTERN_EDGE(1, 1)
LECTERN_EDGE(4, 2)
LECTERN_EDGE(2, 4)
LECTERN_EDGE(4, 3)
LECTERN_EDGE(3, 4)

// The columns from `from` on.
LECTERN_OUTLINE void LECTERN_NAME(lectern_contract_lanes)(
    const struct LECTERN_NAME(lectern_block) *p, long from) {
  struct LECTERN_NAME(lectern_waiting) w;
  w.count = 0;
  const long rows = p->firstRow + ((p->lastRow - p->firstRow) & ~3L);
  const long columns = from + ((p->columns - from) & ~3L);
  // Sixteen columns of x stay in the nearest cache for all rows.
#define LECTERN_SIXTEENS(COUNT)                                                                              \
  for (long left = from; left < columns; left += 16) {                                                       \
    const long right = columns - left < 16 ? columns : left + 16;                                            \
    for (long j = p->firstRow; j < rows; j += 4)                                                             \
      for (long k = left; k < right; k += 4) LECTERN_NAME(lectern_sixteen)(p, COUNT, j, k);                  \
  }
  // Batches of 32 and 64: their short loops over the groups are unrolled.
  if (p->count == 32 / LECTERN_LANES) { LECTERN_SIXTEENS(32 / LECTERN_LANES) }
  else if (p->count == 64 / LECTERN_LANES) { LECTERN_SIXTEENS(64 / LECTERN_LANES) }
  else { LECTERN_SIXTEENS(p->count) }
#undef LECTERN_SIXTEENS
#define LECTERN_RIGHT(C)                                                                                     \
  for (long j = p->firstRow; j < rows; j += 4) LECTERN_NAME(lectern_edge_4x##C)(p, j, columns, &w);
#define LECTERN_BOTTOM(R)                                                                                    \
  for (long k = from; k < columns; k += 4) LECTERN_NAME(lectern_edge_##R##x4)(p, rows, k, &w);
  long j = p->firstRow, k = from;
  switch (p->columns - columns) {
  case 3: LECTERN_RIGHT(3) break;
  case 2: LECTERN_RIGHT(2) break;
  case 1:
    for (; j + 8 <= rows; j += 8) LECTERN_NAME(lectern_edge_8x1)(p, j, columns, &w);
    if (j < rows) LECTERN_NAME(lectern_edge_4x1)(p, j, columns, &w);
  }
  switch (p->lastRow - rows) {
  case 3: LECTERN_BOTTOM(3) break;
  case 2: LECTERN_BOTTOM(2) break;
  case 1:
    for (; k + 8 <= columns; k += 8) LECTERN_NAME(lectern_edge_1x8)(p, rows, k, &w);
    if (k < columns) LECTERN_NAME(lectern_edge_1x4)(p, rows, k, &w);
  }
#undef LECTERN_RIGHT
#undef LECTERN_BOTTOM
  for (j = rows; j < p->lastRow; j++)
    for (k = columns; k < p->columns; k++) LECTERN_NAME(lectern_edge_1x1)(p, j, k, &w);
  if (w.count == 0) return;
  for (int i = w.count; i < LECTERN_LANES; i++) w.sums[i] = (LECTERN_GROUP)(0);
  LECTERN_NAME(lectern_finish)(&w, w.count, p->isFirst);
}

// Columns along the registers

// Turns LECTERN_WIDTH columns: sample g of lane l comes to lie in register `l * count + g` of the panel,
// whose registers are `step` numbers apart.
static inline void LECTERN_NAME(lectern_turn)(
    const LECTERN_SCALAR *x, long stride, long count, LECTERN_SCALAR *panel, long step) {
  enum { width = LECTERN_WIDTH };
  for (long g = 0; g < count; g++) {
    for (long part = 0; part < LECTERN_LANES; part += width) {
      LECTERN_REGISTER a[width], b[width];
      LECTERN_UNROLL for (int i = 0; i < width; i++)
        a[i] = *(const LECTERN_REGISTER *)(x + i * stride + part);
      LECTERN_UNROLL for (int stage = 1; stage < width; stage *= 2) {
        LECTERN_UNROLL for (int i = 0; i < width / 2; i++) {
          b[2 * i] = LECTERN_NAME(lectern_low)(a[i], a[i + width / 2]);
          b[2 * i + 1] = LECTERN_NAME(lectern_high)(a[i], a[i + width / 2]);
        }
        LECTERN_UNROLL for (int i = 0; i < width; i++) a[i] = b[i];
      }
      LECTERN_UNROLL for (int i = 0; i < width; i++)
        *(LECTERN_REGISTER *)(panel + ((part + i) * count + g) * step) = a[i];
    }
    x += LECTERN_LANES;
  }
}

// The sums of lanes `low` and `high` for R rows × U registers of columns, added.
LECTERN_INLINE void LECTERN_NAME(lectern_two_lanes)(
    const int R, const int U, const LECTERN_SCALAR *d, long stride, const long count,
    const LECTERN_SCALAR *panel, long low, long high, LECTERN_REGISTER total[4][2]) {
  LECTERN_REGISTER a[4][2], b[4][2];
  const LECTERN_SCALAR *x = panel + low * count * U * LECTERN_WIDTH;
  const LECTERN_SCALAR *y = panel + high * count * U * LECTERN_WIDTH;
  const LECTERN_SCALAR *e = d + high;
  d += low;
  LECTERN_UNROLL for (int r = 0; r < R; r++) {
    LECTERN_UNROLL for (int u = 0; u < U; u++) a[r][u] = b[r][u] = (LECTERN_REGISTER)(0);
  }
  for (long g = 0; g < count; g++) {
    LECTERN_UNROLL for (int r = 0; r < R; r++) {
      LECTERN_REGISTER v = (LECTERN_REGISTER)(d[r * stride]), w = (LECTERN_REGISTER)(e[r * stride]);
      LECTERN_UNROLL for (int u = 0; u < U; u++) {
        a[r][u] = __builtin_elementwise_fma(v, *(const LECTERN_REGISTER *)(x + u * LECTERN_WIDTH), a[r][u]);
        b[r][u] = __builtin_elementwise_fma(w, *(const LECTERN_REGISTER *)(y + u * LECTERN_WIDTH), b[r][u]);
      }
    }
    d += LECTERN_LANES;
    e += LECTERN_LANES;
    x += U * LECTERN_WIDTH;
    y += U * LECTERN_WIDTH;
  }
  LECTERN_UNROLL for (int r = 0; r < R; r++) {
    LECTERN_UNROLL for (int u = 0; u < U; u++) total[r][u] = a[r][u] + b[r][u];
  }
}

// R rows × U registers of columns. The tree is walked depth-first, four lanes at a time: only their sums
// leave the registers.
LECTERN_INLINE void LECTERN_NAME(lectern_column_tile)(
    const int R, const int U, const struct LECTERN_NAME(lectern_block) *p, const long count, long row,
    long column, const LECTERN_SCALAR *panel) {
  typedef LECTERN_REGISTER loose __attribute__((aligned(sizeof(LECTERN_SCALAR))));
  enum { lanes = LECTERN_LANES };
  const long stride = p->groups * lanes;
  const LECTERN_SCALAR *d = p->pairs[0].d + p->first * lanes + row * stride;
  LECTERN_REGISTER fours[lanes / 4][4][2];
  for (int q = 0; q < lanes / 4; q++) {
    LECTERN_REGISTER a[4][2], b[4][2];
    const long l = lanes == 16 ? (q >> 1) + 2 * (q & 1) : q;
    LECTERN_NAME(lectern_two_lanes)(R, U, d, stride, count, panel, l, l + lanes / 2, a);
    LECTERN_NAME(lectern_two_lanes)(R, U, d, stride, count, panel, l + lanes / 4, l + 3 * lanes / 4, b);
    LECTERN_UNROLL for (int r = 0; r < R; r++) {
      LECTERN_UNROLL for (int u = 0; u < U; u++) fours[q][r][u] = a[r][u] + b[r][u];
    }
  }
  LECTERN_UNROLL for (int r = 0; r < R; r++) {
    LECTERN_UNROLL for (int u = 0; u < U; u++) {
      LECTERN_REGISTER total = fours[0][r][u] + fours[1][r][u];
      if (lanes == 16) total += fours[lanes / 4 - 2][r][u] + fours[lanes / 4 - 1][r][u];
      loose *place = (loose *)(p->result + (row + r) * p->columns + column + u * LECTERN_WIDTH);
      *place = p->isFirst ? total : *place + total;
    }
  }
}

#define LECTERN_COLUMN_TILE(R, U, COUNT)                                                                     \
  for (; j + R <= p->lastRow; j += R) LECTERN_NAME(lectern_column_tile)(R, U, p, COUNT, j, column, panel);
#if LECTERN_HAS_WIDE_REGISTERS
#define LECTERN_COLUMN_TILES(U, COUNT)                                                                       \
  LECTERN_COLUMN_TILE(4, U, COUNT) LECTERN_COLUMN_TILE(2, U, COUNT) LECTERN_COLUMN_TILE(1, U, COUNT)
#else
#define LECTERN_COLUMN_TILES(U, COUNT) LECTERN_COLUMN_TILE(2, U, COUNT) LECTERN_COLUMN_TILE(1, U, COUNT)
#endif
// All rows of U registers of columns; batches of 32 and 64 with their short loops unrolled.
#define LECTERN_COLUMNS(U)                                                                                   \
  LECTERN_OUTLINE void LECTERN_NAME(lectern_columns_##U)(                                                    \
      const struct LECTERN_NAME(lectern_block) *p, long column, LECTERN_SCALAR *panel) {                     \
    const long stride = p->groups * LECTERN_LANES;                                                           \
    for (int u = 0; u < U; u++)                                                                              \
      LECTERN_NAME(lectern_turn)(                                                                            \
          p->pairs[0].x + p->first * LECTERN_LANES + (column + u * LECTERN_WIDTH) * stride, stride,          \
          p->count, panel + u * LECTERN_WIDTH, U * LECTERN_WIDTH);                                           \
    long j = p->firstRow;                                                                                    \
    if (p->count == 32 / LECTERN_LANES) { LECTERN_COLUMN_TILES(U, 32 / LECTERN_LANES) }                      \
    else if (p->count == 64 / LECTERN_LANES) { LECTERN_COLUMN_TILES(U, 64 / LECTERN_LANES) }                 \
    else { LECTERN_COLUMN_TILES(U, p->count) }                                                               \
  }
LECTERN_COLUMNS(2)
LECTERN_COLUMNS(1)

// The sums of one block. Which way is faster depends on the sizes alone: turning pays if many rows share it,
// and the tree that it saves counts for little in long chains.
static inline void LECTERN_NAME(lectern_contract_block)(
    const struct LECTERN_NAME(lectern_block) *p, LECTERN_SCALAR *panel) {
  const int turns = (LECTERN_HAS_WIDE_REGISTERS || LECTERN_LANES == 16) && p->pairCount == 1 &&
                    (p->count <= 128 / LECTERN_LANES || p->columns >= 64) &&
                    p->lastRow - p->firstRow >= (LECTERN_HAS_WIDE_REGISTERS ? 24 : 16);
  long k = 0;
  if (turns) {
    for (; k + 2 * LECTERN_WIDTH <= p->columns; k += 2 * LECTERN_WIDTH)
      LECTERN_NAME(lectern_columns_2)(p, k, panel);
    if (k + LECTERN_WIDTH <= p->columns) {
      LECTERN_NAME(lectern_columns_1)(p, k, panel);
      k += LECTERN_WIDTH;
    }
  }
  if (k < p->columns) LECTERN_NAME(lectern_contract_lanes)(p, k);
}

LECTERN_OUTLINE void LECTERN_NAME(lectern_contract)(const struct lectern_contraction *c) {
  enum { groupsOfBlock = 256 / LECTERN_LANES };
  LECTERN_SCALAR panel[2 * 256 * LECTERN_WIDTH] __attribute__((aligned(64)));
  struct LECTERN_NAME(lectern_block) block = {
      c->pairs, c->pairCount, c->firstRow, c->lastRow, c->columns, c->groups, 0, 0, c->result, 1};
  for (; block.first < c->groups; block.first += groupsOfBlock) {
    block.count = c->groups - block.first < groupsOfBlock ? c->groups - block.first : groupsOfBlock;
    LECTERN_NAME(lectern_contract_block)(&block, panel);
    block.isFirst = 0;
  }
}

#undef LECTERN_EDGE
#undef LECTERN_COLUMN_TILE
#undef LECTERN_COLUMN_TILES
#undef LECTERN_COLUMNS
#undef LECTERN_UNROLL
