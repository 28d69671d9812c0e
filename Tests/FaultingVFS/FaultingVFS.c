#include "FaultingVFS.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

// The wrapped file lies behind this one in the same allocation.
typedef struct {
  sqlite3_file base;
  int marked;
} faulting_file;

static sqlite3_vfs faulting_vfs;
static sqlite3_vfs *inner;
static char marker[128];
static atomic_llong count, chosen, failures;
static atomic_int fault_kind, fault_stays;

static sqlite3_file *wrapped(sqlite3_file *file) {
  return (sqlite3_file *)((char *)file + sizeof(faulting_file));
}

// Whether the operation that begins now has to fail.
static int fails(sqlite3_file *file) {
  if (!((faulting_file *)file)->marked) return 0;
  long long number = atomic_load(&chosen);
  if (number == 0) return 0;
  long long own = atomic_fetch_add(&count, 1) + 1;
  if (own != number && !(own > number && atomic_load(&fault_stays))) return 0;
  atomic_fetch_add(&failures, 1);
  return 1;
}

static int faulting_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  sqlite3_file *real = wrapped(file);
  if (!fails(file)) return real->pMethods->xWrite(real, bytes, length, offset);
  switch (atomic_load(&fault_kind)) {
  case FAULT_IO_ERROR:
    return SQLITE_IOERR_WRITE;
  case FAULT_SHORT_WRITE:
    real->pMethods->xWrite(real, bytes, length / 2, offset);
    return SQLITE_FULL;
  default:
    return SQLITE_FULL;
  }
}

static int faulting_sync(sqlite3_file *file, int flags) {
  sqlite3_file *real = wrapped(file);
  if (fails(file)) return SQLITE_IOERR_FSYNC;
  return real->pMethods->xSync(real, flags);
}

static int faulting_truncate(sqlite3_file *file, sqlite3_int64 size) {
  sqlite3_file *real = wrapped(file);
  if (fails(file)) return SQLITE_IOERR_TRUNCATE;
  return real->pMethods->xTruncate(real, size);
}

static int pass_close(sqlite3_file *file) { return wrapped(file)->pMethods->xClose(wrapped(file)); }
static int pass_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
  return wrapped(file)->pMethods->xRead(wrapped(file), bytes, length, offset);
}
static int pass_size(sqlite3_file *file, sqlite3_int64 *size) {
  return wrapped(file)->pMethods->xFileSize(wrapped(file), size);
}
static int pass_lock(sqlite3_file *file, int level) { return wrapped(file)->pMethods->xLock(wrapped(file), level); }
static int pass_unlock(sqlite3_file *file, int level) {
  return wrapped(file)->pMethods->xUnlock(wrapped(file), level);
}
static int pass_reserved(sqlite3_file *file, int *result) {
  return wrapped(file)->pMethods->xCheckReservedLock(wrapped(file), result);
}
static int pass_control(sqlite3_file *file, int operation, void *argument) {
  return wrapped(file)->pMethods->xFileControl(wrapped(file), operation, argument);
}
static int pass_sector(sqlite3_file *file) { return wrapped(file)->pMethods->xSectorSize(wrapped(file)); }
static int pass_device(sqlite3_file *file) {
  return wrapped(file)->pMethods->xDeviceCharacteristics(wrapped(file));
}
static int pass_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
  return wrapped(file)->pMethods->xShmMap(wrapped(file), page, size, extend, memory);
}
static int pass_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  return wrapped(file)->pMethods->xShmLock(wrapped(file), offset, n, flags);
}
static void pass_barrier(sqlite3_file *file) { wrapped(file)->pMethods->xShmBarrier(wrapped(file)); }
static int pass_unmap(sqlite3_file *file, int remove) {
  return wrapped(file)->pMethods->xShmUnmap(wrapped(file), remove);
}

// Version 2: write-ahead mode, but no memory-mapped pages, which would go around the writes.
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = pass_close,
    .xRead = pass_read,
    .xWrite = faulting_write,
    .xTruncate = faulting_truncate,
    .xSync = faulting_sync,
    .xFileSize = pass_size,
    .xLock = pass_lock,
    .xUnlock = pass_unlock,
    .xCheckReservedLock = pass_reserved,
    .xFileControl = pass_control,
    .xSectorSize = pass_sector,
    .xDeviceCharacteristics = pass_device,
    .xShmMap = pass_map,
    .xShmLock = pass_shm_lock,
    .xShmBarrier = pass_barrier,
    .xShmUnmap = pass_unmap,
};

static int faulting_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  file->pMethods = 0;
  ((faulting_file *)file)->marked = name != 0 && strstr(name, marker) != 0;
  int result = inner->xOpen(inner, name, wrapped(file), flags, out);
  // SQLite closes a file that has methods even where opening failed.
  if (wrapped(file)->pMethods != 0) file->pMethods = &methods;
  return result;
}

int32_t faulting_vfs_register(const char *text) {
  if (inner != 0) return SQLITE_OK;
  sqlite3_vfs *standard = sqlite3_vfs_find(0);
  if (standard == 0 || strlen(text) >= sizeof marker) return SQLITE_ERROR;
  strcpy(marker, text);
  // What is not a file's own (names, random numbers, time) stays as it is.
  faulting_vfs = *standard;
  faulting_vfs.pNext = 0;
  faulting_vfs.zName = "faulting";
  faulting_vfs.szOsFile = (int)sizeof(faulting_file) + standard->szOsFile;
  faulting_vfs.xOpen = faulting_open;
  inner = standard;
  return sqlite3_vfs_register(&faulting_vfs, 1);
}

void faulting_vfs_arm(int64_t number, int32_t kind, int32_t stays) {
  atomic_store(&chosen, 0);
  atomic_store(&count, 0);
  atomic_store(&failures, 0);
  atomic_store(&fault_kind, kind);
  atomic_store(&fault_stays, stays);
  atomic_store(&chosen, number);
}

int64_t faulting_vfs_disarm(void) {
  atomic_store(&chosen, 0);
  return atomic_load(&count);
}

int64_t faulting_vfs_failures(void) { return atomic_load(&failures); }
