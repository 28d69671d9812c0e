// 1x1 convolution: each out channel is a sum over the in channels of the same pixel.
//
// A tile of pixels times two blocks of 16 out channels is summed up in registers, in channels four at a time
// (VNNI) or two (AVX2). The blocks are the outer loop: the weights of two blocks stay in the first cache while
// all pixels pass. Multiply-adds are the bound: 128 a cycle for 512 bits.
#include "layers.h"

#if defined(__x86_64__)
/// Pixels of a tile: with two blocks 24 sums, which hides the latency of the multiply-adds.
#define JX_PIXELS 12
#define JX_PIXELS_AVX2 4
/// In channels of a pixel that the AVX2 tier widens at once.
#define JX_MAXIMUM_CHANNELS 2048

/// Two neighbouring pixels' values of 32 channels from channel c on.
JX_VNNI JX_BODY jx_store_pair(
    __m512i sums[2][2], const struct jx_requantize *r, const int hasResidual, size_t p, size_t c,
    uint8_t *out, size_t out_stride) {
  // Lanes of a quarter: joining words and bytes interleaves blocks and pixels, which this puts in order.
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  __m512i words[2];
#pragma unroll
  for (size_t i = 0; i < 2; i++) {
    const __m512i first = _mm512_cvtps_epi32(jx_scale_16(sums[0][i], r, hasResidual, p + i, c));
    const __m512i second = _mm512_cvtps_epi32(jx_scale_16(sums[1][i], r, hasResidual, p + i, c + 16));
    words[i] = _mm512_adds_epi16(_mm512_packs_epi32(first, second), _mm512_set1_epi16((int16_t)r->zero));
  }
  __m512i bytes = _mm512_packus_epi16(words[0], words[1]);
  bytes = _mm512_max_epu8(bytes, _mm512_set1_epi8((char)r->low));
  bytes = _mm512_min_epu8(bytes, _mm512_set1_epi8((char)r->high));
  bytes = _mm512_permutexvar_epi32(order, bytes);
  _mm256_storeu_si256((__m256i *)(out + p * out_stride + c), _mm512_castsi512_si256(bytes));
  _mm256_storeu_si256((__m256i *)(out + (p + 1) * out_stride + c), _mm512_extracti64x4_epi64(bytes, 1));
}

/// A tile of `count` pixels and `blocks` blocks.
JX_VNNI JX_BODY jx_sum_vnni(
    const uint8_t *in, size_t in_stride, size_t first, const size_t count, const uint8_t *weights,
    size_t groups, size_t block, const size_t blocks, const struct jx_requantize *r, const int hasResidual,
    uint8_t *out, size_t out_stride, float *logits) {
  __m512i sums[2][JX_PIXELS];
#pragma unroll
  for (size_t b = 0; b < blocks; b++)
#pragma unroll
    for (size_t p = 0; p < count; p++) sums[b][p] = _mm512_loadu_si512(r->bias + 16 * (block + b));
  const uint8_t *pixel = in + first * in_stride;
  for (size_t g = 0; g < groups; g++, pixel += 4, weights += 64) {
    __m512i w[2];
#pragma unroll
    for (size_t b = 0; b < blocks; b++) w[b] = _mm512_loadu_si512(weights + 64 * b * groups);
#pragma unroll
    for (size_t p = 0; p < count; p++) {
      int32_t four;
      memcpy(&four, pixel + p * in_stride, 4);
      const __m512i values = _mm512_set1_epi32(four);
#pragma unroll
      for (size_t b = 0; b < blocks; b++) sums[b][p] = _mm512_dpbusd_epi32(sums[b][p], values, w[b]);
    }
  }
  if (blocks == 2 && count % 2 == 0 && !logits) {
#pragma unroll
    for (size_t p = 0; p < count; p += 2) {
      __m512i pair[2][2] = {{sums[0][p], sums[0][p + 1]}, {sums[1][p], sums[1][p + 1]}};
      jx_store_pair(pair, r, hasResidual, first + p, 16 * block, out, out_stride);
    }
    return;
  }
#pragma unroll
  for (size_t p = 0; p < count; p++)
#pragma unroll
    for (size_t b = 0; b < blocks; b++) {
      const size_t c = 16 * (block + b), at = (first + p) * out_stride + c;
      const __m512 t = jx_scale_16(sums[b][p], r, hasResidual, first + p, c);
      if (logits) _mm512_storeu_ps(logits + at, t);
      else _mm_storeu_si128((__m128i *)(out + at), jx_values_16(t, r));
    }
}

#define JX_TILE(count, blocks)                                                                          \
  jx_sum_vnni(                                                                                          \
      in, in_stride, p, count, w, groups, b, blocks, requantize, hasResidual, out, out_stride, logits)

