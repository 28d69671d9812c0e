// Depthwise convolution: each channel is convolved with a kernel of its own.
//
// VNNI sums up four products of one 32-bit lane, so that four taps of a channel must lie side by side. For 64
// channels and one column of the kernel's rows, eight interleavings bring them there, and their result serves all
// places of the kernel that reach the column. It lies in lanes such that joining the sums to bytes again puts the
// channels back in order: lane L of quarter j holds channels 16 L + 4 j and the three after it.
#include "layers.h"

#if defined(__x86_64__)
/// Rows of the map that the kernel reaches at one out row; NULL outside of the map.
JX_INLINE void jx_kernel_rows(
    const uint8_t *in, const struct jx_depthwise *s, size_t out_y, const uint8_t *rows[8]) {
  for (size_t k = 0; k < 8; k++) {
    const ptrdiff_t y = (ptrdiff_t)(out_y * s->stride + k) - (ptrdiff_t)s->pad_top;
    const int isInside = k < s->kernel && y >= 0 && y < (ptrdiff_t)s->height;
    rows[k] = isInside ? in + (size_t)y * s->width * s->channels : NULL;
  }
}

/// Four taps of 64 channels side by side.
JX_VNNI JX_BODY jx_interleave(
    const uint8_t *const rows[4], size_t at, __mmask64 mask, __m512i zero, uint8_t *to) {
  __m512i tap[4];
  for (int k = 0; k < 4; k++) tap[k] = rows[k] ? _mm512_maskz_loadu_epi8(mask, rows[k] + at) : zero;
  const __m512i low01 = _mm512_unpacklo_epi8(tap[0], tap[1]), high01 = _mm512_unpackhi_epi8(tap[0], tap[1]);
  const __m512i low23 = _mm512_unpacklo_epi8(tap[2], tap[3]), high23 = _mm512_unpackhi_epi8(tap[2], tap[3]);
  _mm512_storeu_si512(to, _mm512_unpacklo_epi16(low01, low23));
  _mm512_storeu_si512(to + 64, _mm512_unpackhi_epi16(low01, low23));
  _mm512_storeu_si512(to + 128, _mm512_unpacklo_epi16(high01, high23));
  _mm512_storeu_si512(to + 192, _mm512_unpackhi_epi16(high01, high23));
}

/// Interleaves all columns that an out row needs.
JX_VNNI JX_BODY jx_interleave_row(
    const uint8_t *in, const struct jx_depthwise *s, size_t out_y, size_t channel, __mmask64 mask,
    const size_t groups, uint8_t *scratch) {
  const uint8_t *rows[8];
  jx_kernel_rows(in, s, out_y, rows);
  const __m512i zero = _mm512_set1_epi8((char)s->in_zero);
  const size_t columns = (s->out_width - 1) * s->stride + s->kernel;
  for (size_t column = 0; column < columns; column++) {
    const ptrdiff_t x = (ptrdiff_t)column - (ptrdiff_t)s->pad_left;
    uint8_t *to = scratch + column * groups * 256;
    if (x < 0 || x >= (ptrdiff_t)s->width) {
      for (size_t part = 0; part < 4 * groups; part++) _mm512_storeu_si512(to + 64 * part, zero);
      continue;
    }
    const size_t at = (size_t)x * s->channels + channel;
    for (size_t g = 0; g < groups; g++) jx_interleave(rows + 4 * g, at, mask, zero, to + 256 * g);
  }
}

/// The values of `count` neighbouring pixels and 64 channels. Bias and scales lie as the sums do.
JX_VNNI JX_BODY jx_convolve(
    const uint8_t *scratch, const size_t kernel, const size_t stride, const size_t groups,
    const size_t count, const uint8_t *weights, const struct jx_requantize *r, size_t channel,
    __mmask64 mask, size_t out_stride, uint8_t *out) {
  __m512i words[2][4];
#pragma unroll
  for (size_t half = 0; half < 2; half++) {
    __m512i values[2][4];
#pragma unroll
    for (size_t part = 0; part < 2; part++) {
      const size_t j = 2 * half + part, lane = channel + 16 * j;
      __m512i sums[4];
#pragma unroll
      for (size_t p = 0; p < count; p++) sums[p] = _mm512_loadu_si512(r->bias + lane);
      for (size_t step = 0; step < kernel * groups; step++) {
        const __m512i w = _mm512_loadu_si512(weights + 64 * (4 * step + j));
#pragma unroll
        for (size_t p = 0; p < count; p++) {
          const uint8_t *from = scratch + p * stride * groups * 256 + step * 256 + 64 * j;
          sums[p] = _mm512_dpbusd_epi32(sums[p], _mm512_loadu_si512(from), w);
        }
      }
      const __m512 scale = _mm512_loadu_ps(r->scales + lane);
#pragma unroll
      for (size_t p = 0; p < count; p++) {
        const __m512i rounded = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_cvtepi32_ps(sums[p]), scale));
        values[part][p] = _mm512_add_epi32(rounded, _mm512_set1_epi32(r->zero));
      }
    }
#pragma unroll
    for (size_t p = 0; p < count; p++) words[half][p] = _mm512_packs_epi32(values[0][p], values[1][p]);
  }
#pragma unroll
  for (size_t p = 0; p < count; p++) {
    __m512i bytes = _mm512_packus_epi16(words[0][p], words[1][p]);
    bytes = _mm512_max_epu8(bytes, _mm512_set1_epi8((char)r->low));
    bytes = _mm512_min_epu8(bytes, _mm512_set1_epi8((char)r->high));
    _mm512_mask_storeu_epi8(out + p * out_stride, mask, bytes);
  }
}

