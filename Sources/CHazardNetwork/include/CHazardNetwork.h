#ifndef CHAZARDNETWORK_H
#define CHAZARDNETWORK_H
#include <stddef.h>
#include <stdint.h>

// The trained networks, in the format of `HazardAnalysis/Network/Training/FORMAT.md`.
enum jinxun_network { JINXUN_NETWORK_FULL, JINXUN_NETWORK_FIRST_LOOK };

/// Eight bytes of a network's file, the first one lowest; 0 beyond its end.
uint64_t jinxun_network_word(enum jinxun_network network, size_t index);
size_t jinxun_network_size(enum jinxun_network network);
#endif
