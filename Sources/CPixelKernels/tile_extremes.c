// Smallest and largest sample of each tile.
//   lowest[t] = min p,  highest[t] = max p  over the tile's samples. Exact.
// Reads 1 byte a sample; writes 2 bytes a tile.
#include <string.h>
#include "tiers.h"

JX_BODY widen(uint8_t *restrict low, uint8_t *restrict high, const uint8_t *samples, size_t count) {
  for (size_t x = 0; x < count; x++) {
    low[x] = samples[x] < low[x] ? samples[x] : low[x];
    high[x] = samples[x] > high[x] ? samples[x] : high[x];
  }
}

JX_BODY extremes(struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  const size_t tile = tiling.tile, columns = tiling.columns, rows = tiling.rows;
  const size_t step = JX_CHUNK / tile;
  uint8_t low[JX_CHUNK_ROOM], high[JX_CHUNK_ROOM];
  for (size_t row = 0; row < rows; row++) {
    const size_t bottom = jx_tile_end(row, rows, tile, plane.height);
    for (size_t first = 0; first < columns; first += step) {
      const size_t last = first + step < columns ? first + step : columns;
      const size_t left = first * tile, count = jx_tile_end(last - 1, columns, tile, plane.width) - left;
      memset(low, 255, count);
      memset(high, 0, count);
      for (size_t y = row * tile; y < bottom; y++)
        widen(low, high, plane.base + y * plane.stride + left, count);
      for (size_t index = first; index < last; index++) {
        const size_t end = jx_tile_end(index, columns, tile, plane.width) - left;
        uint8_t least = 255, most = 0;
        for (size_t x = index * tile - left; x < end; x++) {
          least = low[x] < least ? low[x] : least;
          most = high[x] > most ? high[x] : most;
        }
        lowest[row * columns + index] = least;
        highest[row * columns + index] = most;
      }
    }
  }
}

JX_AVX2 void jx_tile_extremes_avx2(
    struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  extremes(plane, tiling, lowest, highest);
}

JX_AVX512 void jx_tile_extremes_avx512(
    struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  extremes(plane, tiling, lowest, highest);
}
