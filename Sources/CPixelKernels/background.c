// Samples that differ from another plane, counted per tile, and the background that follows the picture.
//   counts[t] = number of samples of the tile with |p − q| > threshold
//   update:     counts against the background b, which moves then: b' = b + step · sign(p − b), step 0 or 1;
//               that is min(max(p, b ⊖ step), b ⊕ step) with saturating operators
// Exact, no rounding. Reads 2 bytes a sample, the update writes 1; writes 2 bytes a tile. Column counts of a
// tile row fit 8 bits (at most 2·64 rows), counts of a tile fit 16 bits (at most 128²).
#include "tile_sums.h"

JX_INLINE uint8_t is_changed(uint8_t p, uint8_t q, uint8_t threshold) {
  return jx_difference(p, q) > threshold;
}

JX_BODY count_block(
    uint8_t *restrict counts, const uint8_t *restrict p, const uint8_t *restrict q, uint8_t threshold) {
  for (size_t x = 0; x < JX_BLOCK; x++) counts[x] = (uint8_t)(counts[x] + is_changed(p[x], q[x], threshold));
}

JX_BODY count_row(uint8_t *counts, struct jx_line p, struct jx_line q, size_t count, uint8_t threshold) {
  const size_t whole = count / JX_BLOCK * JX_BLOCK;
  uint8_t copies[2][JX_BLOCK];
  for (size_t x = 0; x < whole; x += JX_BLOCK)
    count_block(counts + x, p.samples + x, q.samples + x, threshold);
  if (whole < count) {
    count_block(counts + whole, jx_block(p, whole, copies[0]), jx_block(q, whole, copies[1]), threshold);
  }
}

JX_BODY update_block(
    uint8_t *restrict counts, const uint8_t *restrict p, uint8_t *restrict background, uint8_t threshold,
    const uint8_t *restrict steps) {
  for (size_t x = 0; x < JX_BLOCK; x++) {
    const uint8_t b = background[x], step = steps[x];
    counts[x] = (uint8_t)(counts[x] + is_changed(p[x], b, threshold));
    const uint8_t low = (uint8_t)(b > step ? b - step : 0), above = (uint8_t)(b + step);
    const uint8_t high = above < b ? 255 : above, nearest = p[x] > low ? p[x] : low;
    background[x] = nearest < high ? nearest : high;
  }
}

JX_BODY update_blocks(
    uint8_t *counts, struct jx_line p, uint8_t *background, size_t count, uint8_t threshold, uint8_t step) {
  const size_t whole = count / JX_BLOCK * JX_BLOCK;
  // The step of each column: a window that ends in zeros leaves what lies beyond the row where it is.
  uint8_t copy[JX_BLOCK], steps[2 * JX_BLOCK];
  memset(steps, step, JX_BLOCK);
  memset(steps + JX_BLOCK, 0, JX_BLOCK);
  for (size_t x = 0; x < whole; x += JX_BLOCK)
    update_block(counts + x, p.samples + x, background + x, threshold, steps);
  if (whole < count) {
    update_block(
        counts + whole, jx_block(p, whole, copy), background + whole, threshold,
        steps + JX_BLOCK - (count - whole));
  }
}

#if defined(__x86_64__)
// With comparisons that give masks, the update takes 8 operations for 64 samples, on both vector ports.
JX_AVX512 static inline __m512i update_64(
    uint8_t *counts, __m512i p, __m512i b, __m512i threshold, __m512i step, __m512i one) {
  const __mmask64 above = _mm512_cmpgt_epu8_mask(p, b), below = _mm512_cmplt_epu8_mask(p, b);
  const __m512i distance = _mm512_mask_sub_epi8(_mm512_sub_epi8(p, b), below, b, p);
  const __mmask64 changed = _mm512_cmpgt_epu8_mask(distance, threshold);
  const __m512i before = _mm512_loadu_si512(counts);
  _mm512_storeu_si512(counts, _mm512_mask_add_epi8(before, changed, before, one));
  return _mm512_mask_sub_epi8(_mm512_mask_add_epi8(b, above, b, step), below, b, step);
}

