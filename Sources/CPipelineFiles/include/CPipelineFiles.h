// The files of Pipelines/, embedded: an installed binary works without them. Bytes are read one at a time, so that no
// pointer crosses into Swift.
#ifndef CPIPELINEFILES_H
#define CPIPELINEFILES_H

#include <stddef.h>
#include <stdint.h>

enum {
  JINXUN_PIPELINE_RECORDED_FLIGHT = 0,
  JINXUN_PIPELINE_GOVERNANCE_JIANGJIN = 1,
  JINXUN_PIPELINE_LIVE_NETWORK = 2,
  JINXUN_PIPELINE_NODES_JIANGJIN = 3,
  JINXUN_PIPELINE_FILE_COUNT = 4
};

/// Size of a file in bytes; 0 for an index that does not exist.
size_t jinxun_pipeline_file_size(size_t file);

/// One byte of a file; 0 outside it.
uint8_t jinxun_pipeline_file_byte(size_t file, size_t offset);

#endif
