// Half size in both directions by 2x2 boxes.
//   out(x, y) = (p(2x, 2y) + p(2x + 1, 2y) + p(2x, 2y + 1) + p(2x + 1, 2y + 1) + 2) >> 2   (half rounds up)
// Output is ceil(w / 2) x ceil(h / 2); at an odd edge the last column or row counts twice.
// Reads 1 byte a sample, writes 1/4 byte a sample.
#include <string.h>
#include "tiers.h"

JX_BODY halve(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  const size_t pairs = plane.width / 2;
  for (size_t y = 0; y < plane.height; y += 2) {
    const uint8_t *top = plane.base + y * plane.stride;
    const uint8_t *below = y + 1 < plane.height ? top + plane.stride : top;
    uint8_t *restrict row = out + (y / 2) * out_stride;
    for (size_t x = 0; x < pairs; x++) {
      uint16_t a, b;  // Two samples in one load: their sum does not depend on the byte order.
      memcpy(&a, top + 2 * x, 2);
      memcpy(&b, below + 2 * x, 2);
      row[x] = (uint8_t)((uint16_t)((a & 255) + (a >> 8) + (b & 255) + (b >> 8) + 2) >> 2);
    }
    if (plane.width & 1) row[pairs] = (uint8_t)((2 * top[2 * pairs] + 2 * below[2 * pairs] + 2) >> 2);
  }
}

JX_AVX2 void jx_halve_avx2(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  halve(plane, out, out_stride);
}

JX_AVX512 void jx_halve_avx512(struct jx_plane plane, uint8_t *out, size_t out_stride) {
  halve(plane, out, out_stride);
}
