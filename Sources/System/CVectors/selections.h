// Comparisons and choices of vectors: one or two instructions each, where Swift's SIMD types compile to loops over
// lanes.
#ifndef LECTERN_SELECTIONS_H
#define LECTERN_SELECTIONS_H

#include "vectors.h"

#define LECTERN_SELECTIONS(VECTOR, MASK, SUFFIX, ONE)                                                    \
  /* `x` where a > b or a is NaN, else `y`. */                                                           \
  static inline VECTOR lectern_select_greater_##SUFFIX(VECTOR a, VECTOR b, VECTOR x, VECTOR y) {         \
    MASK m = ~(MASK)(a <= b);                                                                            \
    return (VECTOR)(((MASK)x & m) | ((MASK)y & ~m));                                                     \
  }                                                                                                      \
  /* `x` where a = b, else `y`. */                                                                       \
  static inline VECTOR lectern_select_equal_##SUFFIX(VECTOR a, VECTOR b, VECTOR x, VECTOR y) {           \
    MASK m = (MASK)(a == b);                                                                             \
    return (VECTOR)(((MASK)x & m) | ((MASK)y & ~m));                                                     \
  }                                                                                                      \
  /* `x` where the condition is not zero, else `y`. */                                                   \
  static inline VECTOR lectern_select_##SUFFIX(VECTOR condition, VECTOR x, VECTOR y) {                   \
    MASK m = (MASK)(condition != (VECTOR)0);                                                             \
    return (VECTOR)(((MASK)x & m) | ((MASK)y & ~m));                                                     \
  }                                                                                                      \
  /* The larger and the smaller of two; NaN if either is. */                                             \
  static inline VECTOR lectern_maximum_##SUFFIX(VECTOR a, VECTOR b) {                                    \
    MASK m = (MASK)(a > b) | (MASK)(a != a);                                                             \
    return (VECTOR)(((MASK)a & m) | ((MASK)b & ~m));                                                     \
  }                                                                                                      \
  static inline VECTOR lectern_minimum_##SUFFIX(VECTOR a, VECTOR b) {                                    \
    MASK m = (MASK)(a < b) | (MASK)(a != a);                                                             \
    return (VECTOR)(((MASK)a & m) | ((MASK)b & ~m));                                                     \
  }                                                                                                      \
  /* 1 where a < b, 1 where a = b, else 0. */                                                            \
  static inline VECTOR lectern_less_##SUFFIX(VECTOR a, VECTOR b) {                                       \
    return (VECTOR)((MASK)((VECTOR)0 + ONE) & (MASK)(a < b));                                            \
  }                                                                                                      \
  static inline VECTOR lectern_equal_##SUFFIX(VECTOR a, VECTOR b) {                                      \
    return (VECTOR)((MASK)((VECTOR)0 + ONE) & (MASK)(a == b));                                           \
  }                                                                                                      \
  static inline VECTOR lectern_magnitude_##SUFFIX(VECTOR x) { return __builtin_elementwise_abs(x); }     \
  /* −1, 0 or 1. */                                                                                      \
  static inline VECTOR lectern_sign_##SUFFIX(VECTOR x) {                                                 \
    return lectern_less_##SUFFIX((VECTOR)0, x) - lectern_less_##SUFFIX(x, (VECTOR)0);                    \
  }

LECTERN_SELECTIONS(lectern_float16, lectern_int16, float16, 1.0f)
LECTERN_SELECTIONS(lectern_double8, lectern_long8, double8, 1.0)

#endif
