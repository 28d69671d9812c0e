// A picture's coefficients through libjpeg, reduced to what the coarse scan keeps of them: the DC coefficient and
// the bits of AC code of each block.
#include <setjmp.h>
#include <string.h>

#include "decoder.h"

// Code length of each AC symbol; a symbol without a code counts as the longest one.
typedef struct {
  uint8_t bits[256];
} code_lengths;

static void fill_lengths(code_lengths *lengths, const uint8_t *counts, const uint8_t *symbols) {
  memset(lengths->bits, 16, sizeof lengths->bits);
  int at = 0;
  for (int length = 1; length <= 16; length++)
    for (int n = 0; n < counts[length - 1] && at < 256; n++) lengths->bits[symbols[at++]] = (uint8_t)length;
}

static int magnitude_bits(int value) {
  unsigned magnitude = (unsigned)(value < 0 ? -value : value);
  int bits = 0;
  while (magnitude != 0) {
    bits++;
    magnitude >>= 1;
  }
  return bits;
}

// What sequential coding spends on a block's AC coefficients (ITU-T T.81, F.1.2.2).
static uint32_t ac_bits(const code_lengths *lengths, const JCOEF *block) {
  static const uint8_t zigzag[64] = {0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,
                                     12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6,  7,  14, 21, 28,
                                     35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
                                     58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
  uint32_t total = 0;
  int run = 0;
  for (int k = 1; k < 64; k++) {
    const int value = block[zigzag[k]];
    if (value == 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) total += lengths->bits[0xF0];
    const int bits = magnitude_bits(value);
    total += (uint32_t)lengths->bits[(run << 4 | bits) & 255] + (uint32_t)bits;
    run = 0;
  }
  return run > 0 ? total + lengths->bits[0] : total;
}

static void copy_component(jx_jpeg_decoder *decoder, jvirt_barray_ptr coefficients, int index,
                           const code_lengths *lengths, const jx_jpeg_blocks *out) {
  struct jpeg_decompress_struct *info = &decoder->info;
  const jpeg_component_info *part = &info->comp_info[index];
  const size_t across = part->width_in_blocks < out->width ? part->width_in_blocks : out->width;
  const size_t down = part->height_in_blocks < out->height ? part->height_in_blocks : out->height;
  for (size_t y = 0; y < down; y++) {
    JBLOCKARRAY row =
        info->mem->access_virt_barray((j_common_ptr)info, coefficients, (JDIMENSION)y, 1, FALSE);
    for (size_t x = 0; x < across; x++) {
      out->dc[y * out->stride + x] = row[0][x][0];
      out->ac_bits[y * out->stride + x] = (uint16_t)ac_bits(lengths, row[0][x]);
    }
  }
}

jx_jpeg_status jx_jpeg_read_blocks(jx_jpeg_decoder *decoder, const jx_jpeg_blocks *out,
                                   const jx_jpeg_ac_code *codes, jx_jpeg_report *report) {
  struct jpeg_decompress_struct *info = &decoder->info;
  *report = *decoder->report;
  decoder->report = report;
  if (setjmp(decoder->escape)) {
    jx_jpeg_end(decoder);
    return decoder->status;
  }
  decoder->phase = JX_PHASE_SCANS;
  report->complete_rows = info->image_height;
  report->scan_count = 1;
  if (jpeg_has_multiple_scans(info)) jx_leave_out_cut_segment(decoder);
  jvirt_barray_ptr *coefficients = jpeg_read_coefficients(info);
  for (int i = 0; i < info->num_components; i++) {
    code_lengths lengths;
    const JHUFF_TBL *own = info->ac_huff_tbl_ptrs[info->comp_info[i].ac_tbl_no & 3];
    if (codes == NULL && own != NULL) fill_lengths(&lengths, own->bits + 1, own->huffval);
    else if (codes != NULL) fill_lengths(&lengths, codes[i].counts, codes[i].symbols);
    else memset(lengths.bits, 16, sizeof lengths.bits);
    copy_component(decoder, coefficients[i], i, &lengths, &out[i]);
    const JQUANT_TBL *quantizers = info->comp_info[i].quant_table;
    report->dc_quantizers[i] = quantizers == NULL ? 0 : quantizers->quantval[0];
  }
  jx_jpeg_end(decoder);
  return JX_JPEG_OK;
}
