// Mean of the 3x3 samples around each one; the plane's edge samples are repeated outwards.
//   out(x, y) = (Σ p(x + i, y + j) + 4) / 9  over i, j in −1…1, rounded down
// Reads 1 byte a sample (three times from the cache), writes 1; nine samples fit 16 bits.
#include "tiers.h"

/// Sums of three samples, one above the other, of JX_BLOCK columns.
JX_BODY add_three(
    uint16_t *restrict sums, const uint8_t *restrict a, const uint8_t *restrict b,
    const uint8_t *restrict c) {
  for (size_t x = 0; x < JX_BLOCK; x++) sums[x] = (uint16_t)(a[x] + b[x] + c[x]);
}

/// Means of three neighbouring sums.
JX_BODY average(uint8_t *restrict out, const uint16_t *restrict sums) {
  for (size_t x = 0; x < JX_BLOCK; x++)
    out[x] = (uint8_t)((uint16_t)(sums[x] + sums[x + 1] + sums[x + 2] + 4) / 9);
}

JX_BODY blur_chunk(
    struct jx_line above, struct jx_line here, struct jx_line below, size_t left, size_t count, size_t width,
    uint8_t *out) {
  // sums[1 + x] belongs to column x of the chunk; its neighbours left and right have one more.
  _Alignas(64) uint16_t sums[JX_CHUNK + JX_BLOCK + 2];
  uint8_t copies[3][JX_BLOCK];
  for (size_t x = 0; x < count; x += JX_BLOCK) {
    add_three(
        sums + 1 + x, jx_block(above, x, copies[0]), jx_block(here, x, copies[1]),
        jx_block(below, x, copies[2]));
  }
  sums[0] = sums[1];
  if (left > 0) sums[0] = (uint16_t)(above.samples[-1] + here.samples[-1] + below.samples[-1]);
  sums[count + 1] = sums[count];
  if (left + count < width)
    sums[count + 1] = (uint16_t)(above.samples[count] + here.samples[count] + below.samples[count]);
  for (size_t x = 0; x < count; x += JX_BLOCK) average(out + x, sums + x);
}

JX_BODY blur(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  for (size_t y = 0; y < plane.height; y++) {
    const size_t above = y > 0 ? y - 1 : 0, below = y + 1 < plane.height ? y + 1 : y;
    for (size_t left = 0; left < plane.width; left += JX_CHUNK) {
      const size_t rest = plane.width - left, count = rest < JX_CHUNK ? rest : JX_CHUNK;
      blur_chunk(
          jx_line_at(plane, above, left), jx_line_at(plane, y, left), jx_line_at(plane, below, left), left,
          count, plane.width, out + y * out_stride + left);
    }
  }
}

JX_AVX2 void jx_box_blur_avx2(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  blur(plane, out, out_stride);
}

JX_AVX512 void jx_box_blur_avx512(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  blur(plane, out, out_stride);
}
