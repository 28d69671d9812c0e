// Entropy-coded data without stuffing and markers (ITU-T T.81, B.1.1.5): FF 00 stands for the byte FF.
//
// One pass of vector copies; a byte FF stops the copy, about once in 200 bytes.
#include <string.h>

#include "CCoarseScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define JX_AVX2 __attribute__((target("avx2,bmi")))
#endif

typedef struct {
  const uint8_t *in, *end;
  uint8_t *out, *start;
  uint64_t *segment_ends;
  size_t segments, max_segments;
} unstuffing;

enum { FIRST_RESTART = 0xD0 };

// Handles the byte FF at `in`; 0 where the data end there.
static inline __attribute__((always_inline)) int at_marker(unstuffing *state) {
  if (state->in + 1 >= state->end) return 0;
  const uint8_t marker = state->in[1];
  if (marker == 0) {
    *state->out++ = 0xFF;
    state->in += 2;
    return 1;
  }
  // Any number of FF may stand before a marker.
  if (marker == 0xFF) {
    state->in++;
    return 1;
  }
  if (marker != FIRST_RESTART + (state->segments & 7) || state->segments + 1 >= state->max_segments) return 0;
  state->segment_ends[state->segments++] = (uint64_t)(state->out - state->start);
  state->in += 2;
  return 1;
}

static void unstuff_rest(unstuffing *state) {
  while (state->in < state->end) {
    const size_t left = (size_t)(state->end - state->in);
    const uint8_t *found = memchr(state->in, 0xFF, left);
    const size_t run = found == NULL ? left : (size_t)(found - state->in);
    memcpy(state->out, state->in, run);
    state->out += run;
    state->in += run;
    if (found == NULL || !at_marker(state)) return;
  }
}

#if defined(__x86_64__)
// The loads stay inside the data, the stores inside the padding.
JX_AVX2 static int unstuff_avx2(unstuffing *given) {
  unstuffing state = *given;
  const __m256i marker = _mm256_set1_epi8((char)0xFF);
  int is_open = 1;
  while (state.end - state.in >= 64) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)state.in);
    const __m256i high = _mm256_loadu_si256((const __m256i *)(state.in + 32));
    _mm256_storeu_si256((__m256i *)state.out, low);
    _mm256_storeu_si256((__m256i *)(state.out + 32), high);
    const uint64_t found = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, marker))
                           | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, marker)) << 32;
    if (found == 0) {
      state.in += 64;
      state.out += 64;
      continue;
    }
    const uint64_t run = _tzcnt_u64(found);
    state.in += run;
    state.out += run;
    if (!at_marker(&state)) {
      is_open = 0;
      break;
    }
  }
  *given = state;
  return is_open;
}
#endif

jx_unstuffed jx_unstuff(const uint8_t *bytes, size_t count, uint8_t *out, uint64_t *segment_ends,
                        size_t max_segments, int tier) {
  unstuffing state = {.in = bytes, .end = bytes + count, .out = out, .start = out, .segment_ends = segment_ends,
                      .max_segments = max_segments};
  int is_open = 1;
#if defined(__x86_64__)
  if (tier > 0) is_open = unstuff_avx2(&state);
#endif
  if (is_open) unstuff_rest(&state);
  const size_t written = (size_t)(state.out - state.start);
  state.segment_ends[state.segments++] = written;
  memset(state.out, 0, JX_SCAN_PADDING_BYTES);
  return (jx_unstuffed){written, state.segments, (size_t)(state.in - bytes)};
}

size_t jx_restart_intervals(const uint8_t *bytes, size_t count, uint32_t *sizes, size_t max_count) {
  size_t at = 0, start = 0, found = 0;
  while (found < max_count) {
    const uint8_t *marker = at < count ? memchr(bytes + at, 0xFF, count - at) : NULL;
    if (marker == NULL || marker + 1 >= bytes + count) {
      sizes[found++] = (uint32_t)(count - start);
      break;
    }
    at = (size_t)(marker - bytes);
    if (marker[1] == 0xFF) at += 1;
    else if (marker[1] == 0) at += 2;
    else {
      sizes[found] = (uint32_t)(at - start);
      if (marker[1] != FIRST_RESTART + (found & 7)) return found + 1;
      found++;
      at += 2;
      start = at;
    }
  }
  return found;
}
