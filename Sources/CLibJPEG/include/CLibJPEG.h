// JPEG through libjpeg-turbo with a C face that Swift can call: no setjmp, no macros, no callbacks leave this target.
//
// Every function that can fail returns a jx_jpeg_status and fills a jx_jpeg_report. All limits stand in
// jx_jpeg_limits and are checked before memory is taken; the decoder's working memory is one arena that is used
// again for the next picture.
#ifndef CLIBJPEG_H
#define CLIBJPEG_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  JX_JPEG_OK = 0,
  JX_JPEG_NOT_AN_IMAGE = 1,
  JX_JPEG_TRUNCATED = 2,
  JX_JPEG_TOO_LARGE = 3,
  JX_JPEG_UNSUPPORTED = 4,
  JX_JPEG_CORRUPT = 5,
} jx_jpeg_status;

typedef struct {
  size_t max_pixels;
  uint32_t max_side;
  uint32_t max_scans;
  uint32_t max_warnings;
  // Coefficient blocks that all scans together may walk through.
  size_t max_block_visits;
  // Bytes of working memory, coefficients of a progressive picture included.
  size_t max_working_bytes;
  // Whether arithmetic coding is read; jx_jpeg_decode does not.
  int allows_arithmetic;
} jx_jpeg_limits;

typedef struct {
  uint32_t width;   // as stored, pixels
  uint32_t height;
  uint32_t scaled_width;  // of the luma plane that jx_jpeg_decode writes
  uint32_t scaled_height;
  uint32_t chroma_horizontal;  // luma samples per chroma sample; 1 for grey
  uint32_t chroma_vertical;
  uint32_t components;  // 1 or 3
  uint32_t is_rgb;      // 1: the planes are R, G, B as coded
  uint32_t is_progressive;
} jx_jpeg_info;

typedef struct {
  size_t byte_offset;       // where the reader stood at the error, or at the first warning
  uint32_t warning_count;
  uint32_t scan_count;      // scans read so far
  uint32_t complete_rows;   // luma rows of the scaled picture that came from data
  uint32_t reached_end;     // 1: the data ended before the picture did
  uint32_t dc_quantizers[3];  // from jx_jpeg_read_blocks; 0: the file lacks the table
  char message[200];        // error, or first warning; empty without either
} jx_jpeg_report;

typedef struct jx_jpeg_decoder jx_jpeg_decoder;

// NULL when memory is short.
jx_jpeg_decoder *_Nullable jx_jpeg_decoder_create(void);
void jx_jpeg_decoder_destroy(jx_jpeg_decoder *_Nullable decoder);

// Reads the header. `bytes` must stay valid until jx_jpeg_decode or jx_jpeg_end returned.
// scale_denominator: 1, 2, 4 or 8.
jx_jpeg_status jx_jpeg_begin(jx_jpeg_decoder *_Nonnull decoder, const uint8_t *_Nullable bytes, size_t count,
                             const jx_jpeg_limits *_Nonnull limits, uint32_t scale_denominator,
                             jx_jpeg_info *_Nonnull info, jx_jpeg_report *_Nonnull report);

// Decodes all planes as they are coded. Each stride is a multiple of 64, at least the plane's width rounded up
// to 64, and each plane has exactly its own height of rows: bytes between width and stride are overwritten.
jx_jpeg_status jx_jpeg_decode(jx_jpeg_decoder *_Nonnull decoder, uint8_t *_Nonnull luma, size_t luma_stride,
                              uint8_t *_Nullable blue, uint8_t *_Nullable red, size_t chroma_stride,
                              jx_jpeg_report *_Nonnull report);

// Where the blocks of one component go: one value each.
typedef struct {
  int16_t *_Nullable dc;
  uint16_t *_Nullable ac_bits;
  size_t stride;  // values from row to row
  size_t width;   // blocks of the component that are wanted
  size_t height;
} jx_jpeg_blocks;

// An AC Huffman code as a DHT segment states it.
typedef struct {
  const uint8_t *_Nonnull counts;   // of the lengths 1…16
  const uint8_t *_Nonnull symbols;  // as many as the counts say
} jx_jpeg_ac_code;

// In place of jx_jpeg_decode: the DC coefficient of every block, and the bits that its AC coefficients take when they
// are coded sequentially: by the given code of each component, or by the file's own tables where `codes` is NULL.
// complete_rows counts rows of pixels.
jx_jpeg_status jx_jpeg_read_blocks(jx_jpeg_decoder *_Nonnull decoder, const jx_jpeg_blocks *_Nonnull out,
                                   const jx_jpeg_ac_code *_Nullable codes, jx_jpeg_report *_Nonnull report);

// Leaves the picture; the decoder can begin another one.
void jx_jpeg_end(jx_jpeg_decoder *_Nonnull decoder);

// Bytes of working memory that the decoder holds now.
size_t jx_jpeg_working_bytes(const jx_jpeg_decoder *_Nonnull decoder);

// RGB planes of one size to BT.601 full range, in place, with libjpeg's integer coefficients.
void jx_jpeg_rgb_to_ycbcr(uint8_t *_Nonnull first, uint8_t *_Nonnull second, uint8_t *_Nonnull third,
                          size_t width, size_t height, size_t stride);

typedef struct {
  uint32_t width;
  uint32_t height;
  uint32_t chroma_horizontal;
  uint32_t chroma_vertical;
  uint32_t components;   // 1 or 3
  uint32_t quality;      // 1…100
  uint32_t is_progressive;
  uint32_t restart_rows; // a restart marker after so many MCU rows; 0: none
} jx_jpeg_encode_options;

typedef struct {
  uint32_t marker;  // 0xE1 for APP1
  const uint8_t *_Nullable bytes;
  size_t count;     // at most 65,533
} jx_jpeg_segment;

// Writes a JPEG from planes; *out is malloc'ed and belongs to the caller (jx_jpeg_free).
jx_jpeg_status jx_jpeg_encode(const jx_jpeg_encode_options *_Nonnull options, const uint8_t *_Nonnull luma,
                              size_t luma_stride, const uint8_t *_Nullable blue, const uint8_t *_Nullable red,
                              size_t chroma_stride, const jx_jpeg_segment *_Nullable segments,
                              size_t segment_count, uint8_t *_Nullable *_Nonnull out,
                              size_t *_Nonnull out_count, jx_jpeg_report *_Nonnull report);
void jx_jpeg_free(uint8_t *_Nullable bytes);

#endif
