#ifndef JX_LAYERS_H
#define JX_LAYERS_H
#include "tiers.h"

// From sums to values, see `jx_requantize`. Products and sums of floats are rounded one by one: a fused operation
// would round otherwise than the reference.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define JX_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

/// t of 16 channels of pixel p from channel c on. `hasResidual` is a constant: there may be a residual.
JX_VNNI JX_INLINE __m512 jx_scale_16(
    __m512i sum, const struct jx_requantize *r, const int hasResidual, size_t p, size_t c) {
  __m512 t = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(r->scales + c));
  if (hasResidual && r->residual) {
    const uint8_t *from = r->residual + (p >> r->residual_shift) * r->residual_stride + c;
    __m512i value = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)from));
    value = _mm512_sub_epi32(value, _mm512_set1_epi32(r->residual_zero));
    __m512 product = _mm512_mul_ps(_mm512_cvtepi32_ps(value), _mm512_set1_ps(r->residual_scale));
    // Not to be fused with the product: each operation is an intrinsic, and contraction is off.
    t = _mm512_add_ps(t, product);
  }
  return t;
}

/// The values of 16 channels.
JX_VNNI JX_INLINE __m128i jx_values_16(__m512 t, const struct jx_requantize *r) {
  __m512i value = _mm512_add_epi32(_mm512_cvtps_epi32(t), _mm512_set1_epi32(r->zero));
  value = _mm512_max_epi32(value, _mm512_set1_epi32(r->low));
  return _mm512_cvtepi32_epi8(_mm512_min_epi32(value, _mm512_set1_epi32(r->high)));
}

/// t of 8 channels of pixel p from channel c on.
JX_AVX2 JX_INLINE __m256 jx_scale_8(__m256i sum, const struct jx_requantize *r, size_t p, size_t c) {
  __m256 t = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(r->scales + c));
  if (r->residual) {
    const uint8_t *from = r->residual + (p >> r->residual_shift) * r->residual_stride + c;
    __m256i value = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)from));
    value = _mm256_sub_epi32(value, _mm256_set1_epi32(r->residual_zero));
    __m256 product = _mm256_mul_ps(_mm256_cvtepi32_ps(value), _mm256_set1_ps(r->residual_scale));
    t = _mm256_add_ps(t, product);
  }
  return t;
}

/// The values of 16 channels.
JX_AVX2 JX_INLINE __m128i jx_values_8_8(__m256 t0, __m256 t1, const struct jx_requantize *r) {
  const __m256i zero = _mm256_set1_epi32(r->zero);
  const __m256i low = _mm256_set1_epi32(r->low), high = _mm256_set1_epi32(r->high);
  __m256i a = _mm256_add_epi32(_mm256_cvtps_epi32(t0), zero);
  __m256i b = _mm256_add_epi32(_mm256_cvtps_epi32(t1), zero);
  a = _mm256_min_epi32(_mm256_max_epi32(a, low), high);
  b = _mm256_min_epi32(_mm256_max_epi32(b, low), high);
  // Lanes of four: a0 b0 a1 b1, put in order before the bytes are joined.
  const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
  return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}
#endif
#endif
