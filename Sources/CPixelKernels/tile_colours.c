// How many samples of each tile fall into each of eight colour classes (a sample may fall into several).
// Y, B (Cb), R (Cr) are full-range BT.601 bytes of three planes of one size; |·| of a chroma is its distance
// from 128, at most 127:
//   0 flame       R > B + 20, Y > B, R > 140        4 saturated  |B| + |R| > 48
//   1 neutral     |B| < 9, |R| < 9, 70 < Y < 235    5 dark       Y < 40
//   2 vegetation  B < 122, R < 122                  6 bright     Y > 225
//   3 sky         B > 138, R < 122                  7 earth      103 < B < 125, 129 < R < 149, 60 < Y < 200
// counts[8·t + class]. Exact, no rounding. Reads 3 bytes a sample; writes 16 bytes a tile. Column counts of a
// tile row fit 8 bits (at most 2·64 rows), counts of a tile fit 16 bits (at most 128²).
#include <string.h>
#include "tiers.h"

#define CLASSES 8

static inline __attribute__((always_inline)) uint8_t chroma_distance(uint8_t value) {
  const uint8_t distance = jx_difference(value, 128);
  return distance > 127 ? 127 : distance;
}

JX_BODY classify(
    uint8_t counts[CLASSES][JX_CHUNK_ROOM], const uint8_t *luma, const uint8_t *blue, const uint8_t *red,
    size_t count) {
  for (size_t x = 0; x < count; x++) {
    const uint8_t y = luma[x], b = blue[x], r = red[x];
    const uint8_t db = chroma_distance(b), dr = chroma_distance(r);
    const uint8_t above = (uint8_t)(r > b ? r - b : 0), both = (uint8_t)(db + dr);
    counts[0][x] = (uint8_t)(counts[0][x] + ((above > 20) & (y > b) & (r > 140)));
    counts[1][x] = (uint8_t)(counts[1][x] + ((db < 9) & (dr < 9) & (y > 70) & (y < 235)));
    counts[2][x] = (uint8_t)(counts[2][x] + ((b < 122) & (r < 122)));
    counts[3][x] = (uint8_t)(counts[3][x] + ((b > 138) & (r < 122)));
    counts[4][x] = (uint8_t)(counts[4][x] + (both > 48));
    counts[5][x] = (uint8_t)(counts[5][x] + (y < 40));
    counts[6][x] = (uint8_t)(counts[6][x] + (y > 225));
    counts[7][x] = (uint8_t)(
        counts[7][x] + ((b > 103) & (b < 125) & (r > 129) & (r < 149) & (y > 60) & (y < 200)));
  }
}

JX_BODY colours(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling, uint16_t *counts) {
  const size_t tile = tiling.tile, columns = tiling.columns, rows = tiling.rows;
  const size_t step = JX_CHUNK / tile;
  uint8_t column_counts[CLASSES][JX_CHUNK_ROOM];
  for (size_t row = 0; row < rows; row++) {
    const size_t bottom = jx_tile_end(row, rows, tile, luma.height);
    for (size_t first = 0; first < columns; first += step) {
      const size_t last = first + step < columns ? first + step : columns;
      const size_t left = first * tile, count = jx_tile_end(last - 1, columns, tile, luma.width) - left;
      memset(column_counts, 0, sizeof column_counts);
      for (size_t y = row * tile; y < bottom; y++) {
        classify(
            column_counts, luma.base + y * luma.stride + left, blue.base + y * blue.stride + left,
            red.base + y * red.stride + left, count);
      }
      for (size_t index = first; index < last; index++) {
        const size_t end = jx_tile_end(index, columns, tile, luma.width) - left;
        for (size_t class = 0; class < CLASSES; class++) {
          uint32_t total = 0;
          for (size_t x = index * tile - left; x < end; x++) total += column_counts[class][x];
          counts[(row * columns + index) * CLASSES + class] = (uint16_t)total;
        }
      }
    }
  }
}

JX_AVX2 void jx_tile_colours_avx2(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling, uint16_t *counts) {
  colours(luma, blue, red, tiling, counts);
}

JX_AVX512 void jx_tile_colours_avx512(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling, uint16_t *counts) {
  colours(luma, blue, red, tiling, counts);
}
