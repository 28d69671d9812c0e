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

// Layers of an 8-bit network. Maps lie pixel by pixel, row by row; a pixel's channels are padded to a multiple of
// 16. Values are bytes with a zero point, weights are signed bytes, sums have 32 bits and do not overflow.
// Here the AVX-512 tier needs VNNI.

/// 1 when the processor runs the AVX-512 tier of the layers.
int jx_supports_vnni(void);

/// How sums become the values of a map: t = (float)sum * scale, plus (float)(residual - residual_zero) *
/// residual_scale where there is a residual, each operation rounded by itself; then t rounded to nearest even,
/// plus zero, and clamped to low...high, 0...255.
struct jx_requantize {
  /// One for each out channel, padded as the channels are.
  const int32_t *bias;
  const float *scales;
  /// The residual's first pixel, or NULL; pixel p takes the residual's pixel p >> residual_shift.
  const uint8_t *residual;
  size_t residual_stride;
  unsigned residual_shift;
  float residual_scale;
  int32_t residual_zero;
  int32_t zero, low, high;
};

/// 1x1 convolution of `pixels` neighbouring pixels: `groups` of four in channels, `blocks` of 16 out channels.
/// Weights in the order that `PackedWeights` gives for the tier. Writes to `out`, or t itself to `logits` where that is not NULL.
JX_DECLARE(
    jx_pointwise, (const uint8_t *in, size_t in_stride, size_t pixels, const void *weights, size_t groups,
                   size_t blocks, const struct jx_requantize *requantize, uint8_t *out, size_t out_stride,
                   float *logits))

/// A depthwise convolution: sizes of the maps, channels padded to a multiple of 16, kernel 3 or 5, stride 1 or 2,
/// rows and columns of padding before the map; outside of it lies `in_zero`.
struct jx_depthwise {
  size_t width, height, channels;
  size_t out_width, out_height;
  size_t kernel, stride, pad_left, pad_top;
  uint8_t in_zero;
};

/// Weights, bias and scales in the order that `PackedWeights` gives for the tier. Scratch: for the columns that an
/// out row reaches, 256 bytes for each four rows of the kernel, or all its rows; and 64.
JX_DECLARE(
    jx_depthwise, (const uint8_t *in, const struct jx_depthwise *shape, const void *weights,
                   const struct jx_requantize *requantize, uint8_t *scratch, uint8_t *out))

/// For one row of an out map, copies what lies under each place of a kernel side by side: `kernel` rows of `row_bytes`
/// neighbouring bytes, the first one at `in`. Places are `step` bytes apart, their copies `patch_bytes`; what lies
/// between these means nothing. Reads up to 15 bytes beyond a row, and writes up to 15 beyond the last copy.
void jx_gather_patches(
    const uint8_t *in, size_t in_stride, size_t kernel, size_t row_bytes, size_t step, size_t pixels,
    size_t patch_bytes, uint8_t *out);
#endif
