// PNG through libpng with a C face that Swift can call: no setjmp, no macros, no callbacks leave this target.
//
// Pictures come out as 8-bit planes: grey pictures as one plane, all others as BT.601 full range Y, Cb, Cr of full
// size. Palette, tRNS, 1/2/4/16 bits and interlacing are resolved; alpha is laid over a stated background.
#ifndef CLIBPNG_H
#define CLIBPNG_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  JX_PNG_OK = 0,
  JX_PNG_NOT_AN_IMAGE = 1,
  JX_PNG_TRUNCATED = 2,
  JX_PNG_TOO_LARGE = 3,
  JX_PNG_UNSUPPORTED = 4,
  JX_PNG_CORRUPT = 5,
} jx_png_status;

typedef struct {
  size_t max_pixels;
  uint32_t max_side;
  uint32_t max_warnings;
  // Bytes of working memory: libpng's state, its rows, and the whole picture where it is interlaced.
  size_t max_working_bytes;
} jx_png_limits;

typedef struct {
  uint32_t width;
  uint32_t height;
  uint32_t scaled_width;
  uint32_t scaled_height;
  uint32_t bit_depth;  // as stored: 1, 2, 4, 8, 16
  uint32_t is_grey;    // 1: one plane
  uint32_t has_alpha;  // an alpha channel or transparent colours
  uint32_t is_palette;
  uint32_t is_interlaced;
} jx_png_info;

typedef struct {
  size_t byte_offset;
  uint32_t warning_count;
  uint32_t complete_rows;  // luma rows of the scaled picture that came from data
  uint32_t reached_end;    // 1: the data ended before the picture did
  char message[200];
} jx_png_report;

typedef struct jx_png_decoder jx_png_decoder;

jx_png_decoder *_Nullable jx_png_decoder_create(void);
void jx_png_decoder_destroy(jx_png_decoder *_Nullable decoder);

// Reads up to the first pixel data. `bytes` must stay valid until jx_png_decode or jx_png_end returned.
jx_png_status jx_png_begin(jx_png_decoder *_Nonnull decoder, const uint8_t *_Nullable bytes, size_t count,
                           const jx_png_limits *_Nonnull limits, uint32_t scale_denominator,
                           jx_png_info *_Nonnull info, jx_png_report *_Nonnull report);

// background: R, G, B under transparent pixels. A scaled sample is the mean of its box, rounded to nearest.
jx_png_status jx_png_decode(jx_png_decoder *_Nonnull decoder, const uint8_t *_Nonnull background,
                            uint8_t *_Nonnull luma, size_t luma_stride, uint8_t *_Nullable blue,
                            uint8_t *_Nullable red, size_t chroma_stride, jx_png_report *_Nonnull report);

void jx_png_end(jx_png_decoder *_Nonnull decoder);

// Writes an 8-bit PNG: one component is grey, three are R, G, B interleaved. *out is malloc'ed (jx_png_free).
jx_png_status jx_png_encode(const uint8_t *_Nonnull samples, size_t stride, uint32_t width, uint32_t height,
                            uint32_t components, uint8_t *_Nullable *_Nonnull out, size_t *_Nonnull out_count,
                            jx_png_report *_Nonnull report);
void jx_png_free(uint8_t *_Nullable bytes);

#endif
