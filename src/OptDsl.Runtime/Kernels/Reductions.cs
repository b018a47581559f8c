using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Sums over the first axis.</summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static class Reductions<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y[c] = ((0 + x[0,c]) + x[1,c]) + … in order, for cols rounded up to 16.</summary>
    /// <param name="team">Who adds.</param>
    /// <param name="x">The rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="cols">Their length.</param>
    /// <param name="ld">Elements from one row to the next.</param>
    /// <param name="y">The sums.</param>
    public static void SumRows(Team team, Buffer<T> x, nint rows, nint cols, nint ld, Buffer<T> y)
    {
        Moves.Clear(y, (cols + 15) / 16 * 16);
        AddRows(team, x, rows, cols, ld, y);
    }

    /// <summary>y[c] = ((y[c] + x[0,c]) + x[1,c]) + … in order, for cols rounded up to 16.</summary>
    /// <inheritdoc cref="SumRows"/>
    public static void AddRows(Team team, Buffer<T> x, nint rows, nint cols, nint ld, Buffer<T> y)
    {
        nint padded = (cols + 15) / 16 * 16;
        // Eight bytes an addition: worth a sixteenth of a product's flops.
        if (team.IsWorthSharing(16.0 * rows * padded))
        {
            nint columns = Math.Max(128, (padded / 16 + 15) / 16 * 16);
            team.Run(new Job(x, rows, padded, ld, y, columns), (int)((padded + columns - 1) / columns));
        }
        else
            Sum(x, rows, 0, padded, ld, y);
    }

    private readonly struct Job(Buffer<T> x, nint rows, nint cols, nint ld, Buffer<T> y, nint columns) : IJob
    {
        public void Run(int chunk) => Sum(x, rows, chunk * columns, Math.Min(cols, (chunk + 1) * columns), ld, y);
    }

    // Columns c … end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(Buffer<T> x, nint rows, nint c, nint end, nint ld, Buffer<T> y)
    {
        // Four sums at a time: one would wait for the adder's latency.
        for (; c + 4 * V.Count <= end; c += 4 * V.Count)
        {
            V s0 = V.Load(y, c), s1 = V.Load(y, c + V.Count), s2 = V.Load(y, c + 2 * V.Count), s3 = V.Load(y, c + 3 * V.Count);
            Buffer<T> row = x.At(c);
            for (nint i = 0; i < rows; i++, row = row.At(ld))
            {
                s0 += V.Load(row, 0);
                s1 += V.Load(row, V.Count);
                s2 += V.Load(row, 2 * V.Count);
                s3 += V.Load(row, 3 * V.Count);
            }
            V.Store(s0, y, c);
            V.Store(s1, y, c + V.Count);
            V.Store(s2, y, c + 2 * V.Count);
            V.Store(s3, y, c + 3 * V.Count);
        }
        for (; c < end; c += V.Count)
        {
            V sum = V.Load(y, c);
            for (nint i = 0; i < rows; i++)
                sum += V.Load(x, i * ld + c);
            V.Store(sum, y, c);
        }
    }
}
