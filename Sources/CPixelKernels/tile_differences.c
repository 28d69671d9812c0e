// Absolute difference of two planes of one size, summed per tile: the change since another frame.
//   sums[t] = Σ |p − q|  over the tile's samples. Exact, no rounding.
// Reads 2 bytes a sample; writes 4 bytes a tile. Column sums of a tile row fit 16 bits: 2·64·255 = 32,640.
#include <string.h>
#include "tiers.h"

JX_BODY differences(struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums) {
  const size_t tile = tiling.tile, columns = tiling.columns, rows = tiling.rows;
  const size_t step = JX_CHUNK / tile;
  uint16_t column_sums[JX_CHUNK_ROOM];
  for (size_t row = 0; row < rows; row++) {
    const size_t bottom = jx_tile_end(row, rows, tile, plane.height);
    for (size_t first = 0; first < columns; first += step) {
      const size_t last = first + step < columns ? first + step : columns;
      const size_t left = first * tile, count = jx_tile_end(last - 1, columns, tile, plane.width) - left;
      memset(column_sums, 0, count * sizeof column_sums[0]);
      for (size_t y = row * tile; y < bottom; y++) {
        const uint8_t *a = plane.base + y * plane.stride + left, *b = other.base + y * other.stride + left;
        for (size_t x = 0; x < count; x++)
          column_sums[x] = (uint16_t)(column_sums[x] + jx_difference(a[x], b[x]));
      }
      for (size_t index = first; index < last; index++) {
        const size_t end = jx_tile_end(index, columns, tile, plane.width) - left;
        uint32_t sum = 0;
        for (size_t x = index * tile - left; x < end; x++) sum += column_sums[x];
        sums[row * columns + index] = sum;
      }
    }
  }
}

JX_AVX2 void jx_tile_differences_avx2(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums) {
  differences(plane, other, tiling, sums);
}

JX_AVX512 void jx_tile_differences_avx512(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums) {
  differences(plane, other, tiling, sums);
}
