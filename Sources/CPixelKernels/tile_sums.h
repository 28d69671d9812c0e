#ifndef JX_TILE_SUMS_H
#define JX_TILE_SUMS_H
#include "tiers.h"

// From samples to one sum for each tile, in two steps: a tile row is first summed up down its rows, for each
// unit of one to eight columns; the sums of the units are then added up across, tile by tile. The larger
// units and the additions pair by pair keep small tiles fast, where the way across would else take longest.

/// The part of a tile row that one pass handles: tiles first ..< last, columns left ..< left + count.
struct jx_chunk {
  size_t first, last, left, count;
};

_Static_assert(JX_CHUNK / JX_MAXIMUM_TILE >= JX_BLOCK, "a chunk holds a block of tiles of every size");

/// The chunk that begins with tile `first`; the next one begins with its `last`. All but the last one are
/// whole blocks.
JX_INLINE struct jx_chunk jx_chunk_at(size_t first, struct jx_tiling tiling, size_t width) {
  const size_t step = JX_CHUNK / tiling.tile / JX_BLOCK * JX_BLOCK;
  const size_t last = first + step < tiling.columns ? first + step : tiling.columns;
  const size_t left = first * tiling.tile;
  return (struct jx_chunk){
      first, last, left, jx_tile_end(last - 1, tiling.columns, tiling.tile, width) - left};
}

/// What is summed up down the rows.
enum jx_unit {
  /// Each column: values[x].
  JX_COLUMNS,
  /// Two columns: values[x / 2].
  JX_PAIRS,
  /// Four columns: values[x / 4].
  JX_QUADS,
  /// Eight columns: values[x / 4] of the first four, with zero for the other four. That is how one SAD
  /// instruction leaves them; as quads they are right wherever all eight belong to one tile.
  JX_EIGHTS
};

/// Columns that one of the values belongs to.
JX_INLINE size_t jx_columns_of(enum jx_unit unit) {
  return unit == JX_COLUMNS ? 1 : unit == JX_PAIRS ? 2 : 4;
}

/// The largest unit of which the tiles of a side are made.
JX_INLINE enum jx_unit jx_unit_of(size_t tile) {
  return tile % 8 == 0 ? JX_EIGHTS : tile % 4 == 0 ? JX_QUADS : JX_COLUMNS;
}

/// Room for the sums of a chunk's units, and for adding them up.
struct jx_sums {
  _Alignas(64) uint32_t values[JX_CHUNK_ROOM];
  _Alignas(64) uint32_t spare[JX_CHUNK_ROOM];
};

/// Values that the loops below handle at once; arrays have room for the last ones to be rounded up.
#define JX_GROUP 16

/// Sets the units of `count` columns to zero.
JX_BODY jx_clear(struct jx_sums *sums, size_t count, enum jx_unit unit) {
  const size_t units = count / jx_columns_of(unit) + 2;  // The last eight columns may be a part.
  for (size_t i = 0; i < units; i += JX_GROUP) memset(sums->values + i, 0, JX_GROUP * sizeof sums->values[0]);
}

/// Sums of neighbouring pairs.
JX_BODY jx_add_pairs(const uint32_t *restrict values, uint32_t *restrict sums, size_t count) {
  for (size_t i = 0; i < count; i += JX_GROUP) {
    for (size_t k = i; k < i + JX_GROUP; k++) {
      uint64_t pair;  // One load of both; their sum does not depend on the byte order.
      memcpy(&pair, values + 2 * k, sizeof pair);
      sums[k] = (uint32_t)pair + (uint32_t)(pair >> 32);
    }
  }
}

/// Sums of `size` neighbours each. They lie in `values` or `spare`, both of which are used up.
JX_INLINE uint32_t *jx_add_groups(uint32_t *values, uint32_t *spare, size_t size, size_t count) {
  for (; size % 2 == 0; size /= 2) {
    jx_add_pairs(values, spare, count * size / 2);
    uint32_t *const sums = spare;
    spare = values;
    values = sums;
  }
  if (size == 1) return values;
  for (size_t i = 0; i < count; i++) {
    uint32_t sum = 0;
    for (size_t k = 0; k < size; k++) sum += values[i * size + k];
    spare[i] = sum;
  }
  return spare;
}

