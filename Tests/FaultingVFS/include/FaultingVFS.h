// A file system for SQLite that wraps the default one and fails where a test says so.
//
// It becomes the default of the process. Files whose path does not contain the marker pass through untouched, so that
// other tests of the same process go on.
#ifndef FAULTING_VFS_H
#define FAULTING_VFS_H

#include <stdint.h>

// What the chosen operation answers. A short write puts half of the bytes down first, as a disk that fills up does.
enum faulting_kind { FAULT_DISK_FULL = 0, FAULT_IO_ERROR = 1, FAULT_SHORT_WRITE = 2 };

// Registers the file system once; 0 where it could be done. The marker is copied.
int32_t faulting_vfs_register(const char *marker);

// Lets the operation of that number (write, sync or truncate of a marked file, from 1) fail, and, where `stays` is not
// zero, every one after it until it is disarmed.
void faulting_vfs_arm(int64_t number, int32_t kind, int32_t stays);

// Nothing fails any more. Returns how many operations there were since arming.
int64_t faulting_vfs_disarm(void);

// How many operations failed since arming.
int64_t faulting_vfs_failures(void);

#endif
