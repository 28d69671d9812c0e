// Sum and sum of squares of each tile.
//   sums[t] = Σ p,  squares[t] = Σ p²  over the tile's samples. Exact, no rounding.
// Reads 1 byte a sample; writes 8 bytes a tile.
#include "tile_sums.h"

JX_BODY add_to_columns(
    uint32_t *restrict sums, uint32_t *restrict squares, struct jx_line line, size_t count) {
  for (size_t x = 0; x < count; x++) {
    const uint32_t value = line.samples[x];
    sums[x] += value;
    squares[x] += value * value;
  }
}

#if defined(__x86_64__)
// The samples of even and of odd columns as 16-bit numbers: PMADDWD gives the squares of two of them at once.
JX_AVX512 JX_BODY add_64(uint32_t *sums, uint32_t *squares, __m512i samples) {
  const __m512i even = _mm512_and_si512(samples, _mm512_set1_epi16(255)), odd = _mm512_srli_epi16(samples, 8);
  const __m512i square = _mm512_add_epi32(_mm512_madd_epi16(even, even), _mm512_madd_epi16(odd, odd));
  const __m512i sum = _mm512_madd_epi16(_mm512_add_epi16(even, odd), _mm512_set1_epi16(1));
  _mm512_storeu_si512(sums, _mm512_add_epi32(_mm512_loadu_si512(sums), sum));
  _mm512_storeu_si512(squares, _mm512_add_epi32(_mm512_loadu_si512(squares), square));
}

JX_AVX512 static void add_to_quads_avx512(
    uint32_t *sums, uint32_t *squares, struct jx_line line, size_t count) {
  size_t x = 0;
  for (; x + 64 <= count; x += 64)
    add_64(sums + x / 4, squares + x / 4, _mm512_loadu_si512(line.samples + x));
  if (x < count) {
    const __m512i rest = _mm512_maskz_loadu_epi8(jx_mask_64(count - x), line.samples + x);
    add_64(sums + x / 4, squares + x / 4, rest);
  }
}

JX_AVX2 JX_BODY add_32(uint32_t *sums, uint32_t *squares, __m256i samples) {
  const __m256i even = _mm256_and_si256(samples, _mm256_set1_epi16(255)), odd = _mm256_srli_epi16(samples, 8);
  const __m256i square = _mm256_add_epi32(_mm256_madd_epi16(even, even), _mm256_madd_epi16(odd, odd));
  const __m256i sum = _mm256_madd_epi16(_mm256_add_epi16(even, odd), _mm256_set1_epi16(1));
  jx_store_32(sums, _mm256_add_epi32(jx_load_32(sums), sum));
  jx_store_32(squares, _mm256_add_epi32(jx_load_32(squares), square));
}

JX_AVX2 static void add_to_quads_avx2(uint32_t *sums, uint32_t *squares, struct jx_line line, size_t count) {
  size_t x = 0;
  for (; x + 32 <= count; x += 32) add_32(sums + x / 4, squares + x / 4, jx_load_32(line.samples + x));
  if (x < count) add_32(sums + x / 4, squares + x / 4, jx_rest_32(line, x, count));
}

JX_BODY add_to_quads(
    uint32_t *sums, uint32_t *squares, struct jx_line line, size_t count, enum jx_tier tier) {
  if (tier == JX_TIER_AVX512) {
    add_to_quads_avx512(sums, squares, line, count);
  } else {
    add_to_quads_avx2(sums, squares, line, count);
  }
}
#else
JX_BODY add_to_quads(
    uint32_t *sums, uint32_t *squares, struct jx_line line, size_t count, enum jx_tier tier) {
  (void)tier;
  for (size_t x = 0; x < count; x++) {
    const uint32_t value = line.samples[x];
    sums[x / 4] += value;
    squares[x / 4] += value * value;
  }
}
#endif

JX_BODY moments(
    struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares, enum jx_tier tier) {
  const enum jx_unit unit = tiling.tile % 4 == 0 ? JX_QUADS : JX_COLUMNS;
  struct jx_sums first_moments, second_moments;
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      jx_clear(&first_moments, chunk.count, unit);
      jx_clear(&second_moments, chunk.count, unit);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const struct jx_line line = jx_line_at(plane, y, chunk.left);
        if (unit == JX_QUADS) {
          add_to_quads(first_moments.values, second_moments.values, line, chunk.count, tier);
        } else {
          add_to_columns(first_moments.values, second_moments.values, line, chunk.count);
        }
      }
      jx_write_sums(&first_moments, chunk, tiling, unit, row, sums);
      jx_write_sums(&second_moments, chunk, tiling, unit, row, squares);
    }
  }
}

JX_AVX2 void jx_tile_moments_avx2(
    struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares) {
  moments(plane, tiling, sums, squares, JX_TIER_AVX2);
}

JX_AVX512 void jx_tile_moments_avx512(
    struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares) {
  moments(plane, tiling, sums, squares, JX_TIER_AVX512);
}
