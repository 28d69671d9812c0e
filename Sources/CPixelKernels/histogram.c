// How often each of the 256 values occurs.
//   counts[v] = number of samples equal to v. Exact, no rounding.
// Reads 1 byte a sample; writes 1 KB. Four tables take turns, so that runs of one value do not wait for the
// store of the count before. There is no vector form that gains on these tiers; the tiers share one body.
#include <string.h>
#include "tiers.h"

JX_BODY histogram(struct jx_plane plane, uint32_t *counts) {
  uint32_t tables[4][256];
  memset(tables, 0, sizeof tables);
  for (size_t y = 0; y < plane.height; y++) {
    const uint8_t *row = plane.base + y * plane.stride;
    size_t x = 0;
    for (; x + 4 <= plane.width; x += 4) {
      tables[0][row[x]]++;
      tables[1][row[x + 1]]++;
      tables[2][row[x + 2]]++;
      tables[3][row[x + 3]]++;
    }
    for (; x < plane.width; x++) tables[0][row[x]]++;
  }
  for (size_t v = 0; v < 256; v++) counts[v] = tables[0][v] + tables[1][v] + tables[2][v] + tables[3][v];
}

JX_AVX2 void jx_histogram_avx2(struct jx_plane plane, uint32_t *counts) { histogram(plane, counts); }

JX_AVX512 void jx_histogram_avx512(struct jx_plane plane, uint32_t *counts) { histogram(plane, counts); }
