// The few vector operations that Swift's SIMD types compile to loops over single lanes, which the optimizer
// does not always put together again: fused multiply-add, square roots, choices, and the shuffles of the tree
// sums. Each is one instruction or two on every processor and rounds as IEEE 754 says, so that the bits are
// those of the loops.
#ifndef LECTERN_VECTORS_H
#define LECTERN_VECTORS_H

#define LECTERN_INLINE static inline __attribute__((always_inline))
#define LECTERN_OUTLINE static inline __attribute__((noinline))

typedef float lectern_float16 __attribute__((ext_vector_type(16)));
typedef double lectern_double8 __attribute__((ext_vector_type(8)));

// c + a * b, rounded once.
LECTERN_INLINE lectern_float16 lectern_fma_float16(lectern_float16 c, lectern_float16 a, lectern_float16 b) {
  return __builtin_elementwise_fma(a, b, c);
}
LECTERN_INLINE lectern_double8 lectern_fma_double8(lectern_double8 c, lectern_double8 a, lectern_double8 b) {
  return __builtin_elementwise_fma(a, b, c);
}

LECTERN_INLINE lectern_float16 lectern_sqrt_float16(lectern_float16 x) {
  return __builtin_elementwise_sqrt(x);
}
LECTERN_INLINE lectern_double8 lectern_sqrt_double8(lectern_double8 x) {
  return __builtin_elementwise_sqrt(x);
}

typedef int lectern_int16 __attribute__((ext_vector_type(16)));
typedef long long lectern_long8 __attribute__((ext_vector_type(8)));

// `value` where `test` is above zero or NaN, +0 elsewhere.
LECTERN_INLINE lectern_float16 lectern_positive_float16(lectern_float16 value, lectern_float16 test) {
  lectern_int16 kept = ~(lectern_int16)(test <= 0.0f);
  return (lectern_float16)((lectern_int16)value & kept);
}
LECTERN_INLINE lectern_double8 lectern_positive_double8(lectern_double8 value, lectern_double8 test) {
  lectern_long8 kept = ~(lectern_long8)(test <= 0.0);
  return (lectern_double8)((lectern_long8)value & kept);
}

// The value, but not above or below a limit; NaN stays.
LECTERN_INLINE lectern_float16 lectern_at_most_float16(lectern_float16 x, lectern_float16 limit) {
  lectern_int16 over = (lectern_int16)(x > limit);
  return (lectern_float16)(((lectern_int16)x & ~over) | ((lectern_int16)limit & over));
}
LECTERN_INLINE lectern_float16 lectern_at_least_float16(lectern_float16 x, lectern_float16 limit) {
  lectern_int16 under = (lectern_int16)(x < limit);
  return (lectern_float16)(((lectern_int16)x & ~under) | ((lectern_int16)limit & under));
}
LECTERN_INLINE lectern_double8 lectern_at_most_double8(lectern_double8 x, lectern_double8 limit) {
  lectern_long8 over = (lectern_long8)(x > limit);
  return (lectern_double8)(((lectern_long8)x & ~over) | ((lectern_long8)limit & over));
}
LECTERN_INLINE lectern_double8 lectern_at_least_double8(lectern_double8 x, lectern_double8 limit) {
  lectern_long8 under = (lectern_long8)(x < limit);
  return (lectern_double8)(((lectern_long8)x & ~under) | ((lectern_long8)limit & under));
}

// Low half plus high half of each: eight sums of the first, then eight of the second.
LECTERN_INLINE lectern_float16 lectern_fold8(lectern_float16 a, lectern_float16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
         __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

// The same within runs of eight: each argument holds two.
LECTERN_INLINE lectern_float16 lectern_fold4(lectern_float16 a, lectern_float16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
         __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}

// Within runs of four.
LECTERN_INLINE lectern_float16 lectern_fold2(lectern_float16 a, lectern_float16 b) {
  return __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29) +
         __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
}

// Within pairs.
LECTERN_INLINE lectern_float16 lectern_fold1(lectern_float16 a, lectern_float16 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

LECTERN_INLINE lectern_double8 lectern_fold4_double(lectern_double8 a, lectern_double8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}

LECTERN_INLINE lectern_double8 lectern_fold2_double(lectern_double8 a, lectern_double8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13) +
         __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
}

LECTERN_INLINE lectern_double8 lectern_fold1_double(lectern_double8 a, lectern_double8 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14) +
         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}

// The sums of the lanes of as many vectors as there are lanes, each by the fixed tree; lane i is that of
// vector i.
LECTERN_INLINE lectern_float16 lectern_trees_float(const void *vectors) {
  const lectern_float16 *v = vectors;
  lectern_float16 a = lectern_fold4(lectern_fold8(v[0], v[1]), lectern_fold8(v[2], v[3]));
  lectern_float16 b = lectern_fold4(lectern_fold8(v[4], v[5]), lectern_fold8(v[6], v[7]));
  lectern_float16 c = lectern_fold4(lectern_fold8(v[8], v[9]), lectern_fold8(v[10], v[11]));
  lectern_float16 d = lectern_fold4(lectern_fold8(v[12], v[13]), lectern_fold8(v[14], v[15]));
  return lectern_fold1(lectern_fold2(a, b), lectern_fold2(c, d));
}
LECTERN_INLINE lectern_double8 lectern_trees_double(const void *vectors) {
  const lectern_double8 *v = vectors;
  lectern_double8 a =
      lectern_fold2_double(lectern_fold4_double(v[0], v[1]), lectern_fold4_double(v[2], v[3]));
  lectern_double8 b =
      lectern_fold2_double(lectern_fold4_double(v[4], v[5]), lectern_fold4_double(v[6], v[7]));
  return lectern_fold1_double(a, b);
}

// A whole register of numbers, sixteen of which the processor has at least: thirty-two with AVX-512.
#ifdef __AVX512F__
#define LECTERN_HAS_WIDE_REGISTERS 1
typedef lectern_float16 lectern_register_float;
typedef lectern_double8 lectern_register_double;
#define LECTERN_FLOATS 16
#define LECTERN_DOUBLES 8
#else
#define LECTERN_HAS_WIDE_REGISTERS 0
typedef float lectern_register_float __attribute__((ext_vector_type(8)));
typedef double lectern_register_double __attribute__((ext_vector_type(4)));
#define LECTERN_FLOATS 8
#define LECTERN_DOUBLES 4
#endif

#endif
