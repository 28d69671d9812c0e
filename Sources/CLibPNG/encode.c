#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "CLibPNG.h"

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  jx_png_report *report;
} output;

static void on_error(png_structp png, png_const_charp text) {
  output *self = png_get_error_ptr(png);
  snprintf(self->report->message, sizeof self->report->message, "%s", text);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void on_write(png_structp png, png_bytep source, size_t size) {
  output *self = png_get_io_ptr(png);
  if (self->capacity - self->count < size) {
    size_t capacity = self->capacity * 2 > self->count + size ? self->capacity * 2 : self->count + size;
    uint8_t *larger = realloc(self->bytes, capacity);
    if (larger == NULL) png_error(png, "no memory");
    self->bytes = larger;
    self->capacity = capacity;
  }
  memcpy(self->bytes + self->count, source, size);
  self->count += size;
}

static void on_flush(png_structp png) { (void)png; }

// All settings are stated: the same samples give the same bytes with the same libpng and zlib.
static void write_picture(png_structp png, png_infop info, const uint8_t *samples, size_t stride, uint32_t width,
                          uint32_t height, uint32_t components) {
  png_set_compression_level(png, 6);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, components == 1 ? PNG_FILTER_UP : PNG_FILTER_PAETH);
  png_set_IHDR(png, info, width, height, 8, components == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++) png_write_row(png, samples + (size_t)y * stride);
  png_write_end(png, info);
}

jx_png_status jx_png_encode(const uint8_t *samples, size_t stride, uint32_t width, uint32_t height,
                            uint32_t components, uint8_t **out, size_t *out_count, jx_png_report *report) {
  memset(report, 0, sizeof *report);
  *out = NULL;
  *out_count = 0;
  output *self = calloc(1, sizeof *self);
  if (self == NULL) return JX_PNG_TOO_LARGE;
  self->report = report;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  volatile jx_png_status status = JX_PNG_TOO_LARGE;
  if (info != NULL && setjmp(png_jmpbuf(png)) == 0) {
    png_set_write_fn(png, self, on_write, on_flush);
    write_picture(png, info, samples, stride, width, height, components);
    status = JX_PNG_OK;
  }
  if (png != NULL) png_destroy_write_struct(&png, info == NULL ? NULL : &info);
  if (status == JX_PNG_OK) {
    *out = self->bytes;
    *out_count = self->count;
  } else {
    free(self->bytes);
  }
  free(self);
  return status;
}

void jx_png_free(uint8_t *bytes) { free(bytes); }
