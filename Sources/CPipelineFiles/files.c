#include "CPipelineFiles.h"

// #embed is C23; clang has it in every language mode. SwiftPM does not see that an embedded file changed: touch this
// file then, or the built-in copies stay as they were (a test compares them).
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t recorded_flight[] = {
#embed "../../Pipelines/recorded-flight.yaml"
};

static const uint8_t governance_jiangjin[] = {
#embed "../../Pipelines/governance/jiangjin.yaml"
};

static const uint8_t live_network[] = {
#embed "../../Pipelines/live-network.yaml"
};

static const uint8_t nodes_jiangjin[] = {
#embed "../../Pipelines/nodes/jiangjin-68.yaml"
};

static const struct {
  const uint8_t *bytes;
  size_t size;
} files[JINXUN_PIPELINE_FILE_COUNT] = {
    [JINXUN_PIPELINE_RECORDED_FLIGHT] = {recorded_flight, sizeof recorded_flight},
    [JINXUN_PIPELINE_GOVERNANCE_JIANGJIN] = {governance_jiangjin, sizeof governance_jiangjin},
    [JINXUN_PIPELINE_LIVE_NETWORK] = {live_network, sizeof live_network},
    [JINXUN_PIPELINE_NODES_JIANGJIN] = {nodes_jiangjin, sizeof nodes_jiangjin},
};

size_t jinxun_pipeline_file_size(size_t file) {
  return file < JINXUN_PIPELINE_FILE_COUNT ? files[file].size : 0;
}

uint8_t jinxun_pipeline_file_byte(size_t file, size_t offset) {
  return offset < jinxun_pipeline_file_size(file) ? files[file].bytes[offset] : 0;
}
