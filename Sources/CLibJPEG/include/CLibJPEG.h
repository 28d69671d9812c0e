#ifndef CLIBJPEG_H
#define CLIBJPEG_H
#include <stddef.h>
#include <stdint.h>
#endif
