#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "decoder.h"
#include "segments.h"
#include "status.h"

#include <jerror.h>

enum { MAX_GROUP_ROWS = 4 * DCTSIZE, EOI_MARKER = 0xD9 };

static const JOCTET end_of_image[2] = {0xFF, EOI_MARKER};

static size_t position(const jx_jpeg_decoder *decoder) {
  if (decoder->exhausted) return decoder->count;
  size_t left = decoder->source.bytes_in_buffer;
  return left <= decoder->count ? decoder->count - left : 0;
}

// The picture's data has ended: what was decoded before this moment is what there is.
static void note_end(jx_jpeg_decoder *decoder) {
  if (decoder->end_is_known) return;
  decoder->end_is_known = 1;
  decoder->report->reached_end = 1;
  struct jpeg_decompress_struct *info = &decoder->info;
  if (decoder->phase == JX_PHASE_ROWS) {
    decoder->report->complete_rows = info->output_scanline;
  } else if (decoder->phase == JX_PHASE_SCANS && info->input_scan_number <= 1) {
    JDIMENSION rows = info->input_iMCU_row * (JDIMENSION)(info->max_v_samp_factor * info->min_DCT_scaled_size);
    decoder->report->complete_rows = rows < info->output_height ? rows : info->output_height;
  } else if (decoder->phase == JX_PHASE_SCANS) {
    decoder->report->complete_rows = info->output_height;
  }
}

static void fail(jx_jpeg_decoder *decoder, jx_jpeg_status status, const char *message) {
  decoder->status = status;
  decoder->report->byte_offset = position(decoder);
  jx_copy_message(decoder->report, message);
  longjmp(decoder->escape, 1);
}

static void on_error(j_common_ptr cinfo) {
  jx_jpeg_decoder *decoder = cinfo->client_data;
  char text[JMSG_LENGTH_MAX];
  cinfo->err->format_message(cinfo, text);
  jx_jpeg_status status = jx_status_of(cinfo->err->msg_code);
  if (status == JX_JPEG_CORRUPT && decoder->exhausted) status = JX_JPEG_TRUNCATED;
  fail(decoder, status, text);
}

static void on_message(j_common_ptr cinfo, int level) {
  if (level >= 0) return;
  jx_jpeg_decoder *decoder = cinfo->client_data;
  decoder->report->warning_count++;
  if (decoder->report->warning_count == 1) {
    char text[JMSG_LENGTH_MAX];
    cinfo->err->format_message(cinfo, text);
    decoder->report->byte_offset = position(decoder);
    jx_copy_message(decoder->report, text);
  }
  if (cinfo->err->msg_code == JWRN_HIT_MARKER
      && (decoder->exhausted || decoder->info.unread_marker == EOI_MARKER))
    note_end(decoder);
  if (decoder->report->warning_count > decoder->limits.max_warnings)
    fail(decoder, JX_JPEG_CORRUPT, "more warnings than the limit allows");
}

static void on_output(j_common_ptr cinfo) { (void)cinfo; }

static void source_nothing(j_decompress_ptr cinfo) { (void)cinfo; }

// All bytes were there from the start, so a request for more means that the file ends too early.
static boolean source_fill(j_decompress_ptr cinfo) {
  jx_jpeg_decoder *decoder = cinfo->client_data;
  decoder->exhausted = 1;
  // Inside the header there is nothing to save; between scans the picture so far is a picture.
  if (decoder->phase == JX_PHASE_HEADER) fail(decoder, JX_JPEG_TRUNCATED, "the file ends inside its header");
  if (decoder->phase == JX_PHASE_SCANS) note_end(decoder);
  cinfo->src->next_input_byte = end_of_image;
  cinfo->src->bytes_in_buffer = sizeof end_of_image;
  return TRUE;
}

