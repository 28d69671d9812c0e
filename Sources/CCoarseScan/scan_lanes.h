// The walk through the MCUs for a fixed number of lanes; scan.c includes this once per number and tier with
//   JX_LANES  how many lanes
//   JX_SCAN   the function's name
//   JX_TARGET its target attribute
//
// JX_EACH(…) repeats its body for every lane with `i` a constant, so that lane state stays in registers: a loop over
// lanes is left as a loop by the compiler, and the lanes' loads then wait for each other.

#define JX_EACH JX_JOIN(JX_EACH, JX_LANES)

JX_TARGET static void JX_SCAN(jx_scan_lane *restrict lanes, const jx_scan_geometry *restrict geometry) {
  enum { LANES = JX_LANES };
  const uint8_t *bytes[LANES];
  uint64_t position[LANES], end[LANES];  // bits
  uint32_t predictors[JX_SCAN_MAX_COMPONENTS][LANES];
  uint32_t stopped = 0;  // a bit for each lane whose data are over
  for (int i = 0; i < LANES; i++) {
    bytes[i] = lanes[i].bytes;
    position[i] = 0;
    end[i] = lanes[i].segment_ends[0] * 8;
    lanes[i].status = JX_SCAN_COMPLETE;
  }
  memset(predictors, 0, sizeof predictors);
  uint32_t left = geometry->restart_interval, segment = 0, mcu = 0;
  for (uint32_t row = 0; row < geometry->mcus_down; row++) {
    for (uint32_t column = 0; column < geometry->mcus_across; column++, mcu++) {
      if (geometry->restart_interval != 0 && left-- == 0) {
        left = geometry->restart_interval - 1;
        segment++;
        memset(predictors, 0, sizeof predictors);
        for (int i = 0; i < LANES; i++) {
          if (segment >= lanes[i].segment_count) {
            stop(&lanes[i], i, &stopped, JX_SCAN_RESTART_MISSING, mcu, position[i]);
          } else {
            position[i] = lanes[i].segment_ends[segment - 1] * 8;
            end[i] = lanes[i].segment_ends[segment] * 8;
          }
        }
      }
      for (uint32_t c = 0; c < geometry->component_count; c++) {
        uint32_t *prediction = predictors[c];
        const uint32_t across = geometry->horizontal[c];
        for (uint32_t v = 0; v < geometry->vertical[c]; v++) {
          size_t at = (size_t)(row * geometry->vertical[c] + v) * geometry->stride[c] + column * across;
          for (const size_t last = at + across; at < last; at++) {
            int32_t sum[LANES];
            JX_EACH(
              const jx_scan_component *part = &lanes[i].components[c];
              uint64_t window = window_at(bytes[i], position[i]);
              const int32_t entry = (int16_t)part->dc_table->dc[window >> (64 - JX_WINDOW_BITS)];
              uint32_t length = (uint32_t)entry & 15;
              int32_t difference = entry >> 4;
              if (__builtin_expect(entry == 0, 0)) {
                const long_dc found = decode_long_dc(part->dc_table, window);
                difference = found.difference;
                length = found.bits;
                if (length == 0) stop(&lanes[i], i, &stopped, JX_SCAN_INVALID_CODE, mcu, position[i]);
              }
              prediction[i] += (uint32_t)difference;
              part->dc[at] = (int16_t)prediction[i];
              position[i] += length;
              window <<= length;
              sum[i] = JX_OPEN_BLOCK + (int32_t)part->ac_table->ac[window >> (64 - JX_WINDOW_BITS)];
            )
            for (;;) {
              for (;;) {
                int32_t open = 0;
                JX_EACH(open |= sum[i];)
                if (open >= 0) break;
                // Three look-ups a load, the first two of at most 22 bits: see JX_LARGEST_AC_SIZE.
                JX_EACH(
                  const uint32_t *table = lanes[i].components[c].ac_table->ac;
                  uint64_t window = window_at(bytes[i], position[i] + ((uint32_t)sum[i] & 0xFFFF));
                  const uint32_t first = table[window >> (64 - JX_WINDOW_BITS)] & mask_of_open(sum[i]);
                  sum[i] += (int32_t)first;
                  window <<= first & 63;
                  const uint32_t second = table[window >> (64 - JX_WINDOW_BITS)] & mask_of_open(sum[i]);
                  sum[i] += (int32_t)second;
                  window <<= second & 63;
                  sum[i] += (int32_t)(table[window >> (64 - JX_WINDOW_BITS)] & mask_of_open(sum[i]));
                )
              }
              uint32_t odd = 0;
              JX_EACH(odd |= is_odd(sum[i]);)
              if (__builtin_expect(odd == 0, 1)) break;
              JX_EACH(
                if (is_odd(sum[i])) {
                  sum[i] = settle_odd_block(lanes[i].components[c].ac_table, bytes[i], position[i], sum[i]);
                  if (sum[i] == JX_INVALID_BLOCK) {
                    stop(&lanes[i], i, &stopped, JX_SCAN_INVALID_CODE, mcu, position[i]);
                    sum[i] = JX_CLOSED_BLOCK;
                  }
                }
              )
            }
            JX_EACH(
              const uint32_t bits = (uint32_t)sum[i] & 0xFFFF;
              lanes[i].components[c].ac_bits[at] = (uint16_t)bits;
              position[i] += bits;
            )
          }
        }
      }
      uint64_t beyond = 0;
      JX_EACH(beyond |= end[i] - position[i];)
      if (__builtin_expect((int)(beyond >> 63) | (stopped != 0), 0)) {
        for (int i = 0; i < LANES; i++) {
          if (position[i] > end[i]) stop(&lanes[i], i, &stopped, JX_SCAN_TRUNCATED, mcu, position[i]);
          // A stopped lane goes on over its own first bytes, harmlessly, until the others have ended.
          if (stopped >> i & 1) position[i] = 0;
        }
        if (stopped == (1u << LANES) - 1) return;
      }
    }
  }
  for (int i = 0; i < LANES; i++)
    if (!(stopped >> i & 1)) lanes[i].complete_mcus = mcu;
}

#undef JX_EACH
#undef JX_LANES
#undef JX_SCAN
#undef JX_TARGET
