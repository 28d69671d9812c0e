#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "CLibPNG.h"

enum { SIGNATURE_BYTES = 8, LARGEST_CHUNK_BYTES = 1 << 20 };

// libpng takes compressed data in pieces of this size, and the last piece of a cut file is lost as a whole.
enum { PIECE_BYTES = 512 };

// libpng inflates to the stream's end what comes behind the last row, and 512 bytes can swell to 528,384: so many
// reads are enough for the checksum, even where every byte has a chunk of its own.
enum { SURPLUS_READS = 32 };

// More rows than this are given back between pictures: one large interlaced picture must not hold memory for ever.
static const size_t kept_bytes = 64u << 20;

struct jx_png_decoder {
  png_structp png;
  png_infop info;
  jx_png_limits limits;
  jx_png_report *report;
  jx_png_status status;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  size_t allocated_bytes;  // by libpng for this picture
  uint32_t width;
  uint32_t height;
  uint32_t channels;
  uint32_t scale;
  int interlaced;
  int exhausted;
  int reading_rows;
  int surplus_reads;  // after the last row
  // Rows of this file, kept from picture to picture.
  uint8_t *scratch;
  size_t scratch_capacity;
};

// libpng's allocations carry their size, so that the sum can be held below the limit.
typedef struct {
  size_t size;
  size_t unused_alignment;
} allocation;

static png_voidp take(png_structp png, png_alloc_size_t size) {
  jx_png_decoder *decoder = png_get_mem_ptr(png);
  size_t limit = decoder->limits.max_working_bytes;
  if (size > limit || decoder->allocated_bytes > limit - size) return NULL;
  allocation *block = malloc(sizeof *block + size);
  if (block == NULL) return NULL;
  block->size = size;
  decoder->allocated_bytes += size;
  return block + 1;
}

static void give_back(png_structp png, png_voidp pointer) {
  jx_png_decoder *decoder = png_get_mem_ptr(png);
  allocation *block = (allocation *)pointer - 1;
  decoder->allocated_bytes -= block->size;
  free(block);
}

static void set_message(jx_png_decoder *decoder, const char *text) {
  decoder->report->byte_offset = decoder->position;
  snprintf(decoder->report->message, sizeof decoder->report->message, "%s", text);
}

static void fail(jx_png_decoder *decoder, jx_png_status status, const char *text) {
  decoder->status = status;
  set_message(decoder, text);
  png_longjmp(decoder->png, 1);
}

// libpng tells errors apart by text only.
static jx_png_status status_of(const jx_png_decoder *decoder, const char *text) {
  if (decoder->exhausted) return JX_PNG_TRUNCATED;
  if (strstr(text, "user limit") || strstr(text, "emory") || strstr(text, "chunk data is too large"))
    return JX_PNG_TOO_LARGE;
  return JX_PNG_CORRUPT;
}

static void on_error(png_structp png, png_const_charp text) {
  jx_png_decoder *decoder = png_get_error_ptr(png);
  decoder->status = status_of(decoder, text);
  set_message(decoder, text);
  // Not through `fail`: while the struct is being made, libpng jumps to a place of its own.
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  jx_png_decoder *decoder = png_get_error_ptr(png);
  if (decoder->report->warning_count++ == 0) set_message(decoder, text);
  // While the struct is being made there is nowhere to jump to.
  if (decoder->png == png && decoder->report->warning_count > decoder->limits.max_warnings)
    fail(decoder, JX_PNG_CORRUPT, "more warnings than the limit allows");
}

// Whether every row was given out; libpng has moved on to the pass behind the last then, or to the row behind it.
static int picture_is_full(const jx_png_decoder *decoder, png_structp png) {
  if (!decoder->reading_rows) return 0;
  return decoder->interlaced ? png_get_current_pass_number(png) >= PNG_INTERLACE_ADAM7_PASSES
                             : png_get_current_row_number(png) >= decoder->height;
}

static void on_read(png_structp png, png_bytep target, size_t size) {
  jx_png_decoder *decoder = png_get_io_ptr(png);
  if (picture_is_full(decoder, png) && ++decoder->surplus_reads > SURPLUS_READS)
    fail(decoder, JX_PNG_TOO_LARGE, "compressed data go on far behind the picture's last row");
  size_t left = decoder->count - decoder->position;
  if (size > left) {
    decoder->position = decoder->count;
    decoder->exhausted = 1;
    png_error(png, "the file ends before its picture does");
  }
  memcpy(target, decoder->bytes + decoder->position, size);
  decoder->position += size;
}

