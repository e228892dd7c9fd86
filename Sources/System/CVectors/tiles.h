// Register tiles of products whose operands lie in rows of lane groups: R rows of the result times G lane groups are
// kept in registers over the whole chain. Written with constant bounds, so that every accumulator gets a register.
#ifndef LECTERN_TILES_H
#define LECTERN_TILES_H

#include "vectors.h"

#define LECTERN_FOR(i, n) _Pragma("clang loop unroll(full)") for (int i = 0; i < (n); i++)

// Which runs of rows a chain goes over: `height` times `width` of them, neighbors `down` or `right` rows apart, their
// weights `w_down` or `w_right` numbers.
typedef struct {
  long height, width, down, right, w_down, w_right;
} lectern_window;

// y[i] = start[i] + Σ w[i, t] x[t], the chain over the runs of a window in order. Rows of x lie `groups` vectors apart,
// rows of w `w_stride`.
#define LECTERN_CONVOLVE(NAME, SCALAR, VECTOR, R, G)                                                    \
  static inline void NAME(const SCALAR *w, long w_stride, const SCALAR *start, const SCALAR *x_rows,    \
                          const lectern_window *window, long run, long groups, SCALAR *y_rows,          \
                          long y_stride) {                                                              \
    const VECTOR *x = (const VECTOR *)x_rows;                                                           \
    VECTOR *y = (VECTOR *)y_rows;                                                                       \
    VECTOR a[R][G];                                                                                     \
    LECTERN_FOR(i, R) LECTERN_FOR(g, G) a[i][g] = (VECTOR)0 + (start ? start[i] : (SCALAR)0);           \
    for (long down = 0; down < window->height; down++) {                                                \
      for (long right = 0; right < window->width; right++) {                                            \
        const VECTOR *p = x + (down * window->down + right * window->right) * groups;                   \
        const SCALAR *q = w + (down * window->w_down + right * window->w_right);                        \
        for (long t = 0; t < run; t++) {                                                                \
          VECTOR v[G];                                                                                  \
          LECTERN_FOR(g, G) v[g] = p[g];                                                                \
          LECTERN_FOR(i, R) {                                                                           \
            VECTOR b = (VECTOR)0 + q[i * w_stride + t];                                                 \
            LECTERN_FOR(g, G) a[i][g] = __builtin_elementwise_fma(b, v[g], a[i][g]);                    \
          }                                                                                             \
          p += groups;                                                                                  \
        }                                                                                               \
      }                                                                                                 \
    }                                                                                                   \
    LECTERN_FOR(i, R) LECTERN_FOR(g, G) y[i * y_stride + g] = a[i][g];                                  \
  }

// z[i] = Σ w[t, i] d[t] for runs of `count` rows of d in order; rows of w lie `w_stride` apart, rows of z `z_stride`.
#define LECTERN_ACCUMULATE(NAME, SCALAR, VECTOR, R, G)                                                  \
  static inline void NAME(const SCALAR *w, long w_stride, const SCALAR *d_rows,                         \
                          const lectern_window *window, long count, long groups, SCALAR *z_rows,        \
                          long z_stride) {                                                              \
    const VECTOR *d = (const VECTOR *)d_rows;                                                           \
    VECTOR *z = (VECTOR *)z_rows;                                                                       \
    VECTOR a[R][G];                                                                                     \
    LECTERN_FOR(i, R) LECTERN_FOR(g, G) a[i][g] = (VECTOR)0;                                            \
    for (long down = 0; down < window->height; down++) {                                                \
      for (long right = 0; right < window->width; right++) {                                            \
        const VECTOR *p = d + (down * window->down + right * window->right) * groups;                   \
        const SCALAR *q = w + (down * window->w_down + right * window->w_right);                        \
        for (long t = 0; t < count; t++) {                                                              \
          VECTOR v[G];                                                                                  \
          LECTERN_FOR(g, G) v[g] = p[g];                                                                \
          LECTERN_FOR(i, R) {                                                                           \
            VECTOR b = (VECTOR)0 + q[i];                                                                \
            LECTERN_FOR(g, G) a[i][g] = __builtin_elementwise_fma(b, v[g], a[i][g]);                    \
          }                                                                                             \
          p += groups;                                                                                  \
          q += w_stride;                                                                                \
        }                                                                                               \
      }                                                                                                 \
    }                                                                                                   \
    LECTERN_FOR(i, R) LECTERN_FOR(g, G) z[i * z_stride + g] = a[i][g];                                  \
  }

