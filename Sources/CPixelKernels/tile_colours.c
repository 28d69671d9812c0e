// How many samples of each tile fall into each of eight colour classes (a sample may fall into several).
// Y, B (Cb), R (Cr) are full-range BT.601 bytes of three planes of one size; |·| of a chroma is its distance
// from 128, at most 127:
//   0 flame       R > B + 20, Y > B, R > 140        4 saturated  |B| + |R| > 48
//   1 neutral     |B| < 9, |R| < 9, 70 < Y < 235    5 dark       Y < 40
//   2 vegetation  B < 122, R < 122                  6 bright     Y > 225
//   3 sky         B > 138, R < 122                  7 earth      103 < B < 125, 129 < R < 149, 60 < Y < 200
// counts[8·t + class]. Exact, no rounding. Reads 3 bytes a sample; writes 16 bytes a tile. Column counts of a
// tile row fit 8 bits (at most 2·64 rows), counts of a tile fit 16 bits (at most 128²).
#include "tile_sums.h"

#define CLASSES 8

/// How often each class occurs in each of JX_BLOCK columns, down a tile row.
struct column_counts {
  _Alignas(64) uint8_t of[CLASSES][JX_BLOCK];
};

JX_INLINE uint8_t beyond(uint8_t value, uint8_t limit) {
  return (uint8_t)(value > limit ? value - limit : 0);
}
JX_INLINE uint8_t least(uint8_t a, uint8_t b) { return a < b ? a : b; }
JX_INLINE uint8_t greater(uint8_t a, uint8_t b) { return a > b ? a : b; }
JX_INLINE uint8_t add(uint8_t a, uint8_t b) { return (uint8_t)(a + b) < a ? 255 : (uint8_t)(a + b); }

JX_BODY classify_block(
    struct column_counts *counts, const uint8_t *restrict luma, const uint8_t *restrict blue,
    const uint8_t *restrict red) {
  for (size_t x = 0; x < JX_BLOCK; x++) {
    const uint8_t y = luma[x], b = blue[x], r = red[x];
    // Distances of 128 may stay 128: no class tells them from 127.
    const uint8_t db = (uint8_t)(greater(b, 128) - least(b, 128));
    const uint8_t dr = (uint8_t)(greater(r, 128) - least(r, 128));
    // What is over all limits of a class, at least 1 for its members: a minimum takes the place of "and".
    const uint8_t over[CLASSES] = {
        least(beyond(r, greater(add(b, 20), 140)), beyond(y, b)),
        least(beyond(9, greater(db, dr)), beyond(164, (uint8_t)(y - 71))),
        beyond(122, greater(b, r)),
        least(beyond(b, 138), beyond(122, r)),
        beyond(add(db, dr), 48),
        beyond(40, y),
        beyond(y, 225),
        least(
            beyond(21, (uint8_t)(b - 104)),
            least(beyond(19, (uint8_t)(r - 130)), beyond(139, (uint8_t)(y - 61)))),
    };
    for (size_t class = 0; class < CLASSES; class++)
      counts->of[class][x] = (uint8_t)(counts->of[class][x] + (over[class] != 0));
  }
}

JX_BODY classify_blocks(
    struct column_counts *counts, struct jx_line luma, struct jx_line blue, struct jx_line red,
    size_t count) {
  uint8_t copies[3][JX_BLOCK];
  for (size_t x = 0; x < count; x += JX_BLOCK) {
    classify_block(
        counts + x / JX_BLOCK, jx_block(luma, x, copies[0]), jx_block(blue, x, copies[1]),
        jx_block(red, x, copies[2]));
  }
}

#if defined(__x86_64__)
JX_AVX512 JX_BODY count_64(uint8_t *counts, __mmask64 members, __m512i one) {
  const __m512i before = _mm512_load_si512(counts);
  _mm512_store_si512(counts, _mm512_mask_add_epi8(before, members, before, one));
}

/// Whether a value lies in first ..< first + count.
JX_AVX512 JX_INLINE __mmask64 in_range_64(__mmask64 among, __m512i value, int first, int count) {
  const __m512i offset = _mm512_sub_epi8(value, _mm512_set1_epi8((char)first));
  return _mm512_mask_cmplt_epu8_mask(among, offset, _mm512_set1_epi8((char)count));
}

