// Sums over samples of products, result[j, k] = Σ d[j, s] x[k, s], in the one order that is their definition,
// in float and in double.
#ifndef LECTERN_CONTRACTIONS_H
#define LECTERN_CONTRACTIONS_H

#include "vectors.h"

// A contraction of numbers of either type.
struct lectern_contraction {
  // Pairs of pointers to d and x.
  const void *pairs;
  long pairCount;
  // Rows `firstRow` ..< `lastRow` of the result are computed, all of its columns.
  long firstRow, lastRow, columns;
  // Lane groups of an element of d and x.
  long groups;
  void *result;
};

// Lanes of both in turn, of their first and of their second halves: steps of turning a square of numbers.
#if LECTERN_HAS_WIDE_REGISTERS
LECTERN_INLINE lectern_register_float lectern_low_float(lectern_register_float a, lectern_register_float b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
LECTERN_INLINE lectern_register_float lectern_high_float(lectern_register_float a, lectern_register_float b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
LECTERN_INLINE lectern_register_double lectern_low_double(
    lectern_register_double a, lectern_register_double b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
LECTERN_INLINE lectern_register_double lectern_high_double(
    lectern_register_double a, lectern_register_double b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
#else
LECTERN_INLINE lectern_register_float lectern_low_float(lectern_register_float a, lectern_register_float b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
LECTERN_INLINE lectern_register_float lectern_high_float(lectern_register_float a, lectern_register_float b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
LECTERN_INLINE lectern_register_double lectern_low_double(
    lectern_register_double a, lectern_register_double b) {
  return __builtin_shufflevector(a, b, 0, 4, 1, 5);
}
LECTERN_INLINE lectern_register_double lectern_high_double(
    lectern_register_double a, lectern_register_double b) {
  return __builtin_shufflevector(a, b, 2, 6, 3, 7);
}
#endif

#define LECTERN_NAME(name) name##_float
#define LECTERN_SCALAR float
#define LECTERN_REGISTER lectern_register_float
#define LECTERN_WIDTH LECTERN_FLOATS
#define LECTERN_GROUP lectern_float16
#define LECTERN_LANES 16
#include "contraction-tiles.h"
#undef LECTERN_NAME
#undef LECTERN_SCALAR
#undef LECTERN_REGISTER
#undef LECTERN_WIDTH
#undef LECTERN_GROUP
#undef LECTERN_LANES

#define LECTERN_NAME(name) name##_double
#define LECTERN_SCALAR double
#define LECTERN_REGISTER lectern_register_double
#define LECTERN_WIDTH LECTERN_DOUBLES
#define LECTERN_GROUP lectern_double8
#define LECTERN_LANES 8
#include "contraction-tiles.h"
#undef LECTERN_NAME
#undef LECTERN_SCALAR
#undef LECTERN_REGISTER
#undef LECTERN_WIDTH
#undef LECTERN_GROUP
#undef LECTERN_LANES

#endif