// sums[i · C + j] = Σ d[p, i] x[p, j] lane by lane: positions in order, within a position its lane groups in order.
// Positions are `height` rows of `width` each; strides count vectors.
#define LECTERN_CORRELATE(NAME, SCALAR, VECTOR, R, C)                                                   \
  static inline void NAME(const SCALAR *d_rows, long d_row, const SCALAR *x_rows, long x_row, long height,\
                          long width, long d_down, long d_right, long x_down, long x_right, long groups,\
                          SCALAR *sum_rows) {                                                           \
    const VECTOR *d = (const VECTOR *)d_rows, *x = (const VECTOR *)x_rows;                              \
    VECTOR *sums = (VECTOR *)sum_rows;                                                                  \
    VECTOR a[R][C];                                                                                     \
    LECTERN_FOR(i, R) LECTERN_FOR(j, C) a[i][j] = (VECTOR)0;                                            \
    for (long v = 0; v < height; v++) {                                                                 \
      const VECTOR *dp = d + v * d_down, *xp = x + v * x_down;                                          \
      for (long h = 0; h < width; h++) {                                                                \
        for (long g = 0; g < groups; g++) {                                                             \
          VECTOR e[C];                                                                                  \
          LECTERN_FOR(j, C) e[j] = xp[j * x_row + g];                                                   \
          LECTERN_FOR(i, R) {                                                                           \
            VECTOR b = dp[i * d_row + g];                                                               \
            LECTERN_FOR(j, C) a[i][j] = __builtin_elementwise_fma(b, e[j], a[i][j]);                    \
          }                                                                                             \
        }                                                                                               \
        dp += d_right;                                                                                  \
        xp += x_right;                                                                                  \
      }                                                                                                 \
    }                                                                                                   \
    LECTERN_FOR(i, R) LECTERN_FOR(j, C) sums[i * C + j] = a[i][j];                                      \
  }

// c[i, j] = Σ a[i, k] b[k, j] lane by lane, the chain over k in order; strides count vectors.
#define LECTERN_MULTIPLY_LANES(NAME, SCALAR, VECTOR, R, C)                                              \
  static inline void NAME(const SCALAR *a_rows, long a_row, long a_step, const SCALAR *b_rows, long b_step,\
                          long b_column, long inner, SCALAR *c_rows, long c_row, long c_column) {       \
    const VECTOR *a = (const VECTOR *)a_rows, *b = (const VECTOR *)b_rows;                              \
    VECTOR *c = (VECTOR *)c_rows;                                                                       \
    VECTOR s[R][C];                                                                                     \
    LECTERN_FOR(i, R) LECTERN_FOR(j, C) s[i][j] = (VECTOR)0;                                            \
    for (long k = 0; k < inner; k++) {                                                                  \
      VECTOR e[C];                                                                                      \
      LECTERN_FOR(j, C) e[j] = b[j * b_column];                                                         \
      LECTERN_FOR(i, R) {                                                                               \
        VECTOR v = a[i * a_row];                                                                        \
        LECTERN_FOR(j, C) s[i][j] = __builtin_elementwise_fma(v, e[j], s[i][j]);                        \
      }                                                                                                 \
      a += a_step;                                                                                      \
      b += b_step;                                                                                      \
    }                                                                                                   \
    LECTERN_FOR(i, R) LECTERN_FOR(j, C) c[i * c_row + j * c_column] = s[i][j];                          \
  }