jx_png_decoder *jx_png_decoder_create(void) { return calloc(1, sizeof(jx_png_decoder)); }

void jx_png_decoder_destroy(jx_png_decoder *decoder) {
  if (decoder == NULL) return;
  jx_png_end(decoder);
  free(decoder->scratch);
  free(decoder);
}

static uint32_t divided_up(uint32_t value, uint32_t divisor) { return (value + divisor - 1) / divisor; }

static void check_size(jx_png_decoder *decoder) {
  const jx_png_limits *limits = &decoder->limits;
  char text[120];
  size_t pixels = (size_t)decoder->width * decoder->height;
  if (decoder->width > limits->max_side || decoder->height > limits->max_side || pixels > limits->max_pixels) {
    snprintf(text, sizeof text, "%u x %u pixels exceed the limit of %zu pixels and %u a side", decoder->width,
             decoder->height, limits->max_pixels, limits->max_side);
    fail(decoder, JX_PNG_TOO_LARGE, text);
  }
  // Deflate shrinks at most 1032 : 1, and a row holds at least one bit a pixel.
  if (pixels / 8 / 1032 > decoder->count) {
    snprintf(text, sizeof text, "%zu bytes cannot hold a picture of %u x %u pixels", decoder->count,
             decoder->width, decoder->height);
    fail(decoder, JX_PNG_TRUNCATED, text);
  }
}

// Asks libpng for 8-bit grey, grey + alpha, RGB or RGB + alpha.
static void set_transforms(jx_png_decoder *decoder, jx_png_info *out) {
  png_structp png = decoder->png;
  int type = png_get_color_type(png, decoder->info);
  int transparent = png_get_valid(png, decoder->info, PNG_INFO_tRNS) != 0;
  out->bit_depth = png_get_bit_depth(png, decoder->info);
  out->is_palette = type == PNG_COLOR_TYPE_PALETTE;
  out->is_grey = (type & PNG_COLOR_MASK_COLOR) == 0;
  out->has_alpha = (type & PNG_COLOR_MASK_ALPHA) != 0 || transparent;
  if (out->bit_depth == 16) png_set_scale_16(png);
  png_set_expand(png);
  decoder->interlaced = png_get_interlace_type(png, decoder->info) != PNG_INTERLACE_NONE;
  out->is_interlaced = (uint32_t)decoder->interlaced;
  png_set_interlace_handling(png);
  png_read_update_info(png, decoder->info);
  decoder->channels = png_get_channels(png, decoder->info);
  uint32_t expected = (out->is_grey ? 1u : 3u) + (out->has_alpha ? 1u : 0u);
  if (decoder->channels != expected || png_get_bit_depth(png, decoder->info) != 8)
    fail(decoder, JX_PNG_UNSUPPORTED, "a combination of colour type and depth that libpng does not resolve");
}

static size_t row_bytes(const jx_png_decoder *decoder) { return (size_t)decoder->width * decoder->channels; }

// Rows of libpng (the whole picture where it is interlaced), then three converted rows, then three rows of sums.
static size_t scratch_bytes(const jx_png_decoder *decoder) {
  size_t rows = decoder->interlaced ? decoder->height : 1;
  size_t bytes = (row_bytes(decoder) * rows + 63) / 64 * 64 + (size_t)decoder->width * 3;
  return (bytes + 63) / 64 * 64 + (size_t)divided_up(decoder->width, decoder->scale) * 3 * sizeof(uint32_t);
}

static void ensure_scratch(jx_png_decoder *decoder) {
  size_t bytes = scratch_bytes(decoder);
  if (bytes > decoder->limits.max_working_bytes)
    fail(decoder, JX_PNG_TOO_LARGE, "an interlaced picture larger than the limit of working memory");
  if (bytes <= decoder->scratch_capacity) return;
  free(decoder->scratch);
  decoder->scratch_capacity = 0;
  decoder->scratch = malloc(bytes);
  if (decoder->scratch == NULL) fail(decoder, JX_PNG_TOO_LARGE, "no memory for the rows");
  decoder->scratch_capacity = bytes;
}