// The conditions of a class are compared one under the mask of the other.
JX_AVX512 JX_BODY classify_64(struct column_counts *counts, __m512i y, __m512i b, __m512i r, __m512i one) {
  const __m512i middle = _mm512_set1_epi8((char)128);
  const __m512i db = _mm512_abs_epi8(_mm512_xor_si512(b, middle));
  const __m512i dr = _mm512_abs_epi8(_mm512_xor_si512(r, middle));
  const __mmask64 little_red = _mm512_cmplt_epu8_mask(r, _mm512_set1_epi8(122));
  const __mmask64 red_over_blue = _mm512_cmpgt_epu8_mask(_mm512_subs_epu8(r, b), _mm512_set1_epi8(20));
  const __mmask64 under_luma = _mm512_mask_cmpgt_epu8_mask(red_over_blue, y, b);
  const __mmask64 pale = _mm512_cmplt_epu8_mask(_mm512_max_epu8(db, dr), _mm512_set1_epi8(9));
  const __mmask64 brown = in_range_64(in_range_64(~0ull, b, 104, 21), r, 130, 19);
  count_64(counts->of[0], _mm512_mask_cmpgt_epu8_mask(under_luma, r, _mm512_set1_epi8((char)140)), one);
  count_64(counts->of[1], in_range_64(pale, y, 71, 164), one);
  count_64(counts->of[2], _mm512_mask_cmplt_epu8_mask(little_red, b, _mm512_set1_epi8(122)), one);
  count_64(counts->of[3], _mm512_mask_cmpgt_epu8_mask(little_red, b, _mm512_set1_epi8((char)138)), one);
  count_64(counts->of[4], _mm512_cmpgt_epu8_mask(_mm512_adds_epu8(db, dr), _mm512_set1_epi8(48)), one);
  count_64(counts->of[5], _mm512_cmplt_epu8_mask(y, _mm512_set1_epi8(40)), one);
  count_64(counts->of[6], _mm512_cmpgt_epu8_mask(y, _mm512_set1_epi8((char)225)), one);
  count_64(counts->of[7], in_range_64(brown, y, 61, 139), one);
}

JX_AVX512 static void classify_row_avx512(
    struct column_counts *counts, struct jx_line luma, struct jx_line blue, struct jx_line red,
    size_t count) {
  const __m512i one = jx_one_64();
  size_t x = 0;
  for (; x + 64 <= count; x += 64) {
    classify_64(
        counts + x / 64, _mm512_loadu_si512(luma.samples + x), _mm512_loadu_si512(blue.samples + x),
        _mm512_loadu_si512(red.samples + x), one);
  }
  if (x < count) {
    const __mmask64 rest = jx_mask_64(count - x);
    classify_64(
        counts + x / 64, _mm512_maskz_loadu_epi8(rest, luma.samples + x),
        _mm512_maskz_loadu_epi8(rest, blue.samples + x), _mm512_maskz_loadu_epi8(rest, red.samples + x), one);
  }
}
#endif

JX_BODY classify_row(
    struct column_counts *counts, struct jx_line luma, struct jx_line blue, struct jx_line red, size_t count,
    enum jx_tier tier) {
#if defined(__x86_64__)
  if (tier == JX_TIER_AVX512) {
    classify_row_avx512(counts, luma, blue, red, count);
    return;
  }
#endif
  (void)tier;
  classify_blocks(counts, luma, blue, red, count);
}

/// Sums of four columns of two classes: of `a` in the lower 16 bits, of `b` in the upper ones.
JX_INLINE uint32_t two_quads(const uint8_t *a, const uint8_t *b) {
  uint32_t first, second;  // One load of four each; their sum does not depend on the byte order.
  memcpy(&first, a, sizeof first);
  memcpy(&second, b, sizeof second);
  const uint32_t first_pairs = (first & 0x00FF00FF) + ((first >> 8) & 0x00FF00FF);
  const uint32_t second_pairs = (second & 0x00FF00FF) + ((second >> 8) & 0x00FF00FF);
  return ((first_pairs + (first_pairs >> 16)) & 0xFFFF) |
         ((second_pairs + (second_pairs << 16)) & 0xFFFF0000);
}

