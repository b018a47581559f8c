using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Tests.Baselines.HandWritten;

/// <summary>
/// Input(784).Dense(128).Relu().Dense(10).Loss(SoftmaxCrossEntropy).Minimize(Adam(lr: 1e-3)), batch ≤ 64, as an expert generator would emit it:
/// the yardstick of emitted code.
/// </summary>
internal sealed class HandWrittenDigits<V> : IDisposable where V : unmanaged, IVector<V, float>
{
    public const int Inputs = 784, Hidden = 128, Classes = 10, PaddedClasses = 16, MaxBatch = 64;

    // The panels' width of W1: the widest tile.
    private const int Log2Panel = 5, Panel = 1 << Log2Panel;
    private const int Layer1 = (Inputs + 1) * Hidden, Layer2 = (Hidden + 1) * PaddedClasses, Parameters = Layer1 + Layer2;

    private readonly Team team;
    private readonly Arena<float> arena = new(4 * Parameters + MaxBatch * (2 * Hidden + 2 * PaddedClasses) + PaddedClasses * Hidden + 2 * 16 + MaxBatch);
    private readonly Buffer<float> w1, b1, w2, b2, gw1, gb1, gw2, gb2, m1, m2, v1, v2, h, dh, z, dz, w2T, lanes, losses;
    private readonly float lr = 1e-3f;
    private long step;

    public HandWrittenDigits(int seed, int threads = 1)
    {
        team = Team.Get(threads);
        long at = 0;
        Buffer<float> Next(long count) => arena.At((at += count) - count);
        (w1, b1, w2, b2) = (Next(Inputs * Hidden), Next(Hidden), Next(Hidden * PaddedClasses), Next(PaddedClasses));
        (gw1, gb1, gw2, gb2) = (Next(Inputs * Hidden), Next(Hidden), Next(Hidden * PaddedClasses), Next(PaddedClasses));
        (m1, m2, v1, v2) = (Next(Layer1), Next(Layer2), Next(Layer1), Next(Layer2));
        (h, dh, z, dz) = (Next(MaxBatch * Hidden), Next(MaxBatch * Hidden), Next(MaxBatch * PaddedClasses), Next(MaxBatch * PaddedClasses));
        (w2T, lanes, losses) = (Next(PaddedClasses * Hidden), Next(32), Next(MaxBatch));

        var random = new Random(seed);
        float[] Uniform(int rows, int cols)
        {
            double bound = Math.Sqrt(6.0 / (rows + cols));
            var w = new float[rows * cols];
            foreach (ref float x in w.AsSpan())
                x = (float)(bound * (2 * random.NextDouble() - 1));
            return w;
        }

        Layouts<V, float>.Pack(Uniform(Inputs, Hidden), Inputs, Hidden, w1, Panel);
        Layouts<V, float>.Pack(Uniform(Hidden, Classes), Hidden, Classes, w2, PaddedClasses);
    }

    /// <summary>One step of Adam on the mean loss of the examples, which is returned.</summary>
    public unsafe float Learn(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        int batch = labels.Length;
        if (batch is 0 or > MaxBatch || images.Length != batch * Inputs)
            throw new ArgumentException("between 1 and 64 examples of 784 numbers");
        foreach (int label in labels)
            if ((uint)label >= Classes)
                throw new ArgumentOutOfRangeException(nameof(labels));
        fixed (float* x = images)
        fixed (int* y = labels)
            return Step(batch, new Buffer<float>(x), new Buffer<int>(y));
    }

    /// <summary>The weights and biases in canonical order.</summary>
    public float[] CopyParameters()
    {
        var all = new float[Inputs * Hidden + Hidden + Hidden * Classes + Classes];
        Span<float> rest = all;
        Layouts<V, float>.Unpack(w1, Inputs, Hidden, Panel, rest);
        b1.Span(Hidden).CopyTo(rest = rest[(Inputs * Hidden)..]);
        Layouts<V, float>.Unpack(w2, Hidden, Classes, PaddedClasses, rest = rest[Hidden..]);
        b2.Span(Classes).CopyTo(rest[(Hidden * Classes)..]);
        return all;
    }

    public void Dispose() => arena.Dispose();

