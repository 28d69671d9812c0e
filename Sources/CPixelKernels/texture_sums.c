// Sum of 16-bit values of each tile: how much detail the blocks of a coarse frame have.
//   sums[t] = Σ v  over the tile's values. Exact, no rounding: at most 128² values of 65,535 fit 32 bits.
// Reads 2 bytes a value; writes 4 bytes a tile.
#include "tile_sums.h"

JX_BODY add_to_columns(uint32_t *restrict sums, const uint16_t *restrict values, size_t count) {
  for (size_t x = 0; x < count; x++) sums[x] += values[x];
}

/// Adds a known count of pairs.
JX_BODY add_pairs(uint32_t *restrict sums, const uint16_t *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t pair;  // One load of two; their sum does not depend on the byte order.
    memcpy(&pair, values + 2 * i, sizeof pair);
    sums[i] += (pair & 0xFFFF) + (pair >> 16);
  }
}

JX_BODY add_to_pairs(uint32_t *restrict sums, const uint16_t *restrict values, size_t count) {
  size_t i = 0;
  for (; 2 * (i + 16) <= count; i += 16) add_pairs(sums + i, values + 2 * i, 16);
  for (; 2 * (i + 8) <= count; i += 8) add_pairs(sums + i, values + 2 * i, 8);
  for (size_t x = 2 * i; x < count; x++) sums[x / 2] += values[x];
}

JX_BODY texture(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling,
    uint32_t *out) {
  const enum jx_unit unit = tiling.tile % 2 == 0 ? JX_PAIRS : JX_COLUMNS;
  struct jx_sums sums;
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, width);
      jx_clear(&sums, chunk.count, unit);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const uint16_t *line = values + y * stride + chunk.left;
        if (unit == JX_PAIRS) {
          add_to_pairs(sums.values, line, chunk.count);
        } else {
          add_to_columns(sums.values, line, chunk.count);
        }
      }
      jx_write_sums(&sums, chunk, tiling, unit, row, out);
    }
  }
}

JX_AVX2 void jx_texture_sums_avx2(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling,
    uint32_t *sums) {
  texture(values, stride, width, height, tiling, sums);
}

JX_AVX512 void jx_texture_sums_avx512(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling,
    uint32_t *sums) {
  texture(values, stride, width, height, tiling, sums);
}