static void source_skip(j_decompress_ptr cinfo, long count) {
  if (count <= 0) return;
  if ((size_t)count >= cinfo->src->bytes_in_buffer) {
    source_fill(cinfo);
    return;
  }
  cinfo->src->next_input_byte += count;
  cinfo->src->bytes_in_buffer -= (size_t)count;
}

static size_t blocks_of(const jpeg_component_info *component) {
  return (size_t)component->width_in_blocks * component->height_in_blocks;
}

// Called before each step through a picture of several scans: a bound on scans and on work.
static void on_progress(j_common_ptr cinfo) {
  jx_jpeg_decoder *decoder = cinfo->client_data;
  struct jpeg_decompress_struct *info = &decoder->info;
  if (info->input_scan_number == decoder->counted_scan) return;
  decoder->counted_scan = info->input_scan_number;
  decoder->report->scan_count = (uint32_t)info->input_scan_number;
  if ((uint32_t)info->input_scan_number > decoder->limits.max_scans)
    fail(decoder, JX_JPEG_TOO_LARGE, "more scans than the limit allows");
  for (int i = 0; i < info->comps_in_scan; i++) decoder->block_visits += blocks_of(info->cur_comp_info[i]);
  if (decoder->block_visits > decoder->limits.max_block_visits)
    fail(decoder, JX_JPEG_TOO_LARGE, "scans and size together exceed the work limit");
}

jx_jpeg_decoder *jx_jpeg_decoder_create(void) {
  jx_jpeg_decoder *decoder = calloc(1, sizeof *decoder);
  if (decoder == NULL) return NULL;
  jx_jpeg_report report = {0};
  decoder->report = &report;
  decoder->info.err = jpeg_std_error(&decoder->errors);
  decoder->errors.error_exit = on_error;
  decoder->errors.emit_message = on_message;
  decoder->errors.output_message = on_output;
  decoder->info.client_data = decoder;
  if (setjmp(decoder->escape)) {
    free(decoder);
    return NULL;
  }
  jpeg_create_decompress(&decoder->info);
  // jpeg_create keeps err and client_data; everything else of the struct is fresh.
  decoder->source = (struct jpeg_source_mgr){
      .init_source = source_nothing,
      .fill_input_buffer = source_fill,
      .skip_input_data = source_skip,
      .resync_to_restart = jpeg_resync_to_restart,
      .term_source = source_nothing,
  };
  decoder->info.src = &decoder->source;
  decoder->progress.progress_monitor = on_progress;
  decoder->info.progress = &decoder->progress;
  jx_arena_install(&decoder->arena, (j_common_ptr)&decoder->info);
  decoder->report = NULL;
  return decoder;
}

void jx_jpeg_decoder_destroy(jx_jpeg_decoder *decoder) {
  if (decoder == NULL) return;
  jx_arena_remove(&decoder->arena, (j_common_ptr)&decoder->info);
  jpeg_destroy_decompress(&decoder->info);
  free(decoder);
}

// Tables of an earlier picture must not complete a later one that lacks its own: same bytes, same pixels.
static void forget_picture(jx_jpeg_decoder *decoder) {
  jpeg_abort_decompress(&decoder->info);
  for (int i = 0; i < NUM_QUANT_TBLS; i++) decoder->info.quant_tbl_ptrs[i] = NULL;
  for (int i = 0; i < NUM_HUFF_TBLS; i++) {
    decoder->info.dc_huff_tbl_ptrs[i] = NULL;
    decoder->info.ac_huff_tbl_ptrs[i] = NULL;
  }
  jx_arena_reset(&decoder->arena);
}

