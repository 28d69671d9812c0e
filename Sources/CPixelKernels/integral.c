// Sums of all samples above and to the left.
//   sums(x, y) = Σ p(i, j)  over i < x, j < y, wrapping at 2³²
// (w + 1) x (h + 1) numbers, row 0 and column 0 zero.
// Exact, no rounding. Reads 1 byte a sample and 4 of the row above, writes 4.
#include "tiers.h"

/// Columns from x on of a row, whose samples before x have the sum given.
JX_BODY add_rest(
    uint32_t *restrict row, const uint32_t *restrict above, const uint8_t *restrict samples, size_t x,
    size_t count, uint32_t sum) {
  for (; x < count; x++) {
    sum += samples[x];
    row[x] = above[x] + sum;
  }
}

#if defined(__x86_64__)
// Running sums inside a vector: each step adds what lies 1, 2, 4, 8 lanes before; the last lane has them all.
JX_AVX512 static void add_row_avx512(
    uint32_t *row, const uint32_t *above, const uint8_t *samples, size_t count) {
  const __m512i zero = _mm512_setzero_si512(), last_lane = _mm512_set1_epi32(15);
  __m512i before = zero;
  size_t x = 0;
  for (; x + 16 <= count; x += 16) {
    __m512i sums = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(samples + x)));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 15));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 14));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 12));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 8));
    sums = _mm512_add_epi32(sums, before);
    _mm512_storeu_si512(row + x, _mm512_add_epi32(sums, _mm512_loadu_si512(above + x)));
    before = _mm512_permutexvar_epi32(last_lane, sums);
  }
  add_rest(row, above, samples, x, count, (uint32_t)_mm512_cvtsi512_si32(before));
}

JX_AVX2 static void add_row_avx2(uint32_t *row, const uint32_t *above, const uint8_t *samples, size_t count) {
  const __m256i last_lane = _mm256_set1_epi32(7);
  __m256i before = _mm256_setzero_si256();
  size_t x = 0;
  for (; x + 8 <= count; x += 8) {
    __m256i sums = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(samples + x)));
    sums = _mm256_add_epi32(sums, _mm256_slli_si256(sums, 4));
    sums = _mm256_add_epi32(sums, _mm256_slli_si256(sums, 8));
    // The shifts stay inside each half: the upper one lacks the sum of the lower one.
    const __m256i lower = _mm256_permute2x128_si256(sums, sums, 0x08);
    sums = _mm256_add_epi32(_mm256_add_epi32(sums, _mm256_shuffle_epi32(lower, 0xFF)), before);
    jx_store_32(row + x, _mm256_add_epi32(sums, jx_load_32(above + x)));
    before = _mm256_permutevar8x32_epi32(sums, last_lane);
  }
  add_rest(row, above, samples, x, count, (uint32_t)_mm256_cvtsi256_si32(before));
}
#endif

JX_BODY add_row(
    uint32_t *row, const uint32_t *above, const uint8_t *samples, size_t count, enum jx_tier tier) {
#if defined(__x86_64__)
  if (tier == JX_TIER_AVX512) {
    add_row_avx512(row, above, samples, count);
  } else {
    add_row_avx2(row, above, samples, count);
  }
#else
  (void)tier;
  add_rest(row, above, samples, 0, count, 0);
#endif
}

JX_BODY integral(struct jx_plane plane, uint32_t *sums, enum jx_tier tier) {
  const size_t stride = plane.width + 1;
  memset(sums, 0, stride * sizeof sums[0]);
  for (size_t y = 0; y < plane.height; y++) {
    uint32_t *row = sums + (y + 1) * stride;
    row[0] = 0;
    add_row(row + 1, row + 1 - stride, plane.base + y * plane.stride, plane.width, tier);
  }
}

JX_AVX2 void jx_integral_avx2(struct jx_plane plane, uint32_t *sums) { integral(plane, sums, JX_TIER_AVX2); }

JX_AVX512 void jx_integral_avx512(struct jx_plane plane, uint32_t *sums) {
  integral(plane, sums, JX_TIER_AVX512);
}
