// Absolute difference of two planes of one size, summed per tile: the change since another frame.
//   sums[t] = Σ |p − q|  over the tile's samples. Exact, no rounding.
// Reads 2 bytes a sample; writes 4 bytes a tile.
#include "row_differences.h"

JX_BODY differences(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums,
    enum jx_tier tier) {
  const enum jx_unit unit = jx_unit_of(tiling.tile);
  struct jx_sums units;
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      jx_clear(&units, chunk.count, unit);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        jx_add_differences(
            units.values, jx_line_at(plane, y, chunk.left), jx_line_at(other, y, chunk.left), chunk.count,
            unit, tier);
      }
      jx_write_sums(&units, chunk, tiling, unit, row, sums);
    }
  }
}

JX_AVX2 void jx_tile_differences_avx2(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums) {
  differences(plane, other, tiling, sums, JX_TIER_AVX2);
}

JX_AVX512 void jx_tile_differences_avx512(
    struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums) {
  differences(plane, other, tiling, sums, JX_TIER_AVX512);
}