JX_VNNI JX_BODY jx_depthwise_vnni(
    const uint8_t *in, const struct jx_depthwise *s, const uint8_t *weights, const struct jx_requantize *r,
    uint8_t *scratch, uint8_t *out, const size_t kernel, const size_t stride, const size_t groups) {
  scratch += (64 - ((uintptr_t)scratch & 63)) & 63;
  for (size_t channel = 0; channel < s->channels; channel += 64) {
    const size_t left = s->channels - channel;
    const __mmask64 mask = left >= 64 ? ~0ull : jx_mask_64(left);
    const uint8_t *w = weights + channel * kernel * groups * 4;
    for (size_t y = 0; y < s->out_height; y++) {
      jx_interleave_row(in, s, y, channel, mask, groups, scratch);
      uint8_t *to = out + y * s->out_width * s->channels + channel;
      size_t x = 0;
      for (; x + 4 <= s->out_width; x += 4)
        jx_convolve(
            scratch + x * stride * groups * 256, kernel, stride, groups, 4, w, r, channel, mask, s->channels,
            to + x * s->channels);
      for (; x < s->out_width; x++)
        jx_convolve(
            scratch + x * stride * groups * 256, kernel, stride, groups, 1, w, r, channel, mask, s->channels,
            to + x * s->channels);
    }
  }
}

JX_VNNI void jx_depthwise_avx512(
    const uint8_t *in, const struct jx_depthwise *shape, const void *weights,
    const struct jx_requantize *requantize, uint8_t *scratch, uint8_t *out) {
  if (shape->kernel == 3 && shape->stride == 1)
    jx_depthwise_vnni(in, shape, weights, requantize, scratch, out, 3, 1, 1);
  else if (shape->kernel == 3)
    jx_depthwise_vnni(in, shape, weights, requantize, scratch, out, 3, 2, 1);
  else if (shape->stride == 1)
    jx_depthwise_vnni(in, shape, weights, requantize, scratch, out, 5, 1, 2);
  else
    jx_depthwise_vnni(in, shape, weights, requantize, scratch, out, 5, 2, 2);
}

/// Copies the rows that an out row needs, with their padding.
JX_BODY jx_pad_rows(const uint8_t *in, const struct jx_depthwise *s, size_t out_y, uint8_t *scratch) {
  const uint8_t *rows[8];
  jx_kernel_rows(in, s, out_y, rows);
  const size_t columns = (s->out_width - 1) * s->stride + s->kernel, bytes = columns * s->channels;
  for (size_t k = 0; k < s->kernel; k++) {
    uint8_t *to = scratch + k * bytes;
    if (!rows[k]) {
      memset(to, s->in_zero, bytes);
      continue;
    }
    const size_t left = s->pad_left, whole = s->width + left > columns ? columns - left : s->width;
    memset(to, s->in_zero, left * s->channels);
    memcpy(to + left * s->channels, rows[k], whole * s->channels);
    memset(to + (left + whole) * s->channels, s->in_zero, (columns - left - whole) * s->channels);
  }
}

/// Sums of 16 channels at one place; two taps at a time, a last one alone with a weight of zero beside it.
JX_AVX2 JX_BODY jx_convolve_avx2(
    const uint8_t *place, size_t row_bytes, size_t channels, size_t kernel, const int16_t *weights,
    const struct jx_requantize *r, size_t channel, uint8_t *out) {
  __m256i low = jx_load_32(r->bias + channel), high = jx_load_32(r->bias + channel + 8);
  const size_t taps = kernel * kernel;
  for (size_t tap = 0; tap < taps; tap += 2, weights += 32) {
    const size_t next = tap + 1 < taps ? tap + 1 : tap;
    const uint8_t *first = place + tap / kernel * row_bytes + tap % kernel * channels;
    const uint8_t *second = place + next / kernel * row_bytes + next % kernel * channels;
    const __m128i a = _mm_loadu_si128((const __m128i *)first), b = _mm_loadu_si128((const __m128i *)second);
    const __m256i low_pairs = _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(a, b));
    const __m256i high_pairs = _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(a, b));
    low = _mm256_add_epi32(low, _mm256_madd_epi16(low_pairs, jx_load_32(weights)));
    high = _mm256_add_epi32(high, _mm256_madd_epi16(high_pairs, jx_load_32(weights + 16)));
  }
  const __m256 t0 = _mm256_mul_ps(_mm256_cvtepi32_ps(low), _mm256_loadu_ps(r->scales + channel));
  const __m256 t1 = _mm256_mul_ps(_mm256_cvtepi32_ps(high), _mm256_loadu_ps(r->scales + channel + 8));
  _mm_storeu_si128((__m128i *)out, jx_values_8_8(t0, t1, r));
}

JX_AVX2 void jx_depthwise_avx2(
    const uint8_t *in, const struct jx_depthwise *shape, const void *weights,
    const struct jx_requantize *requantize, uint8_t *scratch, uint8_t *out) {
  const size_t columns = (shape->out_width - 1) * shape->stride + shape->kernel;
  const size_t row_bytes = columns * shape->channels;
  const size_t pairs = (shape->kernel * shape->kernel + 1) / 2;
  for (size_t y = 0; y < shape->out_height; y++) {
    jx_pad_rows(in, shape, y, scratch);
    for (size_t channel = 0; channel < shape->channels; channel += 16) {
      const int16_t *w = (const int16_t *)weights + channel / 16 * pairs * 32;
      for (size_t x = 0; x < shape->out_width; x++)
        jx_convolve_avx2(
            scratch + x * shape->stride * shape->channels + channel, row_bytes, shape->channels,
            shape->kernel, w, requantize, channel,
            out + (y * shape->out_width + x) * shape->channels + channel);
    }
  }
}
#endif
