#include "status.h"

#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

jx_jpeg_status jx_status_of(int message_code) {
  switch (message_code) {
    case JERR_NO_SOI:
    case JERR_INPUT_EMPTY: return JX_JPEG_NOT_AN_IMAGE;
    case JERR_INPUT_EOF: return JX_JPEG_TRUNCATED;
    case JERR_IMAGE_TOO_BIG:
    case JERR_OUT_OF_MEMORY:
    case JERR_WIDTH_OVERFLOW: return JX_JPEG_TOO_LARGE;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED: return JX_JPEG_UNSUPPORTED;
    default: return JX_JPEG_CORRUPT;
  }
}

void jx_copy_message(jx_jpeg_report *report, const char *text) {
  snprintf(report->message, sizeof report->message, "%s", text);
}
