// Products of matrices, y = start + A b, where every number of y is one chain of fused multiply-adds over the
// steps in order: in float and in double.
#ifndef LECTERN_PRODUCTS_H
#define LECTERN_PRODUCTS_H

#include "vectors.h"

// A product of numbers of either type.
struct lectern_product {
  // `columns` is a multiple of the lanes of a group.
  long rows, columns, steps;
  // A is stored either way: its rows lie `aRow` numbers apart, its steps `aStep`.
  const void *a;
  long aRow, aStep;
  const void *b;
  long bStep;
  // What the chains start from: +0 (kind 0), a number a row (1), or values laid out like y (2), perhaps y
  // itself.
  int startKind;
  const void *start;
  long startRow;
  void *y;
  long yRow;
};

#if LECTERN_HAS_WIDE_REGISTERS
// The rows of a tile: twelve rows of two registers are 24 sums, which leaves eight registers for factors.
#define LECTERN_ROWS 12
#else
// Six rows of two registers.
#define LECTERN_ROWS 6
#endif
// The steps that a block of copied operands holds: of b, the two registers of every step fill most of a
// nearest cache.
#define LECTERN_STEPS 256
// Rows that lie further apart, in bytes, fall on few sets of a cache and on a page each: they are copied.
#define LECTERN_FAR 2048

#define LECTERN_NAME(name) name##_float
#define LECTERN_SCALAR float
#define LECTERN_REGISTER lectern_register_float
#define LECTERN_WIDTH LECTERN_FLOATS
#include "product-tiles.h"
#undef LECTERN_NAME
#undef LECTERN_SCALAR
#undef LECTERN_REGISTER
#undef LECTERN_WIDTH

#define LECTERN_NAME(name) name##_double
#define LECTERN_SCALAR double
#define LECTERN_REGISTER lectern_register_double
#define LECTERN_WIDTH LECTERN_DOUBLES
#include "product-tiles.h"
#undef LECTERN_NAME
#undef LECTERN_SCALAR
#undef LECTERN_REGISTER
#undef LECTERN_WIDTH

#endif
