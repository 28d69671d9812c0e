#ifndef JX_HUFFMAN_H
#define JX_HUFFMAN_H

#include "CCoarseScan.h"

// Twelve bits: an AC table of 16 KB and a DC table of 8 KB, for luma and chroma together 48 KB.
enum { JX_WINDOW_BITS = 12, JX_WINDOWS = 1 << JX_WINDOW_BITS };

// AC entry, by the next twelve bits of the stream: as many whole symbols as have their CODES in the window (the
// magnitude bits of the last one may reach beyond it).
//   bits 0…15   bits of all of them, codes and magnitudes, at most 12 + 10
//   bits 16…25  coefficients that they move on, at most 63; 128 more where the last one is "end of block"
// A window without a whole code has the entry JX_NO_SYMBOL, which ends the block as an odd one.
// Magnitudes of more than ten bits, which 8-bit samples never need, are left to canonical decoding: entries of at most
// 22 bits allow three look-ups in one window of 57 bits (22 + 22 + 12).
enum { JX_LARGEST_AC_SIZE = 10, JX_END_OF_BLOCK = 128, JX_NO_SYMBOL = 63 | 1023 << 16 };

// The longest codes, 13…16 bits, begin with ones. AC entry of one symbol, as above, by those of the next sixteen bits
// that begin with six ones; 0: no code.
enum { JX_LONG_WINDOWS = 1024, JX_FIRST_LONG_WINDOW = 65536 - JX_LONG_WINDOWS };

// DC entry: difference << 4 | bits of code and magnitude; 0 where they do not fit into the window.
struct jx_huffman_table {
  union {
    uint32_t ac[JX_WINDOWS];
    uint16_t dc[JX_WINDOWS];
  };
  uint32_t long_ac[JX_LONG_WINDOWS];
  // Canonical decoding, for everything that the windows do not hold: largest code of each length (−1: none), and
  // what leads from a code to its symbol.
  int32_t max_code[17];
  int32_t symbol_offset[17];
  uint8_t symbols[256];
};

// The symbol whose code begins a 16-bit window, and the code's length; −1 where no code of at least `shortest` bits
// does.
static inline int jx_decode_symbol(const jx_huffman_table *table, uint32_t window, uint32_t shortest,
                                   uint32_t *length) {
  for (uint32_t bits = shortest; bits <= 16; bits++) {
    const int32_t code = (int32_t)(window >> (16 - bits));
    if (code <= table->max_code[bits]) {
      *length = bits;
      return table->symbols[(code + table->symbol_offset[bits]) & 255];
    }
  }
  *length = 0;
  return -1;
}

#endif
