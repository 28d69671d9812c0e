// The entropy-coded part of a baseline JPEG, read for two values a block: the DC coefficient and the number of bits
// that the AC coefficients take. No coefficient is kept and nothing is transformed.
//
// Huffman decoding is a chain of dependent loads, so one picture leaves most of a core idle. Up to six pictures of
// equal geometry therefore walk in lockstep, a lane each: their chains overlap.
#ifndef CCOARSESCAN_H
#define CCOARSESCAN_H

#include <stddef.h>
#include <stdint.h>

enum {
  // Zero bytes that follow a lane's data. Bounds are checked once per MCU; an MCU of ten blocks of 1,984 bits can
  // begin inside the data and end 2,480 bytes behind them.
  JX_SCAN_PADDING_BYTES = 4096,
  JX_SCAN_MAX_LANES = 6,
  JX_SCAN_MAX_COMPONENTS = 3,
  // What the standard allows in one MCU of several components; JX_SCAN_PADDING_BYTES relies on it.
  JX_SCAN_MAX_BLOCKS_PER_MCU = 10,
};

typedef struct jx_huffman_table jx_huffman_table;

typedef enum {
  JX_HUFFMAN_DC = 0,
  JX_HUFFMAN_AC = 1,
} jx_huffman_class;

// A decoding table from the body of a DHT segment: how many codes of each length 1…16, then their symbols.
// NULL where the counts do not form a prefix code, a DC symbol exceeds 15, symbols are missing, or memory is short.
jx_huffman_table *_Nullable jx_huffman_create(const uint8_t *_Nonnull counts, const uint8_t *_Nonnull symbols,
                                              size_t symbol_count, jx_huffman_class table_class);
void jx_huffman_destroy(jx_huffman_table *_Nullable table);

// How the blocks of one scan follow each other; equal for all lanes.
typedef struct {
  uint32_t component_count;  // 1…3
  // Blocks of each component in one MCU; 1 x 1 where the scan has one component only.
  uint32_t horizontal[JX_SCAN_MAX_COMPONENTS];
  uint32_t vertical[JX_SCAN_MAX_COMPONENTS];
  // Blocks from row to row of the output planes, at least mcus_across x horizontal.
  uint32_t stride[JX_SCAN_MAX_COMPONENTS];
  uint32_t mcus_across;
  uint32_t mcus_down;
  uint32_t restart_interval;  // MCUs between restart markers; 0: none
} jx_scan_geometry;

typedef enum {
  JX_SCAN_COMPLETE = 0,
  JX_SCAN_TRUNCATED = 1,        // the data end before the last MCU
  JX_SCAN_INVALID_CODE = 2,     // bits that no code of the table begins with, or a block of more than 64 coefficients
  JX_SCAN_RESTART_MISSING = 3,  // fewer restart markers than the picture needs
} jx_scan_status;

// Tables and output planes of one component of a lane's picture.
typedef struct {
  const jx_huffman_table *_Nullable dc_table;
  const jx_huffman_table *_Nullable ac_table;
  int16_t *_Nullable dc;        // mcus_down x vertical rows of `stride` values
  uint16_t *_Nullable ac_bits;  // the same
} jx_scan_component;

// One picture.
typedef struct {
  // Unstuffed data, followed by JX_SCAN_PADDING_BYTES zero bytes.
  const uint8_t *_Nullable bytes;
  // Where each restart interval ends, bytes from the start, ascending; the last one is where the data end.
  const uint64_t *_Nullable segment_ends;
  uint32_t segment_count;  // at least 1
  jx_scan_component components[JX_SCAN_MAX_COMPONENTS];
  // Out: how it ended, and MCUs that were read before. What lies behind them in the planes has no meaning.
  jx_scan_status status;
  uint32_t complete_mcus;
  uint64_t stopped_at_bytes;  // where in `bytes` the lane stood when it stopped, about
} jx_scan_lane;

// Whether this processor runs the tier with BMI1, BMI2, LZCNT and MOVBE instructions.
int jx_scan_supports_bmi2(void);

// Scans lane_count (1…JX_SCAN_MAX_LANES) pictures in lockstep. Results do not depend on the other lanes, nor on the
// tier (0: any processor, 1: BMI2).
void jx_coarse_scan(jx_scan_lane *_Nonnull lanes, size_t lane_count, const jx_scan_geometry *_Nonnull geometry,
                    int tier);

// What jx_unstuff found.
typedef struct {
  size_t byte_count;     // written, without the padding
  size_t segment_count;  // entries of segment_ends, at least 1
  size_t consumed;       // bytes read: up to the marker that ends the scan, or all
} jx_unstuffed;

// Copies entropy-coded data without their stuffed zeros and markers, and JX_SCAN_PADDING_BYTES zeros behind them.
//
// RSTn markers in their order end segments as long as there is room in segment_ends; without restarts
// (max_segments 1), at a marker out of order and at any other marker the scan ends. `out` has room for
// count + JX_SCAN_PADDING_BYTES bytes. The tier changes the speed only (0: any processor, 1: AVX2).
jx_unstuffed jx_unstuff(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull out,
                        uint64_t *_Nonnull segment_ends, size_t max_segments, int tier);

// Sizes in bytes, as coded, of the restart intervals at the start of entropy-coded data; returns how many there
// are, at most max_count. Looks for markers only.
size_t jx_restart_intervals(const uint8_t *_Nonnull bytes, size_t count, uint32_t *_Nonnull sizes,
                            size_t max_count);

#endif