JX_VNNI JX_BODY jx_pointwise_vnni(
    const uint8_t *in, size_t in_stride, size_t pixels, const void *weights, size_t groups, size_t blocks,
    const struct jx_requantize *requantize, const int hasResidual, uint8_t *out, size_t out_stride,
    float *logits) {
  for (size_t b = 0; b < blocks; b += 2) {
    const uint8_t *w = (const uint8_t *)weights + 64 * groups * b;
    size_t p = 0;
    if (b + 1 < blocks) {
      for (; p + JX_PIXELS <= pixels; p += JX_PIXELS) JX_TILE(JX_PIXELS, 2);
      for (; p + 4 <= pixels; p += 4) JX_TILE(4, 2);
      for (; p < pixels; p++) JX_TILE(1, 2);
    } else {
      for (; p + JX_PIXELS <= pixels; p += JX_PIXELS) JX_TILE(JX_PIXELS, 1);
      for (; p + 4 <= pixels; p += 4) JX_TILE(4, 1);
      for (; p < pixels; p++) JX_TILE(1, 1);
    }
  }
}

JX_VNNI void jx_pointwise_avx512(
    const uint8_t *in, size_t in_stride, size_t pixels, const void *weights, size_t groups, size_t blocks,
    const struct jx_requantize *requantize, uint8_t *out, size_t out_stride, float *logits) {
  if (logits)
    jx_pointwise_vnni(in, in_stride, pixels, weights, groups, blocks, requantize, 1, out, out_stride, logits);
  else if (requantize->residual)
    jx_pointwise_vnni(in, in_stride, pixels, weights, groups, blocks, requantize, 1, out, out_stride, NULL);
  else
    jx_pointwise_vnni(in, in_stride, pixels, weights, groups, blocks, requantize, 0, out, out_stride, NULL);
}

JX_AVX2 JX_BODY jx_sum_avx2(
    const int16_t *in, size_t in_stride, size_t first, const size_t count, const int16_t *weights,
    size_t pairs, size_t block, const struct jx_requantize *r, uint8_t *out, size_t out_stride,
    float *logits) {
  __m256i sums[2][JX_PIXELS_AVX2];
  for (size_t h = 0; h < 2; h++)
    for (size_t p = 0; p < count; p++) sums[h][p] = jx_load_32(r->bias + 16 * block + 8 * h);
  for (size_t g = 0; g < pairs; g++) {
    const __m256i w0 = jx_load_32(weights + 32 * g), w1 = jx_load_32(weights + 32 * g + 16);
    for (size_t p = 0; p < count; p++) {
      int32_t two;
      memcpy(&two, in + p * in_stride + 2 * g, 4);
      const __m256i values = _mm256_set1_epi32(two);
      sums[0][p] = _mm256_add_epi32(sums[0][p], _mm256_madd_epi16(values, w0));
      sums[1][p] = _mm256_add_epi32(sums[1][p], _mm256_madd_epi16(values, w1));
    }
  }
  for (size_t p = 0; p < count; p++) {
    const size_t c = 16 * block, at = (first + p) * out_stride + c;
    const __m256 t0 = jx_scale_8(sums[0][p], r, first + p, c);
    const __m256 t1 = jx_scale_8(sums[1][p], r, first + p, c + 8);
    if (logits) {
      _mm256_storeu_ps(logits + at, t0);
      _mm256_storeu_ps(logits + at + 8, t1);
    } else {
      _mm_storeu_si128((__m128i *)(out + at), jx_values_8_8(t0, t1, r));
    }
  }
}

/// Widens the in channels of some pixels to 16 bits, row by row.
JX_AVX2 JX_BODY jx_widen(
    const uint8_t *in, size_t in_stride, size_t count, size_t channels, int16_t *out, size_t out_stride) {
  for (size_t p = 0; p < count; p++)
    for (size_t c = 0; c < channels; c++) out[p * out_stride + c] = in[p * in_stride + c];
}

JX_AVX2 void jx_pointwise_avx2(
    const uint8_t *in, size_t in_stride, size_t pixels, const void *weights, size_t groups, size_t blocks,
    const struct jx_requantize *requantize, uint8_t *out, size_t out_stride, float *logits) {
  int16_t wide[JX_PIXELS_AVX2 * JX_MAXIMUM_CHANNELS];
  const size_t channels = 4 * groups, pairs = 2 * groups;
  for (size_t p = 0; p < pixels; p += JX_PIXELS_AVX2) {
    const size_t count = pixels - p < JX_PIXELS_AVX2 ? pixels - p : JX_PIXELS_AVX2;
    jx_widen(in + p * in_stride, in_stride, count, channels, wide, channels);
    for (size_t b = 0; b < blocks; b++) {
      const int16_t *w = (const int16_t *)weights + 32 * pairs * b;
      if (count == JX_PIXELS_AVX2) {
        jx_sum_avx2(wide, channels, p, JX_PIXELS_AVX2, w, pairs, b, requantize, out, out_stride, logits);
        continue;
      }
      for (size_t i = 0; i < count; i++)
        jx_sum_avx2(
            wide + i * channels, channels, p + i, 1, w, pairs, b, requantize, out, out_stride, logits);
    }
  }
}
#endif

void jx_gather_patches(
    const uint8_t *in, size_t in_stride, size_t kernel, size_t row_bytes, size_t step, size_t pixels,
    size_t patch_bytes, uint8_t *out) {
  for (size_t p = 0; p < pixels; p++, in += step, out += patch_bytes)
    for (size_t y = 0; y < kernel; y++)
      // Whole sixteens: what lies beyond a row is overwritten by the next.
      for (size_t x = 0; x < row_bytes; x += 16) memcpy(out + y * row_bytes + x, in + y * in_stride + x, 16);
}
