using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Aᵀ·B where B has few columns, as of a convolution with few filters: a vector of B would be padding for the most part.
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Few = 8;

    // Whole vectors of A's rows are read.
    private static bool IsTurned<S>(Product<S> p, nint m, nint n) =>
        p.Step > 1 && n <= Few && m > Few && p.K >= 64 && (m + V.Count - 1) / V.Count * V.Count <= p.Step;

    // (Bᵀ·A)ᵀ: the same sums in the same order, as vectors along the other side. Measured, 25x6 over 4,704 rows: 0.32 of the time of Summed; 150x16 over 600 no sooner.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Turned<S>(Product<S> p, nint m, nint n) where S : struct, ISink<T>
    {
        byte* stack = stackalloc byte[Few * 2 * 64 + 16 * 2 * 64 + 64];
        var sums = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        nint wide = 2 * V.Count;
        Buffer<T> turned = sums.At(Few * wide);
        for (nint row = 0; row < m; row += wide)
        {
            nint rows = Math.Min(wide, m - row), columns = rows > V.Count ? wide : V.Count;
            Moves.Clear(sums, Few * wide);
            if (typeof(S) == typeof(OntoSink<T>))
            {
                var onto = Unsafe.As<S, OntoSink<T>>(ref Unsafe.AsRef(in p.Sink));
                for (nint i = 0; i < rows; i++)
                    for (nint j = 0; j < n; j++) sums[j * columns + i] = onto[row + i, j];
            }
            for (nint i = 0; i < n;)
                i += Tile(p.B.Pointer + i, 1, p.Width, p.K * p.Width, p.A.At(row), p.Step, 0, new Sums<T>(sums, columns), new RowSink<T>(sums, columns), i, 0, n - i, columns);
            Moves.Clear(turned, rows * 16);
            for (nint i = 0; i < rows; i++)
            {
                for (nint j = 0; j < n; j++) turned[i * 16 + j] = sums[j * columns + i];
                for (nint j = 0; j < 16; j += V.Count) p.Sink.Store(V.Load(turned, i * 16 + j), row + i, j);
            }
        }
    }
}