#define LECTERN_TILES(SCALAR, VECTOR, SUFFIX)                                                           \
  LECTERN_CONVOLVE(lectern_convolve_6x4_##SUFFIX, SCALAR, VECTOR, 6, 4)                                 \
  LECTERN_CONVOLVE(lectern_convolve_6x2_##SUFFIX, SCALAR, VECTOR, 6, 2)                                 \
  LECTERN_CONVOLVE(lectern_convolve_6x1_##SUFFIX, SCALAR, VECTOR, 6, 1)                                 \
  LECTERN_CONVOLVE(lectern_convolve_4x4_##SUFFIX, SCALAR, VECTOR, 4, 4)                                 \
  LECTERN_CONVOLVE(lectern_convolve_4x2_##SUFFIX, SCALAR, VECTOR, 4, 2)                                 \
  LECTERN_CONVOLVE(lectern_convolve_4x1_##SUFFIX, SCALAR, VECTOR, 4, 1)                                 \
  LECTERN_CONVOLVE(lectern_convolve_1x4_##SUFFIX, SCALAR, VECTOR, 1, 4)                                 \
  LECTERN_CONVOLVE(lectern_convolve_1x2_##SUFFIX, SCALAR, VECTOR, 1, 2)                                 \
  LECTERN_CONVOLVE(lectern_convolve_1x1_##SUFFIX, SCALAR, VECTOR, 1, 1)                                 \
  LECTERN_ACCUMULATE(lectern_accumulate_6x4_##SUFFIX, SCALAR, VECTOR, 6, 4)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_6x2_##SUFFIX, SCALAR, VECTOR, 6, 2)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_6x1_##SUFFIX, SCALAR, VECTOR, 6, 1)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_4x4_##SUFFIX, SCALAR, VECTOR, 4, 4)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_4x2_##SUFFIX, SCALAR, VECTOR, 4, 2)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_4x1_##SUFFIX, SCALAR, VECTOR, 4, 1)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_1x4_##SUFFIX, SCALAR, VECTOR, 1, 4)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_1x2_##SUFFIX, SCALAR, VECTOR, 1, 2)                             \
  LECTERN_ACCUMULATE(lectern_accumulate_1x1_##SUFFIX, SCALAR, VECTOR, 1, 1)                             \
  LECTERN_CORRELATE(lectern_correlate_6x4_##SUFFIX, SCALAR, VECTOR, 6, 4)                               \
  LECTERN_CORRELATE(lectern_correlate_6x1_##SUFFIX, SCALAR, VECTOR, 6, 1)                               \
  LECTERN_CORRELATE(lectern_correlate_4x4_##SUFFIX, SCALAR, VECTOR, 4, 4)                               \
  LECTERN_CORRELATE(lectern_correlate_4x1_##SUFFIX, SCALAR, VECTOR, 4, 1)                               \
  LECTERN_CORRELATE(lectern_correlate_1x4_##SUFFIX, SCALAR, VECTOR, 1, 4)                               \
  LECTERN_CORRELATE(lectern_correlate_1x1_##SUFFIX, SCALAR, VECTOR, 1, 1)                               \
  LECTERN_MULTIPLY_LANES(lectern_multiply_lanes_4x4_##SUFFIX, SCALAR, VECTOR, 4, 4)                     \
  LECTERN_MULTIPLY_LANES(lectern_multiply_lanes_4x1_##SUFFIX, SCALAR, VECTOR, 4, 1)                     \
  LECTERN_MULTIPLY_LANES(lectern_multiply_lanes_1x4_##SUFFIX, SCALAR, VECTOR, 1, 4)                     \
  LECTERN_MULTIPLY_LANES(lectern_multiply_lanes_1x1_##SUFFIX, SCALAR, VECTOR, 1, 1)                            

LECTERN_TILES(float, lectern_float16, float16)
LECTERN_TILES(double, lectern_double8, double8)

#endif
