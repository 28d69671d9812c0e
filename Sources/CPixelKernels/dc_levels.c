// The mean of each 8x8 block from its DC coefficient.
//   level = min(max(((dc · q + 4) >> 3) + 128, 0), 255), the shift rounding down
// Reads 2 bytes a block, writes 1. Works in 16 bits: a product beyond ±1,100 gives 0 or 255 all the same, so
// that the quantiser can be cut to 2,048 and the coefficient to the first value beyond that limit.
#include "tiers.h"

JX_BODY levels(const int16_t *restrict dc, size_t count, uint16_t quantizer, uint8_t *restrict out) {
  const int16_t q = (int16_t)(quantizer < 2048 ? quantizer : 2048);
  const int16_t high = (int16_t)(q > 0 ? 1100 / q + 1 : 1), low = (int16_t)-high;
  for (size_t i = 0; i < count; i++) {
    // The builtins keep the comparisons in 16 bits, where C would widen them to 32.
    const int16_t coefficient = __builtin_elementwise_min(__builtin_elementwise_max(dc[i], low), high);
    const int16_t mean = (int16_t)((int16_t)((int16_t)(coefficient * q) + 4) >> 3);
    const int16_t level = (int16_t)(mean + 128);
    out[i] = (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
  }
}

JX_AVX2 void jx_dc_levels_avx2(const int16_t *dc, size_t count, uint16_t quantizer, uint8_t *out) {
  levels(dc, count, quantizer, out);
}

JX_AVX512 void jx_dc_levels_avx512(const int16_t *dc, size_t count, uint16_t quantizer, uint8_t *out) {
  levels(dc, count, quantizer, out);
}
