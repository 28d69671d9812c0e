#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "CLibJPEG.h"
#include "status.h"

enum { MAX_GROUP_ROWS = 4 * DCTSIZE };

typedef struct {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  jx_jpeg_report *report;
  jx_jpeg_status status;
  struct jpeg_destination_mgr destination;
  uint8_t *out;  // owned until the call succeeds
  size_t capacity;
} encoder;

typedef struct {
  const uint8_t *plane;
  size_t stride;
  size_t width;
  size_t height;
} component_input;

static void on_error(j_common_ptr cinfo) {
  encoder *self = cinfo->client_data;
  char text[JMSG_LENGTH_MAX];
  cinfo->err->format_message(cinfo, text);
  jx_copy_message(self->report, text);
  self->status = jx_status_of(cinfo->err->msg_code);
  longjmp(self->escape, 1);
}

static void on_message(j_common_ptr cinfo, int level) {
  (void)cinfo;
  (void)level;
}

static void destination_start(j_compress_ptr cinfo) {
  encoder *self = cinfo->client_data;
  self->destination.next_output_byte = self->out;
  self->destination.free_in_buffer = self->capacity;
}

// libjpeg calls this when the whole buffer is full, whatever the counters say.
static boolean destination_grow(j_compress_ptr cinfo) {
  encoder *self = cinfo->client_data;
  uint8_t *larger = realloc(self->out, self->capacity * 2);
  if (larger == NULL) ERREXIT1(cinfo, JERR_OUT_OF_MEMORY, 4);
  self->out = larger;
  self->destination.next_output_byte = larger + self->capacity;
  self->destination.free_in_buffer = self->capacity;
  self->capacity *= 2;
  return TRUE;
}

static void destination_end(j_compress_ptr cinfo) { (void)cinfo; }

static void set_up(encoder *self, const jx_jpeg_encode_options *options) {
  struct jpeg_compress_struct *info = &self->info;
  self->destination.init_destination = destination_start;
  self->destination.empty_output_buffer = destination_grow;
  self->destination.term_destination = destination_end;
  info->dest = &self->destination;
  self->capacity = 64 * 1024;
  self->out = malloc(self->capacity);
  if (self->out == NULL) ERREXIT1(info, JERR_OUT_OF_MEMORY, 4);
  info->image_width = options->width;
  info->image_height = options->height;
  info->input_components = (int)options->components;
  info->in_color_space = options->components == 1 ? JCS_GRAYSCALE : JCS_YCbCr;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, (int)options->quality, TRUE);
  info->raw_data_in = TRUE;
  info->dct_method = JDCT_ISLOW;
  info->restart_in_rows = (int)options->restart_rows;
  if (options->components == 3) {
    info->comp_info[0].h_samp_factor = (int)options->chroma_horizontal;
    info->comp_info[0].v_samp_factor = (int)options->chroma_vertical;
    for (int i = 1; i < 3; i++) {
      info->comp_info[i].h_samp_factor = 1;
      info->comp_info[i].v_samp_factor = 1;
    }
  }
  if (options->is_progressive) jpeg_simple_progression(info);
}

// Copies a row into the block-wide buffer and repeats its last sample to the block's edge: what lies in the
// frame's padding must not reach the file.
static void copy_row(JSAMPROW target, size_t target_width, const component_input *input, size_t row) {
  size_t last = row < input->height ? row : input->height - 1;
  const uint8_t *source = input->plane + last * input->stride;
  size_t width = input->width < target_width ? input->width : target_width;
  memcpy(target, source, width);
  memset(target + width, source[width - 1], target_width - width);
}

static void write_rows(encoder *self, const component_input *inputs) {
  struct jpeg_compress_struct *info = &self->info;
  JSAMPARRAY groups[3] = {NULL, NULL, NULL};
  for (int i = 0; i < info->num_components; i++) {
    const jpeg_component_info *part = &info->comp_info[i];
    groups[i] = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, part->width_in_blocks * DCTSIZE,
                                        (JDIMENSION)(part->v_samp_factor * DCTSIZE));
  }
  JDIMENSION lines = (JDIMENSION)(info->max_v_samp_factor * DCTSIZE);
  while (info->next_scanline < info->image_height) {
    for (int i = 0; i < info->num_components; i++) {
      const jpeg_component_info *part = &info->comp_info[i];
      size_t rows = (size_t)part->v_samp_factor * DCTSIZE;
      size_t first = (size_t)(info->next_scanline / lines) * rows;
      for (size_t row = 0; row < rows; row++)
        copy_row(groups[i][row], (size_t)part->width_in_blocks * DCTSIZE, &inputs[i], first + row);
    }
    jpeg_write_raw_data(info, groups, lines);
  }
}

jx_jpeg_status jx_jpeg_encode(const jx_jpeg_encode_options *options, const uint8_t *luma, size_t luma_stride,
                              const uint8_t *blue, const uint8_t *red, size_t chroma_stride,
                              const jx_jpeg_segment *segments, size_t segment_count, uint8_t **out,
                              size_t *out_count, jx_jpeg_report *report) {
  memset(report, 0, sizeof *report);
  *out = NULL;
  *out_count = 0;
  size_t chroma_width = (options->width + options->chroma_horizontal - 1) / options->chroma_horizontal;
  size_t chroma_height = (options->height + options->chroma_vertical - 1) / options->chroma_vertical;
  component_input inputs[3] = {
      {luma, luma_stride, options->width, options->height},
      {blue, chroma_stride, chroma_width, chroma_height},
      {red, chroma_stride, chroma_width, chroma_height},
  };
  encoder *self = calloc(1, sizeof *self);
  if (self == NULL) {
    jx_copy_message(report, "no memory");
    return JX_JPEG_TOO_LARGE;
  }
  self->report = report;
  self->info.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->info.client_data = self;
  if (setjmp(self->escape) == 0) {
    jpeg_create_compress(&self->info);
    set_up(self, options);
    jpeg_start_compress(&self->info, TRUE);
    for (size_t i = 0; i < segment_count; i++)
      jpeg_write_marker(&self->info, (int)segments[i].marker, segments[i].bytes, (unsigned int)segments[i].count);
    write_rows(self, inputs);
    jpeg_finish_compress(&self->info);
    *out = self->out;
    *out_count = self->capacity - self->destination.free_in_buffer;
  } else {
    free(self->out);
  }
  jx_jpeg_status status = self->status;
  jpeg_destroy_compress(&self->info);
  free(self);
  return status;
}

void jx_jpeg_free(uint8_t *bytes) { free(bytes); }
