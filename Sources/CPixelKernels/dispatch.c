// Which instruction tiers this processor runs. The compiler's own test also asks the operating system
// whether it saves the wide registers.
#include "CPixelKernels.h"

int jx_supports_avx2(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") ? 1 : 0;
#else
  return 0;
#endif
}

int jx_supports_avx512(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
             ? 1
             : 0;
#else
  return 0;
#endif
}

int jx_supports_vnni(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return jx_supports_avx512() && __builtin_cpu_supports("avx512vnni") ? 1 : 0;
#else
  return 0;
#endif
}
