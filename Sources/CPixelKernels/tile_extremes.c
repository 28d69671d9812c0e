// Smallest and largest sample of each tile.
//   lowest[t] = min p,  highest[t] = max p  over the tile's samples. Exact.
// Reads 1 byte a sample; writes 2 bytes a tile.
#include "tile_sums.h"

/// Extremes of columns, or of neighbouring columns.
struct extremes {
  _Alignas(64) uint8_t low[JX_CHUNK_ROOM];
  _Alignas(64) uint8_t high[JX_CHUNK_ROOM];
};

JX_INLINE uint8_t least(uint8_t a, uint8_t b) { return a < b ? a : b; }
JX_INLINE uint8_t greatest(uint8_t a, uint8_t b) { return a > b ? a : b; }

JX_BODY widen(uint8_t *restrict low, uint8_t *restrict high, const uint8_t *restrict samples) {
  for (size_t x = 0; x < JX_BLOCK; x++) {
    low[x] = least(low[x], samples[x]);
    high[x] = greatest(high[x], samples[x]);
  }
}

/// The extremes of neighbouring pairs.
JX_BODY join_pairs(const struct extremes *restrict from, struct extremes *restrict to, size_t count) {
  for (size_t i = 0; i < count; i += JX_BLOCK) {
    for (size_t k = i; k < i + JX_BLOCK; k++) {
      uint16_t low, high;  // Two in one load: the byte order does not matter.
      memcpy(&low, from->low + 2 * k, sizeof low);
      memcpy(&high, from->high + 2 * k, sizeof high);
      to->low[k] = least((uint8_t)low, (uint8_t)(low >> 8));
      to->high[k] = greatest((uint8_t)high, (uint8_t)(high >> 8));
    }
  }
}

JX_BODY write_extremes(
    struct extremes *columns, struct extremes *spare, struct jx_chunk chunk, size_t tile, uint8_t *lowest,
    uint8_t *highest) {
  const size_t tiles = chunk.last - chunk.first;
  // A plane narrower than a tile has one tile of fewer columns.
  if (tile > chunk.count) tile = chunk.count;
  uint8_t low = 255, high = 0;
  for (size_t x = tiles * tile; x < chunk.count; x++) {
    low = least(low, columns->low[x]);
    high = greatest(high, columns->high[x]);
  }
  for (; tile % 2 == 0; tile /= 2) {
    join_pairs(columns, spare, tiles * tile / 2);
    struct extremes *const swap = columns;
    columns = spare;
    spare = swap;
  }
  for (size_t i = 0; i < tiles; i++) {
    lowest[i] = columns->low[i * tile];
    highest[i] = columns->high[i * tile];
    for (size_t x = i * tile + 1; x < (i + 1) * tile; x++) {
      lowest[i] = least(lowest[i], columns->low[x]);
      highest[i] = greatest(highest[i], columns->high[x]);
    }
  }
  lowest[tiles - 1] = least(lowest[tiles - 1], low);
  highest[tiles - 1] = greatest(highest[tiles - 1], high);
}

JX_BODY find_extremes(struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  struct extremes columns, spare;
  struct jx_chunk chunk;
  uint8_t copy[JX_BLOCK];
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, plane.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, plane.width);
      memset(columns.low, 255, chunk.count);
      memset(columns.high, 0, chunk.count);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const struct jx_line line = jx_line_at(plane, y, chunk.left);
        for (size_t x = 0; x < chunk.count; x += JX_BLOCK)
          widen(columns.low + x, columns.high + x, jx_block(line, x, copy));
      }
      const size_t at = row * tiling.columns + first;
      write_extremes(&columns, &spare, chunk, tiling.tile, lowest + at, highest + at);
    }
  }
}

JX_AVX2 void jx_tile_extremes_avx2(
    struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  find_extremes(plane, tiling, lowest, highest);
}

JX_AVX512 void jx_tile_extremes_avx512(
    struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest) {
  find_extremes(plane, tiling, lowest, highest);
}
