// Sums of all samples above and to the left.
//   sums(x, y) = Σ p(i, j)  over i < x, j < y, wrapping at 2³²; (w + 1) x (h + 1) numbers, row 0 and column 0 zero
// Exact, no rounding. Reads 1 byte a sample and 4 of the row above, writes 4.
#include "tiers.h"

JX_BODY integral(struct jx_plane plane, uint32_t *sums) {
  const size_t stride = plane.width + 1;
  memset(sums, 0, stride * sizeof sums[0]);
  for (size_t y = 0; y < plane.height; y++) {
    const uint8_t *samples = plane.base + y * plane.stride;
    const uint32_t *restrict above = sums + y * stride + 1;
    uint32_t *restrict row = sums + (y + 1) * stride + 1;
    uint32_t sum = 0;
    row[-1] = 0;
    for (size_t x = 0; x < plane.width; x++) {
      sum += samples[x];
      row[x] = above[x] + sum;
    }
  }
}

JX_AVX2 void jx_integral_avx2(struct jx_plane plane, uint32_t *sums) { integral(plane, sums); }

JX_AVX512 void jx_integral_avx512(struct jx_plane plane, uint32_t *sums) { integral(plane, sums); }