static void check_size(jx_jpeg_decoder *decoder) {
  struct jpeg_decompress_struct *info = &decoder->info;
  const jx_jpeg_limits *limits = &decoder->limits;
  char text[120];
  size_t pixels = (size_t)info->image_width * info->image_height;
  if (info->image_width > limits->max_side || info->image_height > limits->max_side
      || pixels > limits->max_pixels) {
    snprintf(text, sizeof text, "%u x %u pixels exceed the limit of %zu pixels and %u a side",
             info->image_width, info->image_height, limits->max_pixels, limits->max_side);
    fail(decoder, JX_JPEG_TOO_LARGE, text);
  }
  if (info->arith_code) {
    if (!limits->allows_arithmetic) fail(decoder, JX_JPEG_UNSUPPORTED, "arithmetic coding");
    return;
  }
  // With Huffman codes every block costs at least one bit for its DC value: a shorter file cannot be whole, and
  // refusing it here keeps a few header bytes from costing a large picture's work.
  size_t blocks = 0;
  for (int i = 0; i < info->num_components; i++) {
    const jpeg_component_info *part = &info->comp_info[i];
    size_t across = (size_t)info->image_width * (size_t)part->h_samp_factor;
    size_t down = (size_t)info->image_height * (size_t)part->v_samp_factor;
    blocks += (across / ((size_t)info->max_h_samp_factor * DCTSIZE))
              * (down / ((size_t)info->max_v_samp_factor * DCTSIZE));
  }
  if (blocks > decoder->count * 8) {
    snprintf(text, sizeof text, "%zu bytes cannot hold a picture of %u x %u pixels (%zu blocks)",
             decoder->count, info->image_width, info->image_height, blocks);
    fail(decoder, JX_JPEG_TRUNCATED, text);
  }
}

static int is_ratio(int whole, int part) { return whole == part || whole == 2 * part || whole == 4 * part; }

// Grey or three components, luma at full size, both chroma planes alike, ratios 1, 2 or 4.
static void check_layout(jx_jpeg_decoder *decoder, jx_jpeg_info *out) {
  struct jpeg_decompress_struct *info = &decoder->info;
  const jpeg_component_info *part = info->comp_info;
  char text[120];
  switch (info->jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_YCbCr: break;
    case JCS_RGB: out->is_rgb = 1; break;
    case JCS_CMYK: fail(decoder, JX_JPEG_UNSUPPORTED, "CMYK colour"); break;
    case JCS_YCCK: fail(decoder, JX_JPEG_UNSUPPORTED, "YCCK colour"); break;
    default:
      snprintf(text, sizeof text, "%d colour components of unknown meaning", info->num_components);
      fail(decoder, JX_JPEG_UNSUPPORTED, text);
  }
  out->components = (uint32_t)info->num_components;
  out->chroma_horizontal = 1;
  out->chroma_vertical = 1;
  if (info->num_components == 1) return;
  int same = part[1].h_samp_factor == part[2].h_samp_factor && part[1].v_samp_factor == part[2].v_samp_factor;
  int full = part[0].h_samp_factor == info->max_h_samp_factor && part[0].v_samp_factor == info->max_v_samp_factor;
  if (!same || !full || !is_ratio(info->max_h_samp_factor, part[1].h_samp_factor)
      || !is_ratio(info->max_v_samp_factor, part[1].v_samp_factor)) {
    snprintf(text, sizeof text, "sampling %dx%d %dx%d %dx%d", part[0].h_samp_factor, part[0].v_samp_factor,
             part[1].h_samp_factor, part[1].v_samp_factor, part[2].h_samp_factor, part[2].v_samp_factor);
    fail(decoder, JX_JPEG_UNSUPPORTED, text);
  }
  out->chroma_horizontal = (uint32_t)(info->max_h_samp_factor / part[1].h_samp_factor);
  out->chroma_vertical = (uint32_t)(info->max_v_samp_factor / part[1].v_samp_factor);
  if (out->is_rgb && (out->chroma_horizontal > 1 || out->chroma_vertical > 1))
    fail(decoder, JX_JPEG_UNSUPPORTED, "RGB colour with reduced planes");
}

