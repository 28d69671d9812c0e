#ifndef JX_TIERS_H
#define JX_TIERS_H
#include "CPixelKernels.h"

// One body, many tiers: a kernel is written once as a JX_BODY function of plain integer loops, and compiled
// once per instruction tier by a thin named function. The tiers then differ in the compiler's vector width
// only, so that integer results are equal by construction (and the self check compares them all the same).
#define JX_BODY static inline __attribute__((always_inline)) void

#if defined(__x86_64__)
#define JX_AVX2 __attribute__((target("avx2")))
#define JX_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#else
#define JX_AVX2
#define JX_AVX512
#endif

/// Columns that one pass over a tile row handles: small enough for the accumulators to stay in the first cache.
#define JX_CHUNK 512
/// The largest tile side. The last tile of a row or column takes the remainder: up to 2 * side pixels.
#define JX_MAXIMUM_TILE 64
/// Room for a chunk whose last tile takes the remainder.
#define JX_CHUNK_ROOM (JX_CHUNK + JX_MAXIMUM_TILE)

/// Where tile `index` ends; the last one ends with the plane.
static inline __attribute__((always_inline)) size_t jx_tile_end(
    size_t index, size_t count, size_t tile, size_t extent) {
  return index + 1 >= count ? extent : (index + 1) * tile;
}

/// Absolute difference of two bytes.
static inline __attribute__((always_inline)) uint8_t jx_difference(uint8_t a, uint8_t b) {
  return (uint8_t)(a > b ? a - b : b - a);
}
#endif
