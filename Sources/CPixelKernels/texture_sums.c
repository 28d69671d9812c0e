// Sum of 16-bit values of each tile: how much detail the blocks of a coarse frame have.
//   sums[t] = Σ v  over the tile's values. Exact, no rounding: at most 128² values of 65,535 fit 32 bits.
// Reads 2 bytes a value; writes 4 bytes a tile.
#include "tile_sums.h"

JX_BODY add_to_columns(uint32_t *restrict sums, const uint16_t *restrict values, size_t count) {
  for (size_t x = 0; x < count; x++) sums[x] += values[x];
}

/// Quads that one load of 64 bytes holds.
#define QUADS 8

JX_INLINE uint32_t quad(const uint16_t *values) {
  uint64_t four;  // One load of four; their sum does not depend on the byte order.
  memcpy(&four, values, sizeof four);
  const uint64_t pairs = (four & 0x0000FFFF0000FFFF) + ((four >> 16) & 0x0000FFFF0000FFFF);
  return (uint32_t)pairs + (uint32_t)(pairs >> 32);
}

JX_BODY add_to_quads(uint32_t *restrict sums, const uint16_t *restrict values, size_t count) {
  size_t i = 0;
  for (; 4 * (i + QUADS) <= count; i += QUADS) {
    for (size_t k = i; k < i + QUADS; k++) sums[k] += quad(values + 4 * k);
  }
  for (size_t x = 4 * i; x < count; x++) sums[x / 4] += values[x];
}

JX_BODY texture(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling, uint32_t *out) {
  const enum jx_unit unit = tiling.tile % 4 == 0 ? JX_QUADS : JX_COLUMNS;
  struct jx_sums sums;
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, width);
      jx_clear(&sums, chunk.count, unit);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const uint16_t *line = values + y * stride + chunk.left;
        if (unit == JX_QUADS) {
          add_to_quads(sums.values, line, chunk.count);
        } else {
          add_to_columns(sums.values, line, chunk.count);
        }
      }
      jx_write_sums(&sums, chunk, tiling, unit, row, out);
    }
  }
}

JX_AVX2 void jx_texture_sums_avx2(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling, uint32_t *sums) {
  texture(values, stride, width, height, tiling, sums);
}

JX_AVX512 void jx_texture_sums_avx512(
    const uint16_t *values, size_t stride, size_t width, size_t height, struct jx_tiling tiling, uint32_t *sums) {
  texture(values, stride, width, height, tiling, sums);
}