jx_jpeg_status jx_jpeg_begin(jx_jpeg_decoder *decoder, const uint8_t *bytes, size_t count,
                             const jx_jpeg_limits *limits, uint32_t scale_denominator, jx_jpeg_info *out,
                             jx_jpeg_report *report) {
  memset(report, 0, sizeof *report);
  memset(out, 0, sizeof *out);
  decoder->report = report;
  decoder->status = JX_JPEG_OK;
  decoder->limits = *limits;
  decoder->bytes = bytes;
  decoder->count = count;
  decoder->phase = JX_PHASE_HEADER;
  decoder->exhausted = 0;
  decoder->end_is_known = 0;
  decoder->counted_scan = 0;
  decoder->block_visits = 0;
  decoder->source.next_input_byte = bytes;
  decoder->source.bytes_in_buffer = count;
  if (setjmp(decoder->escape)) {
    jx_jpeg_end(decoder);
    return decoder->status;
  }
  forget_picture(decoder);
  decoder->arena.limit_bytes = limits->max_working_bytes;
  struct jpeg_decompress_struct *info = &decoder->info;
  jpeg_read_header(info, TRUE);
  check_size(decoder);
  check_layout(decoder, out);
  info->out_color_space = info->jpeg_color_space;
  info->raw_data_out = TRUE;
  info->do_fancy_upsampling = FALSE;
  info->do_block_smoothing = FALSE;
  info->dct_method = JDCT_ISLOW;
  info->scale_num = 1;
  info->scale_denom = scale_denominator;
  jpeg_calc_output_dimensions(info);
  out->width = info->image_width;
  out->height = info->image_height;
  out->scaled_width = info->output_width;
  out->scaled_height = info->output_height;
  out->is_progressive = info->progressive_mode != 0;
  return JX_JPEG_OK;
}

// Where the rows of one component go: straight into the caller's plane, or through a buffer where libjpeg gives
// chroma at a larger scale than luma (it prefers a larger inverse transform to upsampling).
typedef struct {
  uint8_t *plane;
  size_t stride, width, height;
  size_t reduction;  // 1, 2, 4 or 8
  size_t group_rows; // rows that libjpeg gives at a time
  JSAMPARRAY buffer; // NULL where reduction is 1
  size_t source_width, source_height;
} component_output;

static void prepare_output(jx_jpeg_decoder *decoder, int index, component_output *output) {
  struct jpeg_decompress_struct *info = &decoder->info;
  const jpeg_component_info *part = &info->comp_info[index];
  size_t across = (size_t)(info->max_h_samp_factor / part->h_samp_factor);
  size_t down = (size_t)(info->max_v_samp_factor / part->v_samp_factor);
  output->width = (info->output_width + across - 1) / across;
  output->height = (info->output_height + down - 1) / down;
  output->reduction = (size_t)(part->DCT_scaled_size / info->min_DCT_scaled_size);
  output->group_rows = (size_t)(part->v_samp_factor * part->DCT_scaled_size);
  output->source_width = part->downsampled_width;
  output->source_height = part->downsampled_height;
  output->buffer = NULL;
  if (output->reduction > 1)
    output->buffer = info->mem->alloc_sarray(
        (j_common_ptr)info, JPOOL_IMAGE, part->width_in_blocks * (JDIMENSION)part->DCT_scaled_size,
        (JDIMENSION)output->group_rows);
}

// Box mean, rounded to nearest, over the samples that lie inside the picture.
static void reduce_group(const component_output *output, size_t first_row) {
  size_t factor = output->reduction;
  for (size_t row = 0; row < output->group_rows / factor && first_row + row < output->height; row++) {
    uint8_t *target = output->plane + (first_row + row) * output->stride;
    size_t top = row * factor;
    size_t rows_left = output->source_height - (first_row + row) * factor;
    size_t rows = rows_left < factor ? rows_left : factor;
    for (size_t x = 0; x < output->width; x++) {
      size_t left = x * factor;
      size_t columns = output->source_width - left < factor ? output->source_width - left : factor;
      uint32_t sum = 0;
      for (size_t j = 0; j < rows; j++)
        for (size_t i = 0; i < columns; i++) sum += output->buffer[top + j][left + i];
      uint32_t count = (uint32_t)(rows * columns);
      target[x] = (uint8_t)((sum + count / 2) / count);
    }
  }
}