/// The sum of each tile from `units` sums, `group` of them a tile, the last tile with the rest. They lie in an
/// array of `sums` that holds until `sums` is used again.
JX_INLINE uint32_t *jx_add_units(struct jx_sums *sums, size_t units, size_t tiles, size_t group) {
  // A plane narrower than a tile has one tile of fewer units.
  const size_t size = group < units ? group : units;
  uint32_t rest = 0;
  for (size_t i = tiles * size; i < units; i++) rest += sums->values[i];
  uint32_t *result = jx_add_groups(sums->values, sums->spare, size, tiles);
  result[tiles - 1] += rest;
  return result;
}

/// Writes the sums of a chunk's tiles.
JX_BODY jx_write_sums(
    struct jx_sums *sums, struct jx_chunk chunk, struct jx_tiling tiling, enum jx_unit unit, size_t row,
    uint32_t *out) {
  const size_t columns = jx_columns_of(unit), units = (chunk.count + columns - 1) / columns;
  const size_t tiles = chunk.last - chunk.first;
  const uint32_t *values = jx_add_units(sums, units, tiles, tiling.tile / columns);
  memcpy(out + row * tiling.columns + chunk.first, values, tiles * sizeof out[0]);
}

/// Sets columns of one byte to zero.
JX_BODY jx_clear_bytes(uint8_t *columns, size_t count) {
  for (size_t x = 0; x < count; x += JX_BLOCK) memset(columns + x, 0, JX_BLOCK);
}

/// Sums of eight bytes each.
JX_BODY jx_add_eight_bytes(const uint8_t *restrict bytes, uint32_t *restrict sums) {
  for (size_t k = 0; k < JX_GROUP; k++) {
    uint64_t eight;  // One load; the sum does not depend on the byte order.
    memcpy(&eight, bytes + 8 * k, sizeof eight);
    uint64_t sum = (eight & 0x00FF00FF00FF00FF) + ((eight >> 8) & 0x00FF00FF00FF00FF);
    sum += sum >> 32;
    sum += sum >> 16;
    sums[k] = (uint32_t)sum & 0xFFFF;
  }
}

JX_BODY jx_add_four_bytes(const uint8_t *restrict bytes, uint32_t *restrict sums) {
  for (size_t k = 0; k < JX_GROUP; k++) {
    uint32_t four;
    memcpy(&four, bytes + 4 * k, sizeof four);
    const uint32_t pairs = (four & 0x00FF00FF) + ((four >> 8) & 0x00FF00FF);
    sums[k] = (pairs & 0xFFFF) + (pairs >> 16);
  }
}

JX_BODY jx_widen_bytes(const uint8_t *restrict bytes, uint32_t *restrict values) {
  for (size_t k = 0; k < JX_GROUP; k++) values[k] = bytes[k];
}

/// Sums of bytes: those of each column, at most 255, to those of each tile.
JX_INLINE uint32_t *jx_tile_sums_of_bytes(
    uint8_t *columns, struct jx_chunk chunk, size_t tile, struct jx_sums *sums) {
  const size_t size = tile % 8 == 0 ? 8 : tile % 4 == 0 ? 4 : 1, units = (chunk.count + size - 1) / size;
  memset(columns + chunk.count, 0, 8);  // The last unit may be a part.
  if (size == 8) {
    for (size_t i = 0; i < units; i += JX_GROUP) jx_add_eight_bytes(columns + 8 * i, sums->values + i);
  } else if (size == 4) {
    for (size_t i = 0; i < units; i += JX_GROUP) jx_add_four_bytes(columns + 4 * i, sums->values + i);
  } else {
    for (size_t i = 0; i < units; i += JX_GROUP) jx_widen_bytes(columns + i, sums->values + i);
  }
  return jx_add_units(sums, units, chunk.last - chunk.first, tile / size);
}
#endif
