#include "CHazardNetwork.h"

// #embed is C23; clang has it in every language mode. SwiftPM does not see that an embedded file changed: touch this
// file then (a test compares versions).
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t full[] = {
#embed "hazard-network.bin"
};

static const uint8_t first_look[] = {
#embed "first-look.bin"
};

size_t jinxun_network_size(enum jinxun_network network) {
  return network == JINXUN_NETWORK_FULL ? sizeof full : sizeof first_look;
}

uint64_t jinxun_network_word(enum jinxun_network network, size_t index) {
  const uint8_t *bytes = network == JINXUN_NETWORK_FULL ? full : first_look;
  const size_t size = jinxun_network_size(network);
  uint64_t word = 0;
  for (size_t byte = 0; byte < 8 && 8 * index + byte < size; byte++)
    word |= (uint64_t)bytes[8 * index + byte] << (8 * byte);
  return word;
}
