#ifndef CLIBPNG_H
#define CLIBPNG_H
#include <stddef.h>
#include <stdint.h>
#endif
