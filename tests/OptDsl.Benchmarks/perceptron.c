// A training step of a multilayer perceptron as a C programmer writes it: OpenBLAS for the products, loops that gcc vectorises for the rest.
#include <math.h>
#include <stdlib.h>

enum { RowMajor = 101, Plain = 111, Transposed = 112 };
void cblas_sgemm(int order, int ta, int tb, int m, int n, int k, float alpha, const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc);
void openblas_set_num_threads(int threads);

enum { Sgd, Momentum, Adam };

typedef struct { int in, out; float *w, *b, *dw, *db, *m, *v, *h, *dh; } Layer;

static Layer *layers;
static int depth, batch, is_tanh, is_softmax, rule;
static long k;
static float *x, *target;
static int *label;

static float *array(long n)
{
    float *a = aligned_alloc(64, (n * sizeof(float) / 64 + 1) * 64);
    for (long i = 0; i < n; i++) a[i] = 0.02f * ((i * 7919 % 101) / 50.0f - 1);
    return a;
}

// sizes has one number more than there are layers; weights and bias lie together, so that one loop updates both.
void start(int count, const int *sizes, int examples, int hidden_is_tanh, int loss_is_softmax, int update, int threads)
{
    depth = count, batch = examples, is_tanh = hidden_is_tanh, is_softmax = loss_is_softmax, rule = update, k = 0;
    openblas_set_num_threads(threads);
    layers = malloc(count * sizeof(Layer));
    for (int i = 0; i < count; i++) {
        Layer *l = layers + i;
        l->in = sizes[i], l->out = sizes[i + 1];
        long weights = (long)l->in * l->out, all = weights + l->out;
        l->w = array(all), l->b = l->w + weights, l->dw = array(all), l->db = l->dw + weights, l->m = array(all), l->v = array(all);
        for (long j = 0; j < all; j++) l->m[j] = l->v[j] = 0;
        l->h = array((long)batch * l->out), l->dh = array((long)batch * l->out);
    }
    x = array((long)batch * sizes[0]), target = array((long)batch * sizes[count]);
    label = malloc(batch * sizeof(int));
    for (int r = 0; r < batch; r++) label[r] = r % sizes[count];
}

static void forward(const Layer *l, const float *restrict in, int is_last)
{
    cblas_sgemm(RowMajor, Plain, Plain, batch, l->out, l->in, 1, in, l->in, l->w, l->out, 0, l->h, l->out);
    for (int r = 0; r < batch; r++) {
        float *restrict h = l->h + (long)r * l->out;
        const float *restrict b = l->b;
        if (is_last) for (int i = 0; i < l->out; i++) h[i] += b[i];
        else if (is_tanh) for (int i = 0; i < l->out; i++) h[i] = tanhf(h[i] + b[i]);
        else for (int i = 0; i < l->out; i++) h[i] = fmaxf(h[i] + b[i], 0);
    }
}

static float loss(const Layer *l)
{
    float total = 0, share = 1.0f / batch;
    for (int r = 0; r < batch; r++) {
        const float *restrict y = l->h + (long)r * l->out;
        float *restrict d = l->dh + (long)r * l->out;
        if (!is_softmax) {
            const float *restrict t = target + (long)r * l->out;
            for (int i = 0; i < l->out; i++) d[i] = y[i] - t[i], total += d[i] * d[i], d[i] *= 2 * share / l->out;
            continue;
        }
        float most = y[0], sum = 0;
        for (int i = 1; i < l->out; i++) most = fmaxf(most, y[i]);
        for (int i = 0; i < l->out; i++) sum += d[i] = expf(y[i] - most);
        total += logf(sum) + most - y[label[r]];
        for (int i = 0; i < l->out; i++) d[i] *= share / sum;
        d[label[r]] -= share;
    }
    return total * share;
}

static void update(float *restrict w, const float *restrict g, float *restrict m, float *restrict v, long n)
{
    float rate = 1e-4f / (1 - powf(0.9f, k)), share = 1 / (1 - powf(0.999f, k));
    if (rule == Sgd) for (long i = 0; i < n; i++) w[i] -= 1e-4f * g[i];
    else if (rule == Momentum) for (long i = 0; i < n; i++) m[i] = 0.9f * m[i] + g[i], w[i] -= 1e-4f * m[i];
    else for (long i = 0; i < n; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        w[i] -= rate * m[i] / (sqrtf(share * v[i]) + 1e-8f) + 1e-6f * w[i];
    }
}

static void backward(Layer *l, const float *restrict in, float *restrict din)
{
    cblas_sgemm(RowMajor, Transposed, Plain, l->in, l->out, batch, 1, in, l->in, l->dh, l->out, 0, l->dw, l->out);
    for (int i = 0; i < l->out; i++) l->db[i] = 0;
    for (int r = 0; r < batch; r++)
        for (int i = 0; i < l->out; i++) l->db[i] += l->dh[(long)r * l->out + i];
    if (din) {
        cblas_sgemm(RowMajor, Plain, Transposed, batch, l->in, l->out, 1, l->dh, l->out, l->w, l->out, 0, din, l->in);
        long n = (long)batch * l->in;
        if (is_tanh) for (long i = 0; i < n; i++) din[i] *= 1 - in[i] * in[i];
        else for (long i = 0; i < n; i++) din[i] = in[i] > 0 ? din[i] : 0;
    }
    update(l->w, l->dw, l->m, l->v, (long)l->in * l->out + l->out);
}

float step(void)
{
    k++;
    for (int i = 0; i < depth; i++) forward(layers + i, i ? layers[i - 1].h : x, i == depth - 1);
    float mean = loss(layers + depth - 1);
    for (int i = depth - 1; i >= 0; i--) backward(layers + i, i ? layers[i - 1].h : x, i ? layers[i - 1].dh : 0);
    return mean;
}