JX_AVX512 static void update_row_avx512(
    uint8_t *counts, struct jx_line p, uint8_t *background, size_t count, uint8_t threshold, uint8_t step) {
  const __m512i thresholds = _mm512_set1_epi8((char)threshold), steps = _mm512_set1_epi8((char)step);
  const __m512i one = jx_one_64();
  size_t x = 0;
  for (; x + 64 <= count; x += 64) {
    const __m512i b = _mm512_loadu_si512(background + x);
    _mm512_storeu_si512(
        background + x, update_64(counts + x, _mm512_loadu_si512(p.samples + x), b, thresholds, steps, one));
  }
  if (x < count) {
    const __mmask64 rest = jx_mask_64(count - x);
    const __m512i b = _mm512_maskz_loadu_epi8(rest, background + x);
    const __m512i moved =
        update_64(counts + x, _mm512_maskz_loadu_epi8(rest, p.samples + x), b, thresholds, steps, one);
    _mm512_mask_storeu_epi8(background + x, rest, moved);
  }
}
#endif

JX_BODY update_row(
    uint8_t *counts, struct jx_line p, uint8_t *background, size_t count, uint8_t threshold, uint8_t step,
    enum jx_tier tier) {
#if defined(__x86_64__)
  if (tier == JX_TIER_AVX512) {
    update_row_avx512(counts, p, background, count, threshold, step);
    return;
  }
#endif
  (void)tier;
  update_blocks(counts, p, background, count, threshold, step);
}

JX_BODY write_counts(
    uint8_t *columns, struct jx_chunk chunk, struct jx_tiling tiling, size_t row, uint16_t *counts) {
  const size_t tiles = chunk.last - chunk.first;
  struct jx_sums room;
  uint16_t narrow[JX_CHUNK_ROOM];
  const uint32_t *sums = jx_tile_sums_of_bytes(columns, chunk, tiling.tile, &room);
  for (size_t i = 0; i < tiles; i += JX_GROUP) {
    for (size_t k = i; k < i + JX_GROUP; k++) narrow[k] = (uint16_t)sums[k];
  }
  memcpy(counts + row * tiling.columns + chunk.first, narrow, tiles * sizeof narrow[0]);
}

JX_BODY count_changes(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint8_t threshold,
    uint16_t *counts) {
  _Alignas(64) uint8_t columns[JX_CHUNK_ROOM];
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      jx_clear_bytes(columns, chunk.count);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        count_row(
            columns, jx_line_at(plane, y, chunk.left), jx_line_at(other, y, chunk.left), chunk.count,
            threshold);
      }
      write_counts(columns, chunk, tiling, row, counts);
    }
  }
}

JX_BODY update_background(
    struct jx_plane plane, uint8_t *background, size_t stride, struct jx_tiling tiling, uint8_t threshold,
    uint8_t step, uint16_t *counts, enum jx_tier tier) {
  _Alignas(64) uint8_t columns[JX_CHUNK_ROOM];
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      jx_clear_bytes(columns, chunk.count);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const struct jx_line p = jx_line_at(plane, y, chunk.left);
        uint8_t *b = background + y * stride + chunk.left;
        update_row(columns, p, b, chunk.count, threshold, step, tier);
      }
      write_counts(columns, chunk, tiling, row, counts);
    }
  }
}

JX_AVX2 void jx_count_changes_avx2(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint8_t threshold,
    uint16_t *counts) {
  count_changes(plane, other, tiling, threshold, counts);
}

JX_AVX512 void jx_count_changes_avx512(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint8_t threshold,
    uint16_t *counts) {
  count_changes(plane, other, tiling, threshold, counts);
}

JX_AVX2 void jx_update_background_avx2(
    struct jx_plane plane, uint8_t *background, size_t stride, struct jx_tiling tiling, uint8_t threshold,
    uint8_t step, uint16_t *counts) {
  update_background(plane, background, stride, tiling, threshold, step, counts, JX_TIER_AVX2);
}

JX_AVX512 void jx_update_background_avx512(
    struct jx_plane plane, uint8_t *background, size_t stride, struct jx_tiling tiling, uint8_t threshold,
    uint8_t step, uint16_t *counts) {
  update_background(plane, background, stride, tiling, threshold, step, counts, JX_TIER_AVX512);
}