jx_png_status jx_png_begin(jx_png_decoder *decoder, const uint8_t *bytes, size_t count,
                           const jx_png_limits *limits, uint32_t scale_denominator, jx_png_info *out,
                           jx_png_report *report) {
  jx_png_end(decoder);
  memset(report, 0, sizeof *report);
  memset(out, 0, sizeof *out);
  decoder->report = report;
  decoder->status = JX_PNG_OK;
  decoder->limits = *limits;
  decoder->bytes = bytes;
  decoder->count = count;
  decoder->position = 0;
  decoder->exhausted = 0;
  decoder->reading_rows = 0;
  decoder->surplus_reads = 0;
  decoder->scale = scale_denominator;
  size_t signature = count < SIGNATURE_BYTES ? count : SIGNATURE_BYTES;
  if (signature == 0 || png_sig_cmp(bytes, 0, signature) != 0) {
    set_message(decoder, "not a PNG signature");
    return JX_PNG_NOT_AN_IMAGE;
  }
  decoder->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, decoder, on_error, on_warning, decoder, take,
                                          give_back);
  if (decoder->png == NULL) {
    set_message(decoder, "no memory for the decoder's state");
    return JX_PNG_TOO_LARGE;
  }
  if (setjmp(png_jmpbuf(decoder->png))) {
    jx_png_end(decoder);
    return decoder->status;
  }
  png_structp png = decoder->png;
  decoder->info = png_create_info_struct(png);
  if (decoder->info == NULL) fail(decoder, JX_PNG_TOO_LARGE, "no memory for the decoder's state");
  png_set_read_fn(png, decoder, on_read);
  // The sides are checked below, with a message that names them; nothing is allocated for them before.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_cache_max(png, 16);
  png_set_chunk_malloc_max(png, LARGEST_CHUNK_BYTES);
  png_set_compression_buffer_size(png, PIECE_BYTES);
  // Text, profiles and the like never matter here: passed over unread, so that none can be a bomb.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, decoder->info);
  decoder->width = png_get_image_width(png, decoder->info);
  decoder->height = png_get_image_height(png, decoder->info);
  check_size(decoder);
  set_transforms(decoder, out);
  out->width = decoder->width;
  out->height = decoder->height;
  out->scaled_width = divided_up(decoder->width, decoder->scale);
  out->scaled_height = divided_up(decoder->height, decoder->scale);
  return JX_PNG_OK;
}

typedef struct {
  uint8_t *planes[3];
  size_t strides[3];
  int count;
} target_planes;

static uint8_t over(uint32_t colour, uint32_t alpha, uint32_t background) {
  return (uint8_t)((colour * alpha + background * (255 - alpha) + 127) / 255);
}

// One row of libpng to one or three rows of samples. Coefficients and rounding are libjpeg's (jccolor.c), so that
// a picture has the same samples whichever way it was stored.
static void convert_row(const jx_png_decoder *decoder, const uint8_t *source, const uint8_t *background,
                        uint8_t *rows[3]) {
  uint32_t channels = decoder->channels;
  int has_alpha = channels == 2 || channels == 4;
  int32_t under = (19595 * background[0] + 38470 * background[1] + 7471 * background[2] + 32768) >> 16;
  for (uint32_t x = 0; x < decoder->width; x++, source += channels) {
    if (channels <= 2) {
      rows[0][x] = has_alpha ? over(source[0], source[1], (uint32_t)under) : source[0];
      continue;
    }
    int32_t red = source[0], green = source[1], blue = source[2];
    if (has_alpha) {
      red = over(source[0], source[3], background[0]);
      green = over(source[1], source[3], background[1]);
      blue = over(source[2], source[3], background[2]);
    }
    rows[0][x] = (uint8_t)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
    rows[1][x] = (uint8_t)((-11059 * red - 21709 * green + 32768 * blue + (128 << 16) + 32767) >> 16);
    rows[2][x] = (uint8_t)((32768 * red - 27439 * green - 5329 * blue + (128 << 16) + 32767) >> 16);
  }
}

// Adds a row into its boxes; the last row of a box writes the means.
static void reduce_row(const jx_png_decoder *decoder, uint32_t y, uint8_t *rows[3], uint32_t *sums,
                       const target_planes *target) {
  uint32_t scale = decoder->scale;
  uint32_t shift = scale == 8 ? 3 : scale / 2;
  uint32_t width = divided_up(decoder->width, scale);
  uint32_t rows_in_box = y % scale + 1;
  int is_last = rows_in_box == scale || y + 1 == decoder->height;
  if (rows_in_box == 1) memset(sums, 0, (size_t)width * 3 * sizeof *sums);
  for (int plane = 0; plane < target->count; plane++) {
    uint32_t *sum = sums + (size_t)plane * width;
    for (uint32_t x = 0; x < decoder->width; x++) sum[x >> shift] += rows[plane][x];
    if (!is_last) continue;
    uint8_t *out = target->planes[plane] + (size_t)(y / scale) * target->strides[plane];
    for (uint32_t x = 0; x < width; x++) {
      uint32_t columns = decoder->width - x * scale < scale ? decoder->width - x * scale : scale;
      uint32_t count = columns * rows_in_box;
      out[x] = (uint8_t)((sum[x] + count / 2) / count);
    }
  }
}

