#include "CLibJPEG.h"

// libjpeg's own coefficients (jccolor.c): 16 fraction bits, luma rounded to nearest, chroma with 2^15 - 1.
void jx_jpeg_rgb_to_ycbcr(uint8_t *first, uint8_t *second, uint8_t *third, size_t width, size_t height,
                          size_t stride) {
  for (size_t y = 0; y < height; y++) {
    uint8_t *a = first + y * stride, *b = second + y * stride, *c = third + y * stride;
    for (size_t x = 0; x < width; x++) {
      int32_t red = a[x], green = b[x], blue = c[x];
      a[x] = (uint8_t)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
      b[x] = (uint8_t)((-11059 * red - 21709 * green + 32768 * blue + (128 << 16) + 32767) >> 16);
      c[x] = (uint8_t)((32768 * red - 27439 * green - 5329 * blue + (128 << 16) + 32767) >> 16);
    }
  }
}
