// A quarter or an eighth of the size in both directions, by boxes of f x f samples.
//   out(x, y) = (Σ p + n / 2) / n, rounded down, over the n samples of the box that exist
// Output is ceil(w / f) x ceil(h / f); boxes at the right and the lower edge are smaller.
// Reads 1 byte a sample, writes 1 / f² byte; the sum of a box fits 16 bits.
#include "tiers.h"

JX_BODY add_rows(uint16_t *restrict sums, const uint8_t *restrict samples) {
  for (size_t x = 0; x < JX_BLOCK; x++) sums[x] = (uint16_t)(sums[x] + samples[x]);
}

JX_INLINE uint32_t sum_box(const uint16_t *columns, size_t factor) {
  uint32_t sum = 0;
  for (size_t x = 0; x < factor; x++) sum += columns[x];
  return sum;
}

/// The boxes that begin in JX_BLOCK columns, as if all of these existed.
JX_BODY shrink_block(struct jx_plane plane, size_t y, size_t rows, size_t x, size_t factor, uint8_t *out) {
  uint16_t sums[JX_BLOCK] = {0};
  uint8_t copy[JX_BLOCK];
  for (size_t k = 0; k < rows; k++) add_rows(sums, jx_block(jx_line_at(plane, y + k, 0), x, copy));
  const uint32_t n = (uint32_t)(rows * factor);
  if (rows == factor) {
    for (size_t i = 0; i < JX_BLOCK / factor; i++)
      out[i] = (uint8_t)((sum_box(sums + i * factor, factor) + factor * factor / 2) / (factor * factor));
  } else {
    for (size_t i = 0; i < JX_BLOCK / factor; i++)
      out[i] = (uint8_t)((sum_box(sums + i * factor, factor) + n / 2) / n);
  }
}

JX_INLINE uint8_t last_box(struct jx_plane plane, size_t y, size_t rows, size_t x) {
  uint32_t sum = 0;
  const uint32_t n = (uint32_t)(rows * (plane.width - x));
  for (size_t k = y; k < y + rows; k++) {
    for (size_t i = x; i < plane.width; i++) sum += plane.base[k * plane.stride + i];
  }
  return (uint8_t)((sum + n / 2) / n);
}

JX_BODY shrink_by(struct jx_plane plane, size_t factor, uint8_t *out, size_t out_stride) {
  const size_t last = plane.width / factor * factor;
  for (size_t y = 0; y < plane.height; y += factor) {
    const size_t rest = plane.height - y, rows = rest < factor ? rest : factor;
    uint8_t *line = out + y / factor * out_stride;
    for (size_t x = 0; x < plane.width; x += JX_BLOCK)
      shrink_block(plane, y, rows, x, factor, line + x / factor);
    if (last < plane.width) line[last / factor] = last_box(plane, y, rows, last);
  }
}

JX_BODY shrink(struct jx_plane plane, size_t factor, uint8_t *out, size_t out_stride) {
  if (factor == 8) {
    shrink_by(plane, 8, out, out_stride);
  } else {
    shrink_by(plane, 4, out, out_stride);
  }
}

JX_AVX2 void jx_shrink_avx2(struct jx_plane plane, size_t factor, uint8_t *out, size_t out_stride) {
  shrink(plane, factor, out, out_stride);
}

JX_AVX512 void jx_shrink_avx512(struct jx_plane plane, size_t factor, uint8_t *out, size_t out_stride) {
  shrink(plane, factor, out, out_stride);
}
