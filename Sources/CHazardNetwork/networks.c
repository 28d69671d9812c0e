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

uint8_t jinxun_network_byte(enum jinxun_network network, size_t index) {
  if (index >= jinxun_network_size(network)) return 0;
  return network == JINXUN_NETWORK_FULL ? full[index] : first_look[index];
}
