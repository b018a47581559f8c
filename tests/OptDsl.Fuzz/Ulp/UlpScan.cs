using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>One function on every so many-th of all floats: same bits at every width, and how far from the truth.</summary>
static class UlpScan<F> where F : struct, IUnary
{
    const int Chunk = 4096, ChunksOfOneTask = 256;

    /// <summary>The project's function in double is the oracle of each float; the framework's agrees with it at one of each chunk.</summary>
    const double Agreement = 1e-12;

    public static UlpResult Run(long stride)
    {
        var count = ((1L << 32) + stride - 1) / stride;
        var tasks = (count + Chunk * ChunksOfOneTask - 1) / (Chunk * ChunksOfOneTask);
        var found = new UlpResult(F.Name, 0, 0, 0, null);
        var gate = new Lock();
        Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, task =>
        {
            var worst = new Chunks().Run(task * Chunk * ChunksOfOneTask, Math.Min(count, (task + 1) * Chunk * ChunksOfOneTask), stride);
            lock (gate) found = found.With(worst);
        });
        return found;
    }

    sealed class Chunks
    {
        readonly float[] x = new float[Chunk], y = new float[Chunk], other = new float[Chunk];
        readonly double[] wide = new double[Chunk], truth = new double[Chunk];
        string? fault;
        double worst;
        float at;

        public UlpResult Run(long from, long to, long stride)
        {
            for (var first = from; first < to; first += Chunk)
            {
                // Numbers after the end begin again at the first.
                for (var i = 0; i < Chunk; i++) wide[i] = x[i] = BitConverter.UInt32BitsToSingle((uint)((first + i) * stride));
                Narrow<Vec512<float>>(x, y);
                Same<Vec256<float>>("256 bits");
                Same<Vec128<float>>("128 bits");
                Same<Vec1<float>>("scalar code");
                Wide<Vec512<double>>(wide, truth);
                Measure();
            }
            // 31 digits have the last word on the worst.
            var exactly = F.Exactly(DoubleDouble.Create(at)).Value;
            if (worst > 0 && Math.Abs(Ulps((float)Narrow1(at), exactly) - worst) > 0.01) Report(at, $"the oracle in double is wrong: 31 digits say {exactly:R}");
            return new(F.Name, to - from, worst, at, fault);
        }

        void Same<V>(string width) where V : unmanaged, IVector<V, float>
        {
            Narrow<V>(x, other);
            if (MemoryMarshal.AsBytes<float>(y).SequenceEqual(MemoryMarshal.AsBytes<float>(other))) return;
            for (var i = 0; i < Chunk; i++)
                if (BitConverter.SingleToInt32Bits(y[i]) != BitConverter.SingleToInt32Bits(other[i]) && !(float.IsNaN(y[i]) && float.IsNaN(other[i])))
                    Report(x[i], $"{y[i]:R} at 512 bits, {other[i]:R} in {width}");
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Measure()
        {
            for (var i = 0; i < Chunk; i++)
            {
                var error = Ulps(y[i], truth[i]);
                if (error > worst) (worst, at) = (error, x[i]);
            }
            var (mine, framework) = (truth[0], F.Framework(wide[0]));
            if (!(mine == framework || (double.IsNaN(mine) && double.IsNaN(framework)) || Math.Abs(mine - framework) <= Agreement * Math.Abs(framework)))
                Report(x[0], $"{mine:R} in double, {framework:R} by the framework");
        }

        void Report(float x, FormattableString what) => fault ??= FormattableString.Invariant($"{F.Name}({x:R}): ") + what.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Where no float is near the truth, only the right ∞, 0 or NaN is no error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Ulps(float y, double truth)
    {
        var nearest = (float)truth;
        if (y == nearest || (float.IsNaN(y) && float.IsNaN(nearest))) return float.IsFinite(y) && truth != 0 ? Math.Abs(y - truth) / Unit(truth) : 0;
        return float.IsFinite(y) && float.IsFinite(nearest) && truth != 0 ? Math.Abs(y - truth) / Unit(truth) : double.PositiveInfinity;
    }

    /// <summary>2 to the exponent of the number's last place as a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Unit(double truth) =>
        Math.Max(BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(truth) & 0x7FF0000000000000) - (23L << 52)), 1.40129846432481707e-45);

    static float Narrow1(float x) => F.Narrow(Vec1<float>.Create(x)) is var y ? Unsafe.BitCast<Vec1<float>, float>(y) : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void Narrow<V>(float[] x, float[] y) where V : unmanaged, IVector<V, float>
    {
        fixed (float* from = x, to = y)
            for (nint i = 0; i < Chunk; i += V.Count) V.Store(F.Narrow(V.Load(new Buffer<float>(from), i)), new Buffer<float>(to), i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void Wide<V>(double[] x, double[] y) where V : unmanaged, IVector<V, double>
    {
        fixed (double* from = x, to = y)
            for (nint i = 0; i < Chunk; i += V.Count) V.Store(F.Wide(V.Load(new Buffer<double>(from), i)), new Buffer<double>(to), i);
    }
}
