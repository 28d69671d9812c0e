#ifndef CPIXELKERNELS_H
#define CPIXELKERNELS_H
#include <stddef.h>
#include <stdint.h>

// Vector kernels over planes of 8-bit samples. A kernel validates nothing: its Swift face (`PixelKernels`)
// checks sizes once. Each has one function per instruction tier with equal results, bit for bit.
//
// Tiles are squares; the last tile of a row or column takes the remainder. Outputs are one value per tile,
// row by row.

/// 1 when the processor runs the tier, else 0.
int jx_supports_avx2(void);
int jx_supports_avx512(void);

/// A plane: first sample, bytes from row to row, samples a row, rows.
struct jx_plane {
  const uint8_t *base;
  size_t stride;
  size_t width;
  size_t height;
};

/// Tiles of a plane: side (1…64), tiles a row, rows of tiles. The last tile ends with the plane and is at
/// most two sides long.
struct jx_tiling {
  size_t tile;
  size_t columns;
  size_t rows;
};

#define JX_DECLARE(name, parameters) \
  void name##_avx2 parameters;       \
  void name##_avx512 parameters;

JX_DECLARE(
    jx_tile_moments, (struct jx_plane plane, struct jx_tiling tiling, uint32_t *sums, uint32_t *squares))
JX_DECLARE(
    jx_tile_gradients,
    (struct jx_plane plane, struct jx_tiling tiling, size_t step, uint32_t *horizontal, uint32_t *vertical))
JX_DECLARE(
    jx_tile_colours, (struct jx_plane luma, struct jx_plane blue, struct jx_plane red,
                      struct jx_tiling tiling, uint16_t *counts))
JX_DECLARE(
    jx_tile_differences,
    (struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling, uint32_t *sums))
JX_DECLARE(
    jx_tile_extremes, (struct jx_plane plane, struct jx_tiling tiling, uint8_t *lowest, uint8_t *highest))
JX_DECLARE(
    jx_count_changes, (struct jx_plane plane, struct jx_plane other, struct jx_tiling tiling,
                       uint8_t threshold, uint16_t *counts))
/// The background has the plane's size; its rows are a multiple of 64 bytes apart, the last one too.
JX_DECLARE(
    jx_update_background, (struct jx_plane plane, uint8_t *background, size_t stride, struct jx_tiling tiling,
                           uint8_t threshold, uint8_t step, uint16_t *counts))
JX_DECLARE(
    jx_texture_sums, (const uint16_t *values, size_t stride, size_t width, size_t height,
                      struct jx_tiling tiling, uint32_t *sums))
JX_DECLARE(jx_dc_levels, (const int16_t *dc, size_t count, uint16_t quantizer, uint8_t *out))

// Planes from planes: rows of the output are a multiple of 64 bytes apart, the last one too, and what lies
// between them may be overwritten.
JX_DECLARE(jx_halve, (struct jx_plane plane, uint8_t *out, size_t out_stride))
/// By a factor of 4 or 8.
JX_DECLARE(jx_shrink, (struct jx_plane plane, size_t factor, uint8_t *out, size_t out_stride))
JX_DECLARE(jx_box_blur, (struct jx_plane plane, uint8_t *out, size_t out_stride))
JX_DECLARE(jx_integral, (struct jx_plane plane, uint32_t *sums))
JX_DECLARE(jx_histogram, (struct jx_plane plane, uint32_t *counts))
#endif
