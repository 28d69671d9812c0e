// The decoder's state, shared by the files of this target.
#ifndef JX_DECODER_H
#define JX_DECODER_H

#include <setjmp.h>

#include "CLibJPEG.h"
#include "arena.h"

typedef enum { JX_PHASE_HEADER, JX_PHASE_SCANS, JX_PHASE_ROWS } jx_phase;

struct jx_jpeg_decoder {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jx_arena arena;
  jmp_buf escape;
  jx_jpeg_limits limits;
  jx_jpeg_report *report;
  jx_jpeg_status status;
  const uint8_t *bytes;
  size_t count;
  jx_phase phase;
  int exhausted;     // the reader asked for bytes past the end
  int end_is_known;  // complete_rows is final
  int counted_scan;
  size_t block_visits;
};

// libjpeg gives a picture up when a table between two scans is cut by the end of the file, although the scans before
// are a picture. This lets the bytes end for libjpeg before such a segment.
void jx_leave_out_cut_segment(jx_jpeg_decoder *decoder);

#endif
