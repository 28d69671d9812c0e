#include "segments.h"

#include <string.h>

// Markers without a length: stuffed zeros, TEM and restarts stand inside entropy-coded data.
static int has_length(uint8_t marker) { return marker > 0x01 && (marker < 0xD0 || marker > 0xD7); }

size_t jx_whole_segments(const uint8_t *bytes, size_t count) {
  enum { END_OF_IMAGE = 0xD9 };
  size_t at = 0;
  while (at < count) {
    const uint8_t *found = memchr(bytes + at, 0xFF, count - at);
    if (found == NULL) return count;
    size_t start = (size_t)(found - bytes);
    at = start;
    while (at < count && bytes[at] == 0xFF) at++;
    if (at == count) return start;
    uint8_t marker = bytes[at++];
    if (marker == END_OF_IMAGE) return count;
    if (!has_length(marker)) continue;
    if (count - at < 2) return start;
    size_t length = (size_t)bytes[at] << 8 | bytes[at + 1];
    if (length > count - at) return start;
    at += length;
  }
  return count;
}
