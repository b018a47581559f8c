using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>
/// Moves matrices between rows and column panels. A panel of width w holds w columns, row after row; element (i, j) of [rows, cols] is at
/// ⌊j/w⌋·rows·w + i·w + j mod w.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static class Layouts<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Panels of [rows, cols] become panels of [cols, rows]; columns of padding, up to a multiple of 16, become 0.</summary>
    /// <param name="team">Who moves.</param>
    /// <param name="src">The matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="cols">Its columns.</param>
    /// <param name="srcWidth">The width of its panels.</param>
    /// <param name="dst">The transpose.</param>
    /// <param name="dstWidth">The width of the transpose's panels.</param>
    public static void Transpose(Team team, Buffer<T> src, nint rows, nint cols, nint srcWidth, Buffer<T> dst, nint dstWidth)
    {
        var job = new TransposeJob(src, rows, cols, srcWidth, dst, dstWidth, Math.Max(16, (rows / 16 + 15) / 16 * 16));
        int chunks = (int)((rows + job.Tall - 1) / job.Tall);
        // Bound by loads and stores, eight bytes an element: worth as much as 16 flops.
        if (team.IsWorthSharing(16.0 * rows * cols))
            team.Run(job, chunks);
        else
            for (int chunk = 0; chunk < chunks; chunk++)
                job.Run(chunk);
    }

    private readonly struct TransposeJob(Buffer<T> src, nint rows, nint cols, nint srcWidth, Buffer<T> dst, nint dstWidth, nint tall) : IJob
    {
        public readonly nint Tall = tall;

        // 16 rows at a time: they fill whole cache lines of the transpose.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            for (nint i = chunk * Tall, end = Math.Min(rows, (chunk + 1) * Tall); i < end; i += 16)
            {
                Buffer<T> target = dst.At(i / dstWidth * cols * dstWidth + i % dstWidth);
                for (nint j = 0; j < cols; j += Block.Size)
                {
                    Buffer<T> source = src.At((j / srcWidth * rows + i) * srcWidth + j % srcWidth);
                    if (i + 16 <= rows && j + Block.Size <= cols)
                        for (nint r = 0; r < 16; r += Block.Size)
                            Block.Transpose(source.At(r * srcWidth), srcWidth, target.At(j * dstWidth + r), dstWidth);
                    else
                        for (nint c = 0; c < Math.Min(Block.Size, cols - j); c++)
                            for (nint r = 0; r < 16; r++)
                                target[(j + c) * dstWidth + r] = i + r < rows ? source[r * srcWidth + c] : T.Zero;
                }
            }
        }
    }

    /// <summary>Rows become panels; the padding of the last panel becomes 0.</summary>
    public static void Pack(ReadOnlySpan<T> rowMajor, nint rows, nint cols, Buffer<T> dst, nint width)
    {
        for (nint j = 0; j < cols; j += width)
        {
            int count = (int)Math.Min(width, cols - j);
            for (nint i = 0; i < rows; i++)
            {
                Span<T> target = dst.At(j * rows + i * width).Span((int)width);
                rowMajor.Slice((int)(i * cols + j), count).CopyTo(target);
                target[count..].Clear();
            }
        }
    }

    /// <summary>Panels become rows.</summary>
    public static void Unpack(Buffer<T> src, nint rows, nint cols, nint width, Span<T> rowMajor)
    {
        for (nint j = 0; j < cols; j += width)
        {
            int count = (int)Math.Min(width, cols - j);
            for (nint i = 0; i < rows; i++)
                src.At(j * rows + i * width).Span(count).CopyTo(rowMajor.Slice((int)(i * cols + j), count));
        }
    }

    /// <summary>Copies <paramref name="cols"/> elements of each row; what lies beyond them in the target stays.</summary>
    public static void CopyRows(Buffer<T> src, nint rows, nint cols, nint srcLd, Buffer<T> dst, nint dstLd)
    {
        for (nint i = 0; i < rows; i++)
            src.At(i * srcLd).Span((int)cols).CopyTo(dst.At(i * dstLd).Span((int)cols));
    }
}
