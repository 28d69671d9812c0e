// Decoding tables from DHT segments (ITU-T T.81, annexes C and F.2.2).
#include "huffman.h"

#include <stdlib.h>
#include <string.h>

// A code of at most twelve bits at the start of a window; length 0: none.
typedef struct {
  uint8_t length;
  uint8_t symbol;
} short_code;

// Assigns the canonical codes; returns how many there are, or −1 where they are no prefix code.
static int assign_codes(jx_huffman_table *table, const uint8_t *counts, short_code *short_codes) {
  int32_t code = 0, symbol = 0;
  for (int bits = 1; bits <= 16; bits++, code <<= 1) {
    table->symbol_offset[bits] = symbol - code;
    table->max_code[bits] = -1;
    if (counts[bits - 1] == 0) continue;
    if (code + counts[bits - 1] > 1 << bits) return -1;
    for (int n = 0; n < counts[bits - 1]; n++, code++, symbol++) {
      if (bits > JX_WINDOW_BITS) continue;
      const int spare = JX_WINDOW_BITS - bits;
      for (int32_t window = code << spare; window < (code + 1) << spare; window++)
        short_codes[window] = (short_code){(uint8_t)bits, table->symbols[symbol]};
    }
    table->max_code[bits] = code - 1;
  }
  return symbol;
}

// EXTEND of the standard: the difference that `size` magnitude bits stand for.
static int32_t extend(uint32_t bits, uint32_t size) {
  if (size == 0) return 0;
  return bits >> (size - 1) ? (int32_t)bits : (int32_t)bits + 1 - (1 << size);
}

static void fill_dc(jx_huffman_table *table, const short_code *codes) {
  for (uint32_t window = 0; window < JX_WINDOWS; window++) {
    const uint32_t length = codes[window].length, size = codes[window].symbol;
    if (length == 0 || length + size > JX_WINDOW_BITS) continue;
    const uint32_t magnitude = window >> (JX_WINDOW_BITS - length - size) & ((1u << size) - 1);
    table->dc[window] = (uint16_t)((uint32_t)extend(magnitude, size) << 4 | (length + size));
  }
}

static uint32_t ac_entry(const short_code *codes, uint32_t window) {
  uint32_t used = 0, bits = 0, advance = 0;
  while (used < JX_WINDOW_BITS) {
    const short_code code = codes[(window << used) & (JX_WINDOWS - 1)];
    if (code.length == 0 || used + code.length > JX_WINDOW_BITS) break;
    const uint32_t run = code.symbol >> 4, size = code.symbol & 15;
    if (size == 0 && run != 15) return (used + code.length) | (advance + JX_END_OF_BLOCK) << 16;
    if (size > JX_LARGEST_AC_SIZE || advance + run + 1 > 63) break;
    advance += run + 1;
    used += code.length + size;
    bits = used;
  }
  return bits == 0 ? (uint32_t)JX_NO_SYMBOL : bits | advance << 16;
}

static uint32_t long_ac_entry(const jx_huffman_table *table, uint32_t window) {
  uint32_t length;
  const int symbol = jx_decode_symbol(table, window, JX_WINDOW_BITS + 1, &length);
  if (symbol < 0) return 0;
  const uint32_t run = (uint32_t)symbol >> 4, size = (uint32_t)symbol & 15;
  if (size == 0 && run != 15) return length | JX_END_OF_BLOCK << 16;
  return (length + size) | (run + 1) << 16;
}

static void fill_ac(jx_huffman_table *table, const short_code *codes) {
  for (uint32_t window = 0; window < JX_WINDOWS; window++) table->ac[window] = ac_entry(codes, window);
  for (uint32_t window = 0; window < JX_LONG_WINDOWS; window++)
    table->long_ac[window] = long_ac_entry(table, JX_FIRST_LONG_WINDOW + window);
}

jx_huffman_table *jx_huffman_create(const uint8_t *counts, const uint8_t *symbols, size_t symbol_count,
                                    jx_huffman_class table_class) {
  size_t total = 0;
  for (int i = 0; i < 16; i++) total += counts[i];
  if (total > 256 || total > symbol_count) return NULL;
  if (table_class == JX_HUFFMAN_DC)
    for (size_t i = 0; i < total; i++)
      if (symbols[i] > 15) return NULL;
  jx_huffman_table *table = aligned_alloc(64, (sizeof *table + 63) / 64 * 64);
  if (table == NULL) return NULL;
  memset(table, 0, sizeof *table);
  memcpy(table->symbols, symbols, total);
  short_code codes[JX_WINDOWS];
  memset(codes, 0, sizeof codes);
  if (assign_codes(table, counts, codes) < 0) {
    free(table);
    return NULL;
  }
  if (table_class == JX_HUFFMAN_DC) fill_dc(table, codes);
  else fill_ac(table, codes);
  return table;
}

void jx_huffman_destroy(jx_huffman_table *table) { free(table); }
