using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// How the tiles of a part of a product are walked: in place, with A packed, or with the sums on the stack.
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static void Range<S>(Product<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        if (typeof(S) == typeof(OntoSink<T>) || (p.Step > 1 && p.K >= 4096))
            Summed(p, r0, r1, c0, c1);
        else if (p.Step > 1 && p.K * sizeof(T) <= 1024 && r1 - r0 >= 32 && Conflicts(p.Step))
            Packed(p, r0, r1, c0, c1);
        else
            Block(p, r0, r1, c0, c1);
    }

    // Rows this far apart share a few sets of the cache and evict each other.
    private static bool Conflicts(nint distance) => distance * sizeof(T) % 2048 == 0;

    // Aᵀ·B with 64 columns of A at a time copied close together. Measured, 1024x1024x256 into panels: 198 GFLOP/s in place, 226 so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Packed<S>(Product<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        const int tall = 64, apart = tall + 16;
        byte* stack = stackalloc byte[(int)p.K * apart * sizeof(T) + 64];
        var a = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        for (nint row = r0; row < r1; row += tall)
        {
            nint rows = Math.Min(tall, r1 - row);
            for (nint k = 0; k < p.K; k++)
                p.A.At(k * p.Step + row).Span((int)rows).CopyTo(a.At(k * apart).Span(tall));
            Block(new Product<S>(p.K, a.At(-row), 1, apart, p.B, p.Width, p.Sink), row, row + rows, c0, c1);
        }
    }

    // Aᵀ·B over so many rows that no cache holds them, a few at a time: all tiles meet those while a cache has them, and what 64 rows of the result have
    // summed so far is on the stack, or in the result that the sums go on with. Measured, against whole sums: 25x6 over 50,176 rows in 0.50 of the time, 150x16 over 6,400 in 0.84, 512x128 over 1,024 no sooner.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Summed<S>(Product<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        const int tall = 64, deep = 256;
        byte* stack = stackalloc byte[tall * 2 * 64 + 64];
        var sums = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        for (nint col = c0, columns; col < c1; col += columns)
        {
            nint panel = col / p.Width, inside = col - panel * p.Width;
            Buffer<T> b = p.B.At(panel * p.K * p.Width + inside);
            columns = Math.Min(c1 - col, p.Width - inside) >= 2 * V.Count ? 2 * V.Count : V.Count;
            for (nint row = r0; row < r1; row += tall)
            {
                nint rows = Math.Min(tall, r1 - row);
                // Whole tiles go on with what is there where it is; one that is not whole begins with rows that nobody has. Measured by `steps --only W6-adam`: 0.94 and 0.97.
                Buffer<T> at = Strip(p.Sink, row, col, columns, out nint apart);
                bool isStrip = !at.IsEmpty && rows % 8 == 0 && V.Count * sizeof(T) == 64;
                if (!isStrip)
                {
                    (at, apart) = (sums, columns);
                    First(p.Sink, sums, row, rows, col, columns);
                }
                for (nint k = 0; k < p.K; k += deep)
                    for (nint i = 0; i < rows;)
                        i += Tile(p.A.Pointer + (row + i) * p.Stride + k * p.Step, p.Stride, p.Step, Math.Min(deep, p.K - k) * p.Step, b.At(k * p.Width), p.Width, 0,
                            new Sums<T>(at, apart), new RowSink<T>(at, apart), i, 0, rows - i, columns);
                if (isStrip) continue;
                for (nint i = 0; i < rows; i++)
                    for (nint j = 0; j < columns; j += V.Count)
                        p.Sink.Store(V.Load(sums, i * columns + j), row + i, col + j);
            }
        }
    }

    // Where sums that go on lie: some columns of one panel. Nowhere, if they do not, or lie in two.
    private static Buffer<T> Strip<S>(S sink, nint row, nint col, nint columns, out nint apart) where S : struct, ISink<T>
    {
        apart = 0;
        if (typeof(S) != typeof(OntoSink<T>)) return default;
        var onto = Unsafe.As<S, OntoSink<T>>(ref sink);
        apart = onto.Width;
        return col % apart + columns <= apart ? onto.At(row, col) : default;
    }

    // What sums begin with: what is there, where they go on.
    private static void First<S>(S sink, Buffer<T> sums, nint row, nint rows, nint col, nint columns) where S : struct, ISink<T>
    {
        if (typeof(S) == typeof(OntoSink<T>))
        {
            var onto = Unsafe.As<S, OntoSink<T>>(ref sink);
            for (nint i = 0; i < rows; i++)
                for (nint j = 0; j < columns; j += V.Count)
                    V.Store(onto.Load<V>(row + i, col + j), sums, i * columns + j);
        }
        else
            Moves.Clear(sums, rows * columns);
    }

    // The tiles of rows r0 … r1 and columns c0 … c1 (multiples of 16), down the columns first: one strip of B stays in the cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<S>(Product<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        for (nint col = c0; col < c1;)
        {
            nint panel = col / p.Width, inside = col - panel * p.Width;
            Buffer<T> b = p.B.At(panel * p.K * p.Width + inside);
            nint pair = 2 * V.Count, columns = Math.Min(c1 - col, p.Width - inside) >= pair ? pair : V.Count, next = pair;
            if (r1 - r0 <= 2 && c1 - col >= 2 * pair && (inside + 2 * pair <= p.Width || inside + pair == p.Width))
            {
                columns = 2 * pair;
                next = inside + columns <= p.Width ? pair : p.K * p.Width - inside;     // on in this panel, or in the next
            }
            for (nint row = r0; row < r1;)
            {
                if (default(S) is IHeavySink<T>)
                    row += Heavy(p, b, next, row, r1 - row, col, columns);
                else
                    row += Tile(p.A.Pointer + row * p.Stride, p.Stride, p.Step, p.K * p.Step, b, p.Width, next, default(Zero<T>), p.Sink, row, col, r1 - row, columns);
            }
            col += columns;
        }
    }

    // A tile, then what a heavy sink does to it, two vectors at a time in a method of its own. Measured by `budget --only W3-adamw`, updates in products against
    // loops of their own: 1.02; a vector at a time beside the tiles 1.07; 64 rows at a time 1.07.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static nint Heavy<S>(Product<S> p, Buffer<T> b, nint next, nint row, nint rows, nint col, nint columns) where S : struct, ISink<T>
    {
        byte* stack = stackalloc byte[16 * 64 + 64];
        var tile = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        rows = Tile(p.A.Pointer + row * p.Stride, p.Stride, p.Step, p.K * p.Step, b, p.Width, next, default(Zero<T>), new RowSink<T>(tile, columns), 0, 0, rows, columns);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j += 2 * V.Count)
            {
                p.Sink.Store(V.Load(tile, i * columns + j), row + i, col + j);
                if (j + V.Count < columns) p.Sink.Store(V.Load(tile, i * columns + j + V.Count), row + i, col + j + V.Count);
            }
        return rows;
    }

    // One tile, the tallest that the rows and the registers allow; returns how many rows it did.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Tile<F, S>(
        T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, nint next, F first, S sink, nint row, nint col, nint rows, nint columns)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        if (columns == V.Count)
            return Narrow(a, stride, step, end, b, width, first, sink, row, col, rows);
        if (columns == 2 * V.Count)
            return Wide(a, stride, step, end, b, width, first, sink, row, col, rows);
        if (rows == 1)
            Tiles4<V, T>.Tile1x4(a, step, end, b, width, next, sink, row, col);
        else
            Tiles4<V, T>.Tile2x4(a, stride, step, end, b, width, next, sink, row, col);
        return rows;
    }

    // The tallest tile that the registers hold: 16 accumulators of 32 registers, or 12 of 16. Returns the rows it did.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Wide<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        int tallest = V.Count * sizeof(T) == 64 ? 8 : 6;
        if (rows > 6 && tallest == 8)
            Tiles2<V, T>.Tile8x2(a, stride, step, end, b, width, first, sink, row, col, rows);
        else if (rows > 4)
            Tiles2<V, T>.Tile6x2(a, stride, step, end, b, width, first, sink, row, col, rows);
        else if (rows > 2)
            Tiles2<V, T>.Tile4x2(a, stride, step, end, b, width, first, sink, row, col, rows);
        else if (rows > 1)
            Tiles2<V, T>.Tile2x2(a, stride, step, end, b, width, first, sink, row, col, rows);
        else
            Tiles2<V, T>.Tile1x2(a, stride, step, end, b, width, first, sink, row, col);
        return Math.Min(rows, tallest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Narrow<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        if (rows > 4)
            Tiles1<V, T>.Tile8x1(a, stride, step, end, b, width, first, sink, row, col, rows);
        else if (rows > 2)
            Tiles1<V, T>.Tile4x1(a, stride, step, end, b, width, first, sink, row, col, rows);
        else if (rows > 1)
            Tiles1<V, T>.Tile2x1(a, stride, step, end, b, width, first, sink, row, col, rows);
        else
            Tiles1<V, T>.Tile1x1(a, stride, step, end, b, width, first, sink, row, col);
        return Math.Min(rows, 8);
    }
}
