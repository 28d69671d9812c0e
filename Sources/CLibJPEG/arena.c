#include "arena.h"

#include <stdlib.h>
#include <string.h>

#include <jerror.h>

enum { ALIGNMENT = 64, SMALLEST_CHUNK = 256 * 1024 };

// More than this is given back between pictures: one large progressive picture must not hold memory for ever.
static const size_t kept_bytes = 64u << 20;

struct jx_chunk {
  jx_chunk *next;
  size_t capacity;
  size_t used;
  size_t unused_alignment;  // keeps the header a multiple of 16
};

// libjpeg only hands these around by pointer; their content is this file's business.
struct jvirt_sarray_control {
  JSAMPARRAY rows;
  JDIMENSION row_count;
};
struct jvirt_barray_control {
  JBLOCKARRAY rows;
  JDIMENSION row_count;
};

static size_t rounded(size_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

static unsigned char *content(jx_chunk *chunk) { return (unsigned char *)chunk + rounded(sizeof(jx_chunk)); }

static jx_arena *arena_of(j_common_ptr cinfo) { return (jx_arena *)cinfo->mem; }

static void *take(j_common_ptr cinfo, size_t bytes) {
  jx_arena *arena = arena_of(cinfo);
  if (bytes > arena->limit_bytes) ERREXIT1(cinfo, JERR_OUT_OF_MEMORY, 1);
  size_t size = rounded(bytes);
  jx_chunk *chunk = arena->chunks;
  if (chunk == NULL || chunk->capacity - chunk->used < size) {
    size_t capacity = size > SMALLEST_CHUNK ? size : SMALLEST_CHUNK;
    size_t total = rounded(sizeof(jx_chunk)) + capacity;
    if (arena->held_bytes + total > arena->limit_bytes) ERREXIT1(cinfo, JERR_OUT_OF_MEMORY, 2);
    chunk = aligned_alloc(ALIGNMENT, total);
    if (chunk == NULL) ERREXIT1(cinfo, JERR_OUT_OF_MEMORY, 3);
    chunk->next = arena->chunks;
    chunk->capacity = capacity;
    chunk->used = 0;
    arena->chunks = chunk;
    arena->held_bytes += total;
  }
  void *result = content(chunk) + chunk->used;
  chunk->used += size;
  return result;
}

static void *alloc_any(j_common_ptr cinfo, int pool, size_t bytes) {
  (void)pool;
  return take(cinfo, bytes);
}

// The factors are below 2^17 and 2^18 here (picture sides are limited to 2^16), so products fit 64 bits.
static JSAMPARRAY alloc_samples(j_common_ptr cinfo, int pool, JDIMENSION width, JDIMENSION count) {
  (void)pool;
  // The vector code of libjpeg-turbo reads and writes whole registers: rows are aligned and padded to 64 bytes.
  size_t stride = rounded((size_t)width * sizeof(JSAMPLE));
  JSAMPARRAY rows = take(cinfo, (size_t)count * sizeof(JSAMPROW));
  JSAMPROW base = take(cinfo, stride * count);
  for (JDIMENSION i = 0; i < count; i++) rows[i] = base + stride * i;
  return rows;
}

static JBLOCKARRAY alloc_blocks(j_common_ptr cinfo, int pool, JDIMENSION width, JDIMENSION count) {
  (void)pool;
  JBLOCKARRAY rows = take(cinfo, (size_t)count * sizeof(JBLOCKROW));
  JBLOCKROW base = take(cinfo, (size_t)width * count * sizeof(JBLOCK));
  for (JDIMENSION i = 0; i < count; i++) rows[i] = base + (size_t)width * i;
  return rows;
}

// "Virtual" arrays always lie in memory as a whole; the limit refuses what is too large.
static jvirt_sarray_ptr request_samples(j_common_ptr cinfo, int pool, boolean zero, JDIMENSION width,
                                        JDIMENSION count, JDIMENSION access) {
  (void)access;
  jvirt_sarray_ptr array = take(cinfo, sizeof(struct jvirt_sarray_control));
  array->rows = alloc_samples(cinfo, pool, width, count);
  array->row_count = count;
  if (zero)
    for (JDIMENSION i = 0; i < count; i++) memset(array->rows[i], 0, (size_t)width * sizeof(JSAMPLE));
  return array;
}

static jvirt_barray_ptr request_blocks(j_common_ptr cinfo, int pool, boolean zero, JDIMENSION width,
                                       JDIMENSION count, JDIMENSION access) {
  (void)access;
  jvirt_barray_ptr array = take(cinfo, sizeof(struct jvirt_barray_control));
  array->rows = alloc_blocks(cinfo, pool, width, count);
  array->row_count = count;
  if (zero && count > 0) memset(array->rows[0], 0, (size_t)width * count * sizeof(JBLOCK));
  return array;
}

static void realize(j_common_ptr cinfo) { (void)cinfo; }

static JSAMPARRAY access_samples(j_common_ptr cinfo, jvirt_sarray_ptr array, JDIMENSION start, JDIMENSION count,
                                 boolean writable) {
  (void)writable;
  if (start > array->row_count || count > array->row_count - start) ERREXIT(cinfo, JERR_BAD_VIRTUAL_ACCESS);
  return array->rows + start;
}

static JBLOCKARRAY access_blocks(j_common_ptr cinfo, jvirt_barray_ptr array, JDIMENSION start, JDIMENSION count,
                                 boolean writable) {
  (void)writable;
  if (start > array->row_count || count > array->row_count - start) ERREXIT(cinfo, JERR_BAD_VIRTUAL_ACCESS);
  return array->rows + start;
}

// Pictures end with jx_arena_reset, not pool by pool.
static void free_pool(j_common_ptr cinfo, int pool) {
  (void)cinfo;
  (void)pool;
}

static void self_destruct(j_common_ptr cinfo) { (void)cinfo; }

static void free_chunks(jx_arena *arena) {
  jx_chunk *chunk = arena->chunks;
  while (chunk != NULL) {
    jx_chunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  arena->chunks = NULL;
  arena->held_bytes = 0;
}

void jx_arena_install(jx_arena *arena, j_common_ptr cinfo) {
  arena->original = cinfo->mem;
  arena->chunks = NULL;
  arena->held_bytes = 0;
  arena->limit_bytes = 0;
  arena->methods = (struct jpeg_memory_mgr){
      .alloc_small = alloc_any,
      .alloc_large = alloc_any,
      .alloc_sarray = alloc_samples,
      .alloc_barray = alloc_blocks,
      .request_virt_sarray = request_samples,
      .request_virt_barray = request_blocks,
      .realize_virt_arrays = realize,
      .access_virt_sarray = access_samples,
      .access_virt_barray = access_blocks,
      .free_pool = free_pool,
      .self_destruct = self_destruct,
      .max_memory_to_use = 0,
      .max_alloc_chunk = 1000000000L,
  };
  cinfo->mem = &arena->methods;
}

void jx_arena_remove(jx_arena *arena, j_common_ptr cinfo) {
  free_chunks(arena);
  cinfo->mem = arena->original;
}

void jx_arena_reset(jx_arena *arena) {
  jx_chunk *chunk = arena->chunks;
  if (chunk == NULL) return;
  if (chunk->next == NULL && arena->held_bytes <= kept_bytes) {
    chunk->used = 0;
    return;
  }
  // Several blocks: one of their total size takes their place, so that the next picture needs no allocation.
  size_t total = arena->held_bytes;
  free_chunks(arena);
  if (total > kept_bytes) return;
  chunk = aligned_alloc(ALIGNMENT, rounded(total));
  if (chunk == NULL) return;
  chunk->next = NULL;
  chunk->capacity = rounded(total) - rounded(sizeof(jx_chunk));
  chunk->used = 0;
  arena->chunks = chunk;
  arena->held_bytes = rounded(total);
}
