// How libjpeg's message codes become the status of this target.
#ifndef JX_STATUS_H
#define JX_STATUS_H

#include "CLibJPEG.h"

jx_jpeg_status jx_status_of(int message_code);
void jx_copy_message(jx_jpeg_report *report, const char *text);

#endif
