// Sum and sum of squares of each tile.
//   sums[t] = Σ p,  squares[t] = Σ p²  over the tile's samples. Exact, no rounding.
// Reads 1 byte a sample; writes 8 bytes a tile. Column sums of a tile row fit 16 bits: 2·64·255 = 32,640.
#include <string.h>
#include "tiers.h"

JX_BODY moments(struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares) {
  const size_t tile = tiling.tile, columns = tiling.columns, rows = tiling.rows;
  const size_t step = JX_CHUNK / tile;
  uint16_t column_sums[JX_CHUNK_ROOM];
  uint32_t column_squares[JX_CHUNK_ROOM];
  for (size_t row = 0; row < rows; row++) {
    const size_t bottom = jx_tile_end(row, rows, tile, plane.height);
    for (size_t first = 0; first < columns; first += step) {
      const size_t last = first + step < columns ? first + step : columns;
      const size_t left = first * tile, count = jx_tile_end(last - 1, columns, tile, plane.width) - left;
      memset(column_sums, 0, count * sizeof column_sums[0]);
      memset(column_squares, 0, count * sizeof column_squares[0]);
      for (size_t y = row * tile; y < bottom; y++) {
        const uint8_t *samples = plane.base + y * plane.stride + left;
        for (size_t x = 0; x < count; x++) {
          const uint16_t value = samples[x];
          column_sums[x] = (uint16_t)(column_sums[x] + value);
          column_squares[x] += (uint16_t)(value * value);
        }
      }
      for (size_t index = first; index < last; index++) {
        const size_t end = jx_tile_end(index, columns, tile, plane.width) - left;
        uint32_t sum = 0, square = 0;
        for (size_t x = index * tile - left; x < end; x++) {
          sum += column_sums[x];
          square += column_squares[x];
        }
        sums[row * columns + index] = sum;
        squares[row * columns + index] = square;
      }
    }
  }
}

JX_AVX2 void jx_tile_moments_avx2(struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares) {
  moments(plane, tiling, sums, squares);
}

JX_AVX512 void jx_tile_moments_avx512(struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares) {
  moments(plane, tiling, sums, squares);
}