static void read_rows(jx_jpeg_decoder *decoder, component_output *outputs) {
  struct jpeg_decompress_struct *info = &decoder->info;
  JSAMPROW rows[3][MAX_GROUP_ROWS];
  JSAMPARRAY groups[3] = {rows[0], rows[1], rows[2]};
  JDIMENSION lines = (JDIMENSION)(info->max_v_samp_factor * info->min_DCT_scaled_size);
  // Rows below the picture's lower edge exist in the coded blocks only.
  JSAMPARRAY spare = info->mem->alloc_sarray(
      (j_common_ptr)info, JPOOL_IMAGE, (info->output_width + 7) / 8 * 8 + 64, 1);
  while (info->output_scanline < info->output_height) {
    for (int i = 0; i < info->num_components; i++) {
      const component_output *output = &outputs[i];
      size_t first = (size_t)info->output_scanline / lines * (output->group_rows / output->reduction);
      for (size_t row = 0; row < output->group_rows; row++) {
        if (output->buffer != NULL) rows[i][row] = output->buffer[row];
        else
          rows[i][row] = first + row < output->height ? output->plane + (first + row) * output->stride : spare[0];
      }
    }
    size_t group = (size_t)info->output_scanline / lines;
    jpeg_read_raw_data(info, groups, lines);
    for (int i = 0; i < info->num_components; i++)
      if (outputs[i].buffer != NULL)
        reduce_group(&outputs[i], group * (outputs[i].group_rows / outputs[i].reduction));
  }
}

void jx_leave_out_cut_segment(jx_jpeg_decoder *decoder) {
  size_t left = decoder->source.bytes_in_buffer;
  size_t whole = jx_whole_segments(decoder->source.next_input_byte, left);
  decoder->source.bytes_in_buffer = whole;
  decoder->count -= left - whole;
}

jx_jpeg_status jx_jpeg_decode(jx_jpeg_decoder *decoder, uint8_t *luma, size_t luma_stride, uint8_t *blue,
                              uint8_t *red, size_t chroma_stride, jx_jpeg_report *report) {
  struct jpeg_decompress_struct *info = &decoder->info;
  component_output outputs[3] = {
      {.plane = luma, .stride = luma_stride},
      {.plane = blue, .stride = chroma_stride},
      {.plane = red, .stride = chroma_stride},
  };
  *report = *decoder->report;
  decoder->report = report;
  if (setjmp(decoder->escape)) {
    jx_jpeg_end(decoder);
    return decoder->status;
  }
  decoder->phase = JX_PHASE_SCANS;
  report->complete_rows = info->output_height;
  report->scan_count = 1;
  if (jpeg_has_multiple_scans(info)) jx_leave_out_cut_segment(decoder);
  jpeg_start_decompress(info);
  decoder->phase = JX_PHASE_ROWS;
  for (int i = 0; i < info->num_components; i++) prepare_output(decoder, i, &outputs[i]);
  read_rows(decoder, outputs);
  jx_jpeg_end(decoder);
  return JX_JPEG_OK;
}

void jx_jpeg_end(jx_jpeg_decoder *decoder) {
  // Neither call can fail: aborting only resets state, and the arena frees nothing that libjpeg still uses.
  forget_picture(decoder);
  decoder->bytes = NULL;
  decoder->count = 0;
  decoder->source.next_input_byte = NULL;
  decoder->source.bytes_in_buffer = 0;
}

size_t jx_jpeg_working_bytes(const jx_jpeg_decoder *decoder) { return decoder->arena.held_bytes; }
