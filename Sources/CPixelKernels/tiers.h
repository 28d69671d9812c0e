#ifndef JX_TIERS_H
#define JX_TIERS_H
#include <string.h>
#include "CPixelKernels.h"

// One body, many tiers: a kernel is written once as a JX_BODY function of plain integer loops, and compiled
// once per instruction tier by a thin named function. The tiers then differ in the compiler's vector width
// only, so that integer results are equal by construction (and the self check compares them all the same).
#define JX_INLINE static inline __attribute__((always_inline))
#define JX_BODY JX_INLINE void

#if defined(__x86_64__)
#include <immintrin.h>
#define JX_AVX2 __attribute__((target("avx2")))
#define JX_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#else
#define JX_AVX2
#define JX_AVX512
#endif

// Where plain loops leave too much behind, a kernel has a hand-written row function per tier, and the body
// around it takes the tier as a constant.
enum jx_tier { JX_TIER_AVX2, JX_TIER_AVX512 };

/// Samples that the inner loops handle at once. Their constant count leaves the compiler no scalar remainder,
/// which would take longer than all whole vectors of a narrow row.
#define JX_BLOCK 64
/// Columns that one pass over a tile row handles: few enough for the accumulators to stay in the first cache,
/// and a whole row of most pictures, so that memory is read in long runs.
#define JX_CHUNK 4096
/// The largest tile side. The last tile of a row or column takes the remainder: up to 2 * side pixels.
#define JX_MAXIMUM_TILE 64
/// Room for a chunk whose last tile takes the remainder, and for the rest of its last block.
#define JX_CHUNK_ROOM (JX_CHUNK + JX_MAXIMUM_TILE + JX_BLOCK)

/// Where tile `index` ends; the last one ends with the plane.
JX_INLINE size_t jx_tile_end(size_t index, size_t count, size_t tile, size_t extent) {
  return index + 1 >= count ? extent : (index + 1) * tile;
}

/// Absolute difference of two bytes.
JX_INLINE uint8_t jx_difference(uint8_t a, uint8_t b) { return (uint8_t)(a > b ? a - b : b - a); }

/// Part of a row of samples, and where the memory of its plane ends.
struct jx_line {
  const uint8_t *samples, *end;
};

/// Row y from column x on.
JX_INLINE struct jx_line jx_line_at(struct jx_plane plane, size_t y, size_t x) {
  const uint8_t *end = plane.base + (plane.height - 1) * plane.stride + plane.width;
  return (struct jx_line){plane.base + y * plane.stride + x, end};
}

/// The JX_BLOCK samples from column x on, for reading. What lies beyond the row's end means nothing (padding,
/// the next row); where the block would reach beyond the plane's memory, it is a copy filled up with zeros.
JX_INLINE const uint8_t *jx_block(struct jx_line line, size_t x, uint8_t copy[JX_BLOCK]) {
  const ptrdiff_t left = line.end - line.samples - (ptrdiff_t)x;
  if (__builtin_expect(left >= JX_BLOCK, 1)) return line.samples + x;
  memset(copy, 0, JX_BLOCK);
  if (left > 0) memcpy(copy, line.samples + x, (size_t)left);
  return copy;
}

#if defined(__x86_64__)
/// A mask of the first `count` of 64 samples, 1…64.
JX_INLINE __mmask64 jx_mask_64(size_t count) { return ~0ull >> (64 - count); }

/// 64 ones that the compiler does not know to be ones: it would make two operations of an addition by mask.
JX_AVX512 JX_INLINE __m512i jx_one_64(void) {
  __m512i one = _mm512_set1_epi8(1);
  __asm__("" : "+v"(one));
  return one;
}

JX_AVX2 JX_INLINE __m256i jx_load_32(const void *from) { return _mm256_loadu_si256((const __m256i *)from); }
JX_AVX2 JX_BODY jx_store_32(void *to, __m256i value) { _mm256_storeu_si256((__m256i *)to, value); }

/// The samples of columns x ..< count, fewer than 32, followed by zeros.
JX_AVX2 JX_INLINE __m256i jx_rest_32(struct jx_line line, size_t x, size_t count) {
  static const uint64_t window[8] = {~0ull, ~0ull, ~0ull, ~0ull};  // 32 bytes that keep, 32 that drop.
  uint8_t copy[JX_BLOCK];
  const __m256i mask = jx_load_32((const uint8_t *)window + 32 - (count - x));
  return _mm256_and_si256(jx_load_32(jx_block(line, x, copy)), mask);
}
#endif
#endif