/// Counts of eight classes, side by side: 16 bits each, which those of the largest tile fit, too.
struct packed_counts {
  uint64_t lower, upper;
};
_Static_assert(
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the counts lie in memory in the order of the classes");

JX_BODY add_counts(struct packed_counts *sum, struct packed_counts counts) {
  sum->lower += counts.lower;
  sum->upper += counts.upper;
}

/// The counts in each four columns of a block.
JX_BODY sum_quads(const struct column_counts *restrict block, struct packed_counts *restrict quads) {
  for (size_t i = 0; i < JX_BLOCK / 4; i++) {
    const size_t x = 4 * i;
    quads[i].lower = two_quads(block->of[0] + x, block->of[1] + x) |
                     (uint64_t)two_quads(block->of[2] + x, block->of[3] + x) << 32;
    quads[i].upper = two_quads(block->of[4] + x, block->of[5] + x) |
                     (uint64_t)two_quads(block->of[6] + x, block->of[7] + x) << 32;
  }
}

/// The counts of each tile from those of its quads, for sides of a multiple of 4.
JX_BODY write_counts_of_quads(
    struct column_counts *columns, struct jx_chunk chunk, size_t tile, uint16_t *counts) {
  struct packed_counts quads[JX_CHUNK_ROOM / 4];
  // The last quad may be a part.
  for (size_t x = chunk.count; x % 4 != 0; x++) {
    for (size_t class = 0; class < CLASSES; class++) columns[x / JX_BLOCK].of[class][x % JX_BLOCK] = 0;
  }
  for (size_t x = 0; x < chunk.count; x += JX_BLOCK) sum_quads(columns + x / JX_BLOCK, quads + x / 4);
  const size_t tiles = chunk.last - chunk.first, count = (chunk.count + 3) / 4;
  const size_t group = tile / 4 < count ? tile / 4 : count;
  // In place: the sum of a tile never overtakes its quads.
  for (size_t i = 0; group > 1 && i < tiles; i++) {
    struct packed_counts sum = quads[i * group];
    for (size_t quad = i * group + 1; quad < (i + 1) * group; quad++) add_counts(&sum, quads[quad]);
    quads[i] = sum;
  }
  for (size_t quad = tiles * group; quad < count; quad++) add_counts(&quads[tiles - 1], quads[quad]);
  memcpy(counts, quads, tiles * sizeof quads[0]);
}

/// The counts of each tile, for any side.
static __attribute__((noinline)) void write_counts_of_columns(
    const struct column_counts *columns, struct jx_chunk chunk, size_t tile, uint16_t *counts) {
  const size_t tiles = chunk.last - chunk.first;
  for (size_t i = 0; i < tiles; i++) {
    const size_t end = i + 1 < tiles ? (i + 1) * tile : chunk.count;
    for (size_t class = 0; class < CLASSES; class++) {
      uint32_t sum = 0;
      for (size_t x = i * tile; x < end; x++) sum += columns[x / JX_BLOCK].of[class][x % JX_BLOCK];
      counts[i * CLASSES + class] = (uint16_t)sum;
    }
  }
}

JX_BODY colours(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling,
    uint16_t *counts, enum jx_tier tier) {
  struct column_counts columns[JX_CHUNK_ROOM / JX_BLOCK];
  struct jx_chunk chunk;
  for (size_t row = 0; row < tiling.rows; row++) {
    const size_t bottom = jx_tile_end(row, tiling.rows, tiling.tile, luma.height);
    for (size_t first = 0; first < tiling.columns; first = chunk.last) {
      chunk = jx_chunk_at(first, tiling, luma.width);
      for (size_t x = 0; x < chunk.count; x += JX_BLOCK) memset(columns + x / JX_BLOCK, 0, sizeof columns[0]);
      for (size_t y = row * tiling.tile; y < bottom; y++) {
        const struct jx_line luma_line = jx_line_at(luma, y, chunk.left);
        const struct jx_line blue_line = jx_line_at(blue, y, chunk.left),
                             red_line = jx_line_at(red, y, chunk.left);
        classify_row(columns, luma_line, blue_line, red_line, chunk.count, tier);
      }
      uint16_t *out = counts + (row * tiling.columns + first) * CLASSES;
      if (tiling.tile % 4 == 0) {
        write_counts_of_quads(columns, chunk, tiling.tile, out);
      } else {
        write_counts_of_columns(columns, chunk, tiling.tile, out);
      }
    }
  }
}

JX_AVX2 void jx_tile_colours_avx2(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling,
    uint16_t *counts) {
  colours(luma, blue, red, tiling, counts, JX_TIER_AVX2);
}

JX_AVX512 void jx_tile_colours_avx512(
    struct jx_plane luma, struct jx_plane blue, struct jx_plane red, struct jx_tiling tiling,
    uint16_t *counts) {
  colours(luma, blue, red, tiling, counts, JX_TIER_AVX512);
}