    private float Step(int batch, Buffer<float> x, Buffer<int> y)
    {
        team.Wake();
        // h = relu(x W1 + b1), z = h W2 + b2
        MatMul<V, float>.Multiply(team, batch, Hidden, Inputs, x, Inputs, w1, Panel, new BiasRelu(b1, h));
        MatMul<V, float>.Multiply(team, batch, Classes, Hidden, h, Hidden, w2, PaddedClasses, new Bias(b2, z));
        float loss = SoftmaxCrossEntropy(batch, y);

        // dW2 = hᵀ dz, dh = (dz W2ᵀ) ∘ (h > 0), dW1 = xᵀ dh
        MatMul<V, float>.MultiplyTransposed(team, Hidden, Classes, batch, h, Hidden, dz, PaddedClasses, new RowSink<float>(gw2, PaddedClasses));
        Reductions<V, float>.SumRows(team, dz, batch, Classes, PaddedClasses, gb2);
        Layouts<V, float>.Transpose(team, w2, Hidden, Classes, PaddedClasses, w2T, Hidden);
        MatMul<V, float>.Multiply(team, batch, Hidden, Classes, dz, PaddedClasses, w2T, Hidden, new ReluGradient(h, dh));
        MatMul<V, float>.MultiplyTransposed(team, Inputs, Hidden, batch, x, Inputs, dh, Hidden, new PanelSink<float>(gw1, Inputs, Log2Panel));
        Reductions<V, float>.SumRows(team, dh, batch, Hidden, Hidden, gb1);

        double t = ++step;
        var adam = new Adam(
            (float)(lr / (1 - Math.Pow(0.9, t))),
            (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, t))));
        Share(Layer1, adam with { P = w1, G = gw1, M = m1, S = v1 });
        Share(Layer2, adam with { P = w2, G = gw2, M = m2, S = v2 });
        return loss;
    }

    // dz = (softmax(z) − onehot(y)) / batch; the loss of a row is log Σ exp(z − max) − (z[y] − max).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float SoftmaxCrossEntropy(int batch, Buffer<int> y)
    {
        V inverse = V.Create(1f / batch);
        for (nint row = 0; row < batch; row++)
        {
            Buffer<float> zr = z.At(row * PaddedClasses), dr = dz.At(row * PaddedClasses);
            var largest = new Lanes<V, float>(lanes, float.NegativeInfinity);
            for (nint c = 0; c < PaddedClasses; c += V.Count)
                largest.Max(V.First(V.Load(zr, c), Classes - c, float.NegativeInfinity), c);
            float max = largest.Max();
            var total = new Lanes<V, float>(lanes.At(16), 0f);
            for (nint c = 0; c < PaddedClasses; c += V.Count)
            {
                V e = V.First(Float32.Exp(V.Load(zr, c) - V.Create(max)), Classes - c, 0f);
                total.Add(e, c);
                V.Store(e, dr, c);
            }
            float sum = total.Sum();
            losses[row] = Float32.Log(sum) - (zr[y[row]] - max);
            for (nint c = 0; c < PaddedClasses; c += V.Count)
            {
                V label = V.Equal(V.Indices + V.Create(c), V.Create(y[row]));
                V.Store((V.Load(dr, c) / V.Create(sum) - V.And(label, V.Create(1f))) * inverse, dr, c);
            }
        }
        var mean = new Lanes<V, float>(lanes, 0f);
        for (nint i = 0; i < (batch + 15) / 16 * 16; i += V.Count)
            mean.Add(V.First(V.Load(losses, i), batch - i, 0f), i);
        return mean.Sum() / batch;
    }

    private void Share(int count, Adam adam)
    {
        if (team.Threads > 1 && count > 20_000)
            team.Run(adam with { Count = count, Chunk = (count / 16 + 15) / 16 * 16 }, 17);
        else
            (adam with { Count = count, Chunk = count }).Run(0);
    }

    private readonly struct BiasRelu(Buffer<float> b, Buffer<float> h) : ISink<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<W>(W acc, nint row, nint col) where W : unmanaged, IVector<W, float>
        {
            W sum = acc + W.Load(b, col);
            W.Store(W.Select(W.Less(default, sum), sum, default), h, row * Hidden + col);
        }
    }

    private readonly struct Bias(Buffer<float> b, Buffer<float> z) : ISink<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<W>(W acc, nint row, nint col) where W : unmanaged, IVector<W, float> =>
            W.Store(acc + W.Load(b, col), z, row * PaddedClasses + col);
    }

    private readonly struct ReluGradient(Buffer<float> h, Buffer<float> dh) : ISink<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<W>(W acc, nint row, nint col) where W : unmanaged, IVector<W, float>
        {
            nint i = row * Hidden + col;
            W.Store(W.And(W.Less(default, W.Load(h, i)), acc), dh, i);
        }
    }

    // m ← 0.9 m + 0.1 g, v ← 0.999 v + 0.001 g², p ← p − rate·m / (√v·scale + 1e-8); no subnormals in m and v.
    private readonly record struct Adam(float Rate, float Scale) : IJob
    {
        public Buffer<float> P { get; init; }
        public Buffer<float> G { get; init; }
        public Buffer<float> M { get; init; }
        public Buffer<float> S { get; init; }
        public int Count { get; init; }
        public int Chunk { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            V b1 = V.Create(0.9f), c1 = V.Create(0.1f), b2 = V.Create(0.999f), c2 = V.Create(0.001f);
            V rate = V.Create(Rate), scale = V.Create(Scale), epsilon = V.Create(1e-8f), tiny = V.Create(1e-30f);
            Buffer<float> p = P, gradient = G, first = M, second = S;
            for (nint i = (nint)chunk * Chunk, end = Math.Min(Count, i + Chunk); i < end; i += V.Count)
            {
                V g = V.Load(gradient, i);
                V m = V.Fma(b1, V.Load(first, i), c1 * g);
                V v = V.Fma(b2, V.Load(second, i), c2 * (g * g));
                m = V.Select(V.Less(V.Abs(m), tiny), default, m);
                v = V.Select(V.Less(V.Abs(v), tiny), default, v);
                V.Store(m, first, i);
                V.Store(v, second, i);
                V.Store(V.Load(p, i) - rate * m / V.Fma(V.Sqrt(v), scale, epsilon), p, i);
            }
        }
    }
}
