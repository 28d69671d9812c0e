// Working memory of one JPEG decoder: a libjpeg memory manager over an arena with a limit.
//
// libjpeg's own manager gives memory back after every picture and its limit is advisory. This one keeps one block
// for the next picture (no allocation after warm-up, coefficients of progressive pictures included), and its
// limit holds for every byte.
#ifndef JX_ARENA_H
#define JX_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

typedef struct jx_chunk jx_chunk;

typedef struct {
  struct jpeg_memory_mgr methods;  // first member: cinfo->mem points here
  struct jpeg_memory_mgr *original;
  jx_chunk *chunks;
  size_t held_bytes;
  size_t limit_bytes;
} jx_arena;

// Takes the place of libjpeg's manager in `cinfo`.
void jx_arena_install(jx_arena *arena, j_common_ptr cinfo);
// Puts libjpeg's manager back and frees the arena's memory.
void jx_arena_remove(jx_arena *arena, j_common_ptr cinfo);
// Forgets all content; several blocks become one of their total size at the next use.
void jx_arena_reset(jx_arena *arena);

#endif
