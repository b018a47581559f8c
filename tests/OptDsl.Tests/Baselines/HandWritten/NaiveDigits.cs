using OptDsl.Runtime;
using static System.MathF;

namespace OptDsl.Tests.Baselines.HandWritten;

/// <summary>The same step in plain loops over row-major arrays, one element at a time: the meaning of <see cref="HandWrittenDigits{V}"/>.</summary>
internal sealed class NaiveDigits
{
    private const int Inputs = 784, Hidden = 128, Classes = 10;

    private readonly float[] p, m, s;
    private long step;

    public NaiveDigits(float[] parameters)
    {
        p = [.. parameters];
        m = new float[p.Length];
        s = new float[p.Length];
    }

    public ReadOnlySpan<float> Parameters => p;

    public float Learn(float[] x, int[] y)
    {
        int batch = y.Length, b1 = Inputs * Hidden, w2 = b1 + Hidden, b2 = w2 + Hidden * Classes;
        float[] h = Product(batch, Hidden, Inputs, (i, k) => x[i * Inputs + k], (k, j) => p[k * Hidden + j]);
        for (int i = 0; i < h.Length; i++)
            h[i] = h[i] + p[b1 + i % Hidden] is > 0 and var sum ? sum : 0;
        float[] z = Product(batch, Classes, Hidden, (i, k) => h[i * Hidden + k], (k, j) => p[w2 + k * Classes + j]);
        for (int i = 0; i < z.Length; i++)
            z[i] += p[b2 + i % Classes];

        var losses = new float[batch];
        var dz = new float[z.Length];
        for (int i = 0; i < batch; i++)
        {
            Span<float> row = z.AsSpan(i * Classes, Classes), e = dz.AsSpan(i * Classes, Classes);
            float max = float.NegativeInfinity;
            foreach (float a in row)
                max = max < a ? a : max;
            for (int c = 0; c < Classes; c++)
                e[c] = Float32.Exp(row[c] - max);
            float sum = Tree(e);
            losses[i] = Float32.Log(sum) - (row[y[i]] - max);
            for (int c = 0; c < Classes; c++)
                e[c] = (e[c] / sum - (c == y[i] ? 1f : 0f)) * (1f / batch);
        }

        float[] dh = Product(batch, Hidden, Classes, (i, k) => dz[i * Classes + k], (k, j) => p[w2 + j * Classes + k]);
        for (int i = 0; i < dh.Length; i++)
            dh[i] = h[i] > 0 ? dh[i] : 0;
        float[] g =
        [
            .. Product(Inputs, Hidden, batch, (i, k) => x[k * Inputs + i], (k, j) => dh[k * Hidden + j]),
            .. Columns(dh, batch, Hidden),
            .. Product(Hidden, Classes, batch, (i, k) => h[k * Hidden + i], (k, j) => dz[k * Classes + j]),
            .. Columns(dz, batch, Classes),
        ];

        double t = ++step;
        float rate = (float)(1e-3f / (1 - Math.Pow(0.9, t))), scale = (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, t)));
        for (int i = 0; i < p.Length; i++)
        {
            m[i] = FusedMultiplyAdd(0.9f, m[i], 0.1f * g[i]);
            s[i] = FusedMultiplyAdd(0.999f, s[i], 0.001f * (g[i] * g[i]));
            m[i] = Abs(m[i]) < 1e-30f ? 0 : m[i];
            s[i] = Abs(s[i]) < 1e-30f ? 0 : s[i];
            p[i] -= rate * m[i] / FusedMultiplyAdd(Sqrt(s[i]), scale, 1e-8f);
        }
        return Tree(losses) / batch;
    }

    private static float[] Product(int rows, int cols, int sums, Func<int, int, float> a, Func<int, int, float> b)
    {
        var c = new float[rows * cols];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < cols; j++)
                for (int k = 0; k < sums; k++)
                    c[i * cols + j] = FusedMultiplyAdd(a(i, k), b(k, j), c[i * cols + j]);
        return c;
    }

    private static float[] Columns(float[] x, int rows, int cols)
    {
        var sums = new float[cols];
        for (int i = 0; i < rows * cols; i++)
            sums[i % cols] += x[i];
        return sums;
    }

    private static float Tree(ReadOnlySpan<float> x)
    {
        Span<float> lane = stackalloc float[16];
        for (int i = 0; i < x.Length; i++)
            lane[i % 16] += x[i];
        for (int h = 8; h > 0; h /= 2)
            for (int j = 0; j < h; j++)
                lane[j] += lane[j + h];
        return lane[0];
    }
}
