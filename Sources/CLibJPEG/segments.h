// Where the marker segments of a JPEG file end.
#ifndef JX_SEGMENTS_H
#define JX_SEGMENTS_H

#include <stddef.h>
#include <stdint.h>

// Bytes, from entropy-coded data or a marker on, up to the first segment that the count cuts; all where none is cut.
size_t jx_whole_segments(const uint8_t *bytes, size_t count);

#endif
