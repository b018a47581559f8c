// Adam as a C programmer writes it: one loop, one square root and one division per parameter; gcc vectorises it.
#include <math.h>
#include <stdlib.h>

static float *p, *g, *m, *v;
static long n, k;

static float *array(long i)
{
    // The arrays begin at different places within a page: equal ones would contend for the same lines of the cache.
    float *a = (float *)((char *)aligned_alloc(4096, (n * sizeof(float) / 4096 + 2) * 4096) + 256 * i);
    for (long j = 0; j < n; j++) a[j] = i == 3 ? 0.01f : 0.01f * (j % 7);
    return a;
}

void start(long size)
{
    n = size;
    p = array(0), g = array(1), m = array(2), v = array(3);
}

static __attribute__((noinline)) void update(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, long n, float rate, float share, float eps)
{
    for (long i = 0; i < n; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        p[i] -= rate * m[i] / (sqrtf(share * v[i]) + eps);
    }
}

void step(void)
{
    k++;
    update(p, g, m, v, n, 1e-3f / (1 - powf(0.9f, k)), 1 / (1 - powf(0.999f, k)), 1e-8f);
}
