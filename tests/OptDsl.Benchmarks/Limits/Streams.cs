using System.Runtime.CompilerServices;
using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>Reads and writes what an update of so many parameters reads and writes, with as good as no arithmetic.</summary>
/// <param name="p">The parameters, and behind them g, m, v.</param>
/// <param name="length">A multiple of 64 per thread.</param>
/// <param name="distance">From one array to the next.</param>
/// <param name="threads">How many share them.</param>
/// <param name="kind">Which of m and v there are.</param>
readonly struct Streams<V>(Buffer<float> p, nint length, nint distance, int threads, UpdateKind kind) : IJob where V : unmanaged, IVector<V, float>
{
    /// <summary>How often a run goes over the arrays: small ones several times, lest the call be measured.</summary>
    public nint Repeats => 1 + 32768 / length;

    [MethodImpl(Loop.Kernel)]
    public void Run(int chunk)
    {
        nint part = length / threads;
        for (nint repeat = Repeats; repeat > 0; repeat--) Over(chunk * part, chunk * part + part);
    }

    [MethodImpl(Loop.Kernel)]
    void Over(nint first, nint last)
    {
        Buffer<float> g = p.At(distance), m = p.At(2 * distance), v = p.At(3 * distance);
        if (kind == UpdateKind.Sgd)
            for (nint i = first; i < last; i += V.Count) V.Store(V.Xor(V.Load(p, i), V.Load(g, i)), p, i);
        else if (kind == UpdateKind.Momentum)
            for (nint i = first; i < last; i += V.Count)
            {
                V next = V.Xor(V.Load(m, i), V.Load(g, i));
                V.Store(next, m, i);
                V.Store(V.Xor(V.Load(p, i), next), p, i);
            }
        else
            for (nint i = first; i < last; i += V.Count)
            {
                V gradient = V.Load(g, i), next = V.Xor(V.Load(m, i), gradient), square = V.Xor(V.Load(v, i), gradient);
                V.Store(next, m, i);
                V.Store(square, v, i);
                V.Store(V.Xor(V.Load(p, i), V.Xor(next, square)), p, i);
            }
    }
}
