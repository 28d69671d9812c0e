#ifndef CHAZARDNETWORK_H
#define CHAZARDNETWORK_H
#include <stddef.h>
#include <stdint.h>

// The trained networks, in the format of `HazardAnalysis/Network/Training/FORMAT.md`.
enum jinxun_network { JINXUN_NETWORK_FULL, JINXUN_NETWORK_FIRST_LOOK };

/// One byte of a network's file; 0 beyond its end.
uint8_t jinxun_network_byte(enum jinxun_network network, size_t index);
size_t jinxun_network_size(enum jinxun_network network);
#endif
