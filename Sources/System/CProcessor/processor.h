// The vector instructions a translation unit is built for, and those that the running processor has.
// Bits: 1 FMA, 2 AVX2, 4 AVX-512F, 8 AVX-512BW, 16 AVX-512DQ, 32 AVX-512VL.
#ifndef LECTERN_PROCESSOR_H
#define LECTERN_PROCESSOR_H

static inline unsigned lectern_built_features(void) {
  unsigned features = 0;
#ifdef __FMA__
  features |= 1;
#endif
#ifdef __AVX2__
  features |= 2;
#endif
#ifdef __AVX512F__
  features |= 4;
#endif
#ifdef __AVX512BW__
  features |= 8;
#endif
#ifdef __AVX512DQ__
  features |= 16;
#endif
#ifdef __AVX512VL__
  features |= 32;
#endif
  return features;
}

#if defined(__x86_64__)
static inline void lectern_cpuid(unsigned leaf, unsigned subleaf, unsigned *b, unsigned *c) {
  unsigned a, d;
  __asm__ volatile("cpuid" : "=a"(a), "=b"(*b), "=c"(*c), "=d"(d) : "a"(leaf), "c"(subleaf));
}

static inline unsigned lectern_running_features(void) {
  unsigned b1, c1, b7, c7, features = 0, low, high;
  lectern_cpuid(1, 0, &b1, &c1);
  if (!(c1 & (1u << 27))) return 0; // the operating system does not save vector registers
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 0x6) != 0x6) return 0;
  lectern_cpuid(7, 0, &b7, &c7);
  if (c1 & (1u << 12)) features |= 1;
  if (b7 & (1u << 5)) features |= 2;
  if ((low & 0xe6) == 0xe6) {
    if (b7 & (1u << 16)) features |= 4;
    if (b7 & (1u << 30)) features |= 8;
    if (b7 & (1u << 17)) features |= 16;
    if (b7 & (1u << 31)) features |= 32;
  }
  return features;
}
#else
static inline unsigned lectern_running_features(void) { return lectern_built_features(); }
#endif

#endif
