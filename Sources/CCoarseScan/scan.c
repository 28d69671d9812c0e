// The lockstep scan: its steps, and its instances by number of lanes and tier.
//
// Sequential Huffman decoding, ITU-T T.81 F.2.2. A lane is one absolute bit position: a load of eight bytes, a byte
// swap and a shift give at least 57 bits, so there is no refill to predict. Blocks that the windows of the tables do
// not settle (codes of more than twelve bits, full ones, damage) are settled one by one with every step checked.
#include <string.h>

#include "huffman.h"

#if defined(__x86_64__)
#include <cpuid.h>
#define JX_BMI2 __attribute__((target("bmi,bmi2,lzcnt,movbe")))
#else
#define JX_BMI2
#endif

// The sum of a block, bits | coefficients << 16: negative from −63 coefficients on while it is open. An end of block
// adds more than is missing and leaves 65…127; everything else that is not negative is odd.
#define JX_OPEN_BLOCK (-(63 << 16))
#define JX_CLOSED_BLOCK ((JX_END_OF_BLOCK - 63) << 16)
#define JX_INVALID_BLOCK INT32_MIN

static inline __attribute__((always_inline)) uint64_t window_at(const uint8_t *bytes, uint64_t position) {
  uint64_t window;
  memcpy(&window, bytes + (position >> 3), 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  window = __builtin_bswap64(window);
#endif
  return window << (position & 7);
}

// All ones while the block is open. The barrier keeps the compiler from turning masks into branches that it cannot
// predict, which costs a quarter of the speed.
static inline __attribute__((always_inline)) uint32_t mask_of_open(int32_t sum) {
  uint32_t mask = (uint32_t)(sum >> 31);
  __asm__("" : "+r"(mask));
  return mask;
}

// Everything but an end of block after 0…62 coefficients.
static inline __attribute__((always_inline)) uint32_t is_odd(int32_t sum) {
  return (uint32_t)((sum >> 16) - (JX_END_OF_BLOCK - 63)) > 62;
}

typedef struct {
  int32_t difference;
  uint32_t bits;  // of code and magnitude; 0: no code
} long_dc;

static __attribute__((noinline)) long_dc decode_long_dc(const jx_huffman_table *table, uint64_t window) {
  uint32_t length;
  const int size = jx_decode_symbol(table, (uint32_t)(window >> 48), 1, &length);
  if (size <= 0) return (long_dc){0, size < 0 ? 0 : length};
  window <<= length;
  int32_t difference = (int32_t)(window >> (64 - size));
  if (!(window >> 63)) difference += 1 - (1 << size);
  return (long_dc){difference, length + (uint32_t)size};
}

// What is left of a block from some coefficient on, every step checked: its closed sum, or JX_INVALID_BLOCK for a code
// that no table has or more than 63 coefficients.
static __attribute__((noinline)) int32_t finish_block(const jx_huffman_table *table, const uint8_t *bytes,
                                                      uint64_t position, uint32_t bits, uint32_t coefficients) {
  while (coefficients < 63) {
    const uint64_t window = window_at(bytes, position + bits);
    const uint32_t entry = table->ac[window >> (64 - JX_WINDOW_BITS)], step = entry >> 16;
    if (step < JX_END_OF_BLOCK && coefficients + step <= 63) {
      bits += entry & 0xFFFF;
      coefficients += step;
      continue;
    }
    uint32_t length;
    const uint32_t shortest = entry == JX_NO_SYMBOL ? JX_WINDOW_BITS + 1 : 1;
    const int symbol = jx_decode_symbol(table, (uint32_t)(window >> 48), shortest, &length);
    if (symbol < 0) return JX_INVALID_BLOCK;
    const uint32_t run = (uint32_t)symbol >> 4, size = (uint32_t)symbol & 15;
    bits += length + size;
    if (size == 0 && run != 15) break;
    coefficients += run + 1;
    if (coefficients > 63) return JX_INVALID_BLOCK;
  }
  return JX_CLOSED_BLOCK + (int32_t)bits;
}

// Settles a block that is odd: it met a window without a code, which is taken back, or its last entry went too far.
// A code of more than twelve bits is read and leaves the block open where it was, which is what happens most; for
// everything else the block is finished here.
static __attribute__((noinline)) int32_t settle_odd_block(const jx_huffman_table *table, const uint8_t *bytes,
                                                          uint64_t position, int32_t sum) {
  if (sum < JX_OPEN_BLOCK + JX_NO_SYMBOL) return finish_block(table, bytes, position, 0, 0);
  sum -= JX_NO_SYMBOL;
  const uint32_t bits = (uint32_t)sum & 0xFFFF;
  const uint64_t window = window_at(bytes, position + bits) >> 48;
  if (window >= JX_FIRST_LONG_WINDOW) {
    const uint32_t entry = table->long_ac[window - JX_FIRST_LONG_WINDOW];
    if (entry != 0 && sum + (int32_t)entry < 0) return sum + (int32_t)entry;
  }
  return finish_block(table, bytes, position, bits, (uint32_t)(sum - JX_OPEN_BLOCK) >> 16);
}

static __attribute__((noinline)) void stop(jx_scan_lane *lane, int index, uint32_t *stopped, jx_scan_status status,
                                           uint32_t complete_mcus, uint64_t position) {
  if (*stopped >> index & 1) return;
  *stopped |= 1u << index;
  lane->status = status;
  lane->complete_mcus = complete_mcus;
  lane->stopped_at_bytes = position >> 3;
}

#define JX_JOIN_(a, b) a##b
#define JX_JOIN(a, b) JX_JOIN_(a, b)
#define JX_LANE(n, ...) { enum { i = n }; __VA_ARGS__ }
#define JX_EACH1(...) JX_LANE(0, __VA_ARGS__)
#define JX_EACH2(...) JX_EACH1(__VA_ARGS__) JX_LANE(1, __VA_ARGS__)
#define JX_EACH3(...) JX_EACH2(__VA_ARGS__) JX_LANE(2, __VA_ARGS__)
#define JX_EACH4(...) JX_EACH3(__VA_ARGS__) JX_LANE(3, __VA_ARGS__)
#define JX_EACH5(...) JX_EACH4(__VA_ARGS__) JX_LANE(4, __VA_ARGS__)
#define JX_EACH6(...) JX_EACH5(__VA_ARGS__) JX_LANE(5, __VA_ARGS__)

#define JX_LANES 1
#define JX_SCAN scan1
#define JX_TARGET
#include "scan_lanes.h"
#define JX_LANES 2
#define JX_SCAN scan2
#define JX_TARGET
#include "scan_lanes.h"
#define JX_LANES 3
#define JX_SCAN scan3
#define JX_TARGET
#include "scan_lanes.h"
#define JX_LANES 4
#define JX_SCAN scan4
#define JX_TARGET
#include "scan_lanes.h"
#define JX_LANES 5
#define JX_SCAN scan5
#define JX_TARGET
#include "scan_lanes.h"
#define JX_LANES 6
#define JX_SCAN scan6
#define JX_TARGET
#include "scan_lanes.h"

#define JX_LANES 1
#define JX_SCAN scan1_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"
#define JX_LANES 2
#define JX_SCAN scan2_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"
#define JX_LANES 3
#define JX_SCAN scan3_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"
#define JX_LANES 4
#define JX_SCAN scan4_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"
#define JX_LANES 5
#define JX_SCAN scan5_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"
#define JX_LANES 6
#define JX_SCAN scan6_bmi2
#define JX_TARGET JX_BMI2
#include "scan_lanes.h"

int jx_scan_supports_bmi2(void) {
#if defined(__x86_64__)
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_MOVBE)) return 0;
  __builtin_cpu_init();
  return __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt");
#else
  return 0;
#endif
}

void jx_coarse_scan(jx_scan_lane *lanes, size_t lane_count, const jx_scan_geometry *geometry, int tier) {
  static void (*const scans[2][JX_SCAN_MAX_LANES])(jx_scan_lane *, const jx_scan_geometry *) = {
      {scan1, scan2, scan3, scan4, scan5, scan6},
      {scan1_bmi2, scan2_bmi2, scan3_bmi2, scan4_bmi2, scan5_bmi2, scan6_bmi2},
  };
  scans[tier > 0][lane_count - 1](lanes, geometry);
}
