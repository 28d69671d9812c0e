#ifndef JX_ROW_DIFFERENCES_H
#define JX_ROW_DIFFERENCES_H
#include "tile_sums.h"

// Absolute differences of two rows, added to the sums of their units; columns from `count` on add nothing.
//   values[unit of x] += |a(x) − b(x)|
// Written by hand, since the compiler finds neither PSADBW (eights in one instruction) nor PMADDUBSW and
// PMADDWD (quads in two) in plain loops.

JX_BODY jx_add_differences_to_columns(
    uint32_t *restrict values, struct jx_line a, struct jx_line b, size_t count) {
  for (size_t x = 0; x < count; x++) values[x] += jx_difference(a.samples[x], b.samples[x]);
}

#if defined(__x86_64__)
JX_AVX512 JX_INLINE __m512i jx_differences_64(__m512i a, __m512i b, enum jx_unit unit) {
  if (unit == JX_EIGHTS) return _mm512_sad_epu8(a, b);
  const __m512i distance = _mm512_sub_epi8(_mm512_max_epu8(a, b), _mm512_min_epu8(a, b));
  return _mm512_madd_epi16(_mm512_maddubs_epi16(distance, _mm512_set1_epi8(1)), _mm512_set1_epi16(1));
}

JX_AVX512 JX_BODY jx_add_64(uint32_t *values, __m512i addends) {
  _mm512_storeu_si512(values, _mm512_add_epi32(_mm512_loadu_si512(values), addends));
}

JX_AVX512 JX_BODY
jx_add_units_avx512(uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit) {
  size_t x = 0;
  for (; x + 64 <= count; x += 64) {
    const __m512i p = _mm512_loadu_si512(a.samples + x), q = _mm512_loadu_si512(b.samples + x);
    jx_add_64(values + x / 4, jx_differences_64(p, q, unit));
  }
  if (x < count) {
    const __mmask64 rest = jx_mask_64(count - x);
    const __m512i p = _mm512_maskz_loadu_epi8(rest, a.samples + x);
    const __m512i q = _mm512_maskz_loadu_epi8(rest, b.samples + x);
    jx_add_64(values + x / 4, jx_differences_64(p, q, unit));
  }
}

JX_AVX512 static inline void jx_add_differences_avx512(
    uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit) {
  switch (unit) {
    case JX_EIGHTS: jx_add_units_avx512(values, a, b, count, JX_EIGHTS); break;
    case JX_QUADS: jx_add_units_avx512(values, a, b, count, JX_QUADS); break;
    default: jx_add_differences_to_columns(values, a, b, count);
  }
}

JX_AVX2 JX_INLINE __m256i jx_differences_32(__m256i a, __m256i b, enum jx_unit unit) {
  if (unit == JX_EIGHTS) return _mm256_sad_epu8(a, b);
  const __m256i distance = _mm256_sub_epi8(_mm256_max_epu8(a, b), _mm256_min_epu8(a, b));
  return _mm256_madd_epi16(_mm256_maddubs_epi16(distance, _mm256_set1_epi8(1)), _mm256_set1_epi16(1));
}

JX_AVX2 JX_BODY jx_add_32(uint32_t *values, __m256i addends) {
  jx_store_32(values, _mm256_add_epi32(jx_load_32(values), addends));
}

JX_AVX2 JX_BODY
jx_add_units_avx2(uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit) {
  size_t x = 0;
  for (; x + 32 <= count; x += 32)
    jx_add_32(values + x / 4, jx_differences_32(jx_load_32(a.samples + x), jx_load_32(b.samples + x), unit));
  if (x < count)
    jx_add_32(values + x / 4, jx_differences_32(jx_rest_32(a, x, count), jx_rest_32(b, x, count), unit));
}

JX_AVX2 static inline void jx_add_differences_avx2(
    uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit) {
  switch (unit) {
    case JX_EIGHTS: jx_add_units_avx2(values, a, b, count, JX_EIGHTS); break;
    case JX_QUADS: jx_add_units_avx2(values, a, b, count, JX_QUADS); break;
    default: jx_add_differences_to_columns(values, a, b, count);
  }
}

JX_BODY jx_add_differences(
    uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit,
    enum jx_tier tier) {
  if (tier == JX_TIER_AVX512) {
    jx_add_differences_avx512(values, a, b, count, unit);
  } else {
    jx_add_differences_avx2(values, a, b, count, unit);
  }
}
#else
JX_BODY jx_add_differences(
    uint32_t *values, struct jx_line a, struct jx_line b, size_t count, enum jx_unit unit,
    enum jx_tier tier) {
  (void)tier;
  if (unit == JX_COLUMNS) {
    jx_add_differences_to_columns(values, a, b, count);
  } else {
    for (size_t x = 0; x < count; x++) values[x / 4] += jx_difference(a.samples[x], b.samples[x]);
  }
}
#endif
#endif
