// Gradient energy of each tile, over a distance of `step` samples.
//   horizontal[t] = Σ |p(x + step, y) − p(x, y)|  over the tile's samples with x + step < width
//   vertical[t]   = Σ |p(x, y + step) − p(x, y)|  over the tile's samples with y + step < height
// The partner may lie in the next tile. Exact, no rounding. Reads 1 byte a sample (twice from the cache);
// writes 8 bytes a tile.
#include "row_differences.h"

JX_BODY gradients(
    struct jx_plane plane, struct jx_tiling tiling, size_t step, uint32_t *horizontal, uint32_t *vertical,
    enum jx_tier tier) {
  const enum jx_unit unit = jx_unit_of(tiling.tile);
  struct jx_sums across, down;
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      const size_t room = plane.width > chunk.left + step ? plane.width - chunk.left - step : 0;
      const size_t paired = room < chunk.count ? room : chunk.count;
      jx_clear(&across, chunk.count, unit);
      jx_clear(&down, chunk.count, unit);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const struct jx_line here = jx_line_at(plane, y, chunk.left);
        if (paired > 0)
          jx_add_differences(
              across.values, here, jx_line_at(plane, y, chunk.left + step), paired, unit, tier);
        if (y + step < plane.height)
          jx_add_differences(
              down.values, here, jx_line_at(plane, y + step, chunk.left), chunk.count, unit, tier);
      }
      jx_write_sums(&across, chunk, tiling, unit, row, horizontal);
      jx_write_sums(&down, chunk, tiling, unit, row, vertical);
    }
  }
}

JX_AVX2 void jx_tile_gradients_avx2(
    struct jx_plane plane, struct jx_tiling tiling, size_t step, uint32_t *horizontal, uint32_t *vertical) {
  gradients(plane, tiling, step, horizontal, vertical, JX_TIER_AVX2);
}

JX_AVX512 void jx_tile_gradients_avx512(
    struct jx_plane plane, struct jx_tiling tiling, size_t step, uint32_t *horizontal, uint32_t *vertical) {
  gradients(plane, tiling, step, horizontal, vertical, JX_TIER_AVX512);
}