static void emit_row(jx_png_decoder *decoder, uint32_t y, const uint8_t *source, const uint8_t *background,
                     const target_planes *target) {
  size_t rows = decoder->interlaced ? decoder->height : 1;
  uint8_t *converted = decoder->scratch + (row_bytes(decoder) * rows + 63) / 64 * 64;
  uint8_t *lines[3];
  if (decoder->scale == 1) {
    for (int i = 0; i < 3; i++)
      lines[i] = i < target->count ? target->planes[i] + (size_t)y * target->strides[i] : NULL;
    convert_row(decoder, source, background, lines);
  } else {
    for (int i = 0; i < 3; i++) lines[i] = converted + (size_t)i * decoder->width;
    convert_row(decoder, source, background, lines);
    size_t offset = ((size_t)(converted - decoder->scratch) + (size_t)decoder->width * 3 + 63) / 64 * 64;
    reduce_row(decoder, y, lines, (uint32_t *)(void *)(decoder->scratch + offset), target);
  }
  uint32_t done = y + 1 == decoder->height ? divided_up(decoder->height, decoder->scale) : (y + 1) / decoder->scale;
  decoder->report->complete_rows = done;
}

static void read_picture(jx_png_decoder *decoder, const uint8_t *background, const target_planes *target) {
  if (!decoder->interlaced) {
    for (uint32_t y = 0; y < decoder->height; y++) {
      png_read_row(decoder->png, decoder->scratch, NULL);
      emit_row(decoder, y, decoder->scratch, background, target);
    }
  } else {
    size_t bytes = row_bytes(decoder);
    memset(decoder->scratch, 0, bytes * decoder->height);
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
      for (uint32_t y = 0; y < decoder->height; y++) {
        uint8_t *row = decoder->scratch + bytes * y;
        png_read_row(decoder->png, row, NULL);
        // Only the last pass completes rows: before it a cut picture is refused.
        if (pass == PNG_INTERLACE_ADAM7_PASSES - 1) emit_row(decoder, y, row, background, target);
      }
  }
}

// Rows that never came are neutral grey.
static void fill_rest(const jx_png_decoder *decoder, const target_planes *target) {
  uint32_t width = divided_up(decoder->width, decoder->scale);
  uint32_t height = divided_up(decoder->height, decoder->scale);
  for (int i = 0; i < target->count; i++)
    for (uint32_t y = decoder->report->complete_rows; y < height; y++)
      memset(target->planes[i] + (size_t)y * target->strides[i], 128, width);
}

jx_png_status jx_png_decode(jx_png_decoder *decoder, const uint8_t *background, uint8_t *luma,
                            size_t luma_stride, uint8_t *blue, uint8_t *red, size_t chroma_stride,
                            jx_png_report *report) {
  target_planes target = {{luma, blue, red}, {luma_stride, chroma_stride, chroma_stride},
                          decoder->channels <= 2 ? 1 : 3};
  *report = *decoder->report;
  decoder->report = report;
  if (setjmp(png_jmpbuf(decoder->png))) {
    if (decoder->status == JX_PNG_TRUNCATED && report->complete_rows > 0) {
      // A part of the picture is there: the caller learns how much.
      report->reached_end = 1;
      report->warning_count++;
      decoder->status = JX_PNG_OK;
      fill_rest(decoder, &target);
    }
    jx_png_end(decoder);
    return decoder->status;
  }
  ensure_scratch(decoder);
  decoder->reading_rows = 1;
  read_picture(decoder, background, &target);
  jx_png_end(decoder);
  return JX_PNG_OK;
}

void jx_png_end(jx_png_decoder *decoder) {
  if (decoder->png != NULL) png_destroy_read_struct(&decoder->png, decoder->info ? &decoder->info : NULL, NULL);
  decoder->png = NULL;
  decoder->info = NULL;
  if (decoder->scratch_capacity > kept_bytes) {
    free(decoder->scratch);
    decoder->scratch = NULL;
    decoder->scratch_capacity = 0;
  }
  decoder->bytes = NULL;
  decoder->count = 0;
  decoder->position = 0;
}
