using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OptDsl.Runtime;

/// <summary>Copies between shapes and layouts: plain, because they are a small part of a step.</summary>
public static class Moves
{
    // A span counts in 31 bits.
    private const int Most = 1 << 30;

    /// <summary>Copies <paramref name="count"/> elements.</summary>
    public static void Copy<T>(Buffer<T> from, Buffer<T> to, nint count) where T : unmanaged
    {
        for (nint i = 0; i < count; i += Most)
        {
            int some = (int)nint.Min(Most, count - i);
            from.At(i).Span(some).CopyTo(to.At(i).Span(some));
        }
    }

    /// <summary>Sets <paramref name="count"/> elements to zero.</summary>
    public static void Clear<T>(Buffer<T> to, nint count) where T : unmanaged
    {
        for (nint i = 0; i < count; i += Most) to.At(i).Span((int)nint.Min(Most, count - i)).Clear();
    }

    /// <summary>Copies <paramref name="rows"/> runs of <paramref name="run"/> elements between row strides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(Buffer<T> from, nint fromStride, Buffer<T> to, nint toStride, nint rows, nint run) where T : unmanaged
    {
        for (nint r = 0; r < rows; r++) CopyRun(from.At(r * fromStride), to.At(r * toStride), run);
    }

    // A call takes longer than so few elements. Measured, 12,544 rows of 6 floats: 142 us by calls, 77 so.
    const int Short = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void CopyRun<T>(Buffer<T> from, Buffer<T> to, nint count) where T : unmanaged
    {
        if (count > Short)
        {
            Copy(from, to, count);
            return;
        }
        nint i = 0;
        for (; i <= count - Vector128<T>.Count; i += Vector128<T>.Count) Vector128.Store(Vector128.Load(from.Pointer + i), to.Pointer + i);
        for (; i < count; i++) to[i] = from[i];
    }

    /// <summary>Copies packed rows of data to padded rows.</summary>
    public static void Stage<T>(Buffer<T> from, nint columns, Buffer<T> to, nint stride, nint rows) where T : unmanaged =>
        Copy(from, columns, to, stride, rows, columns);

    /// <summary>Copies packed rows of integers to padded rows of numbers.</summary>
    public static void Stage<T>(Buffer<int> from, nint columns, Buffer<T> to, nint stride, nint rows) where T : unmanaged, INumberBase<T>
    {
        for (nint r = 0; r < rows; r++)
            for (nint c = 0; c < columns; c++) to[r * stride + c] = T.CreateTruncating(from[r * columns + c]);
    }

    /// <summary>Copies elements in row-major order between tensors of equal size and other last dimensions; integers become numbers.</summary>
    public static void Reshape<F, T>(Buffer<F> from, nint fromColumns, nint fromStride, Buffer<T> to, nint toColumns, nint toStride, nint count)
        where F : unmanaged, INumberBase<F> where T : unmanaged, INumberBase<T>
    {
        // As far as both rows go on.
        for (nint i = 0, run; i < count; i += run)
        {
            nint fromAt = i % fromColumns, toAt = i % toColumns;
            run = Math.Min(count - i, Math.Min(fromColumns - fromAt, toColumns - toAt));
            Numbers(from.At(i / fromColumns * fromStride + fromAt), 1, to.At(i / toColumns * toStride + toAt), run);
        }
    }

    /// <summary>The row of a table for each index, zeros where it has none; index i is at [⌊i/indexColumns⌋·indexStride + i mod indexColumns].</summary>
    public static void Gather<F, T>(Buffer<F> index, nint indexColumns, nint indexStride, nint count, Buffer<T> table, nint tableStride, Buffer<T> to, nint toStride, nint tableRows, nint columns)
        where F : unmanaged, INumberBase<F> where T : unmanaged
    {
        for (nint i = 0; i < count; i++)
        {
            int row = int.CreateTruncating(index[i / indexColumns * indexStride + i % indexColumns]);
            if ((uint)row < tableRows)
                Copy(table.At(row * tableStride), to.At(i * toStride), columns);
            else
                Clear(to.At(i * toStride), columns);
        }
    }

    /// <summary>The adjoint: each row of a table is the sum, in order, of the rows whose index it is.</summary>
    public static void ScatterAdd<F, T>(Buffer<F> index, nint indexColumns, nint indexStride, nint count, Buffer<T> from, nint fromStride, Buffer<T> table, nint tableStride, nint tableRows, nint columns)
        where F : unmanaged, INumberBase<F> where T : unmanaged, INumberBase<T>
    {
        Clear(table, tableRows * tableStride);
        AddScattered(index, indexColumns, indexStride, count, from, fromStride, table, tableStride, tableRows, columns);
    }

    /// <summary>The same, added to what the table holds.</summary>
    /// <inheritdoc cref="ScatterAdd"/>
    public static void AddScattered<F, T>(Buffer<F> index, nint indexColumns, nint indexStride, nint count, Buffer<T> from, nint fromStride, Buffer<T> table, nint tableStride, nint tableRows, nint columns)
        where F : unmanaged, INumberBase<F> where T : unmanaged, INumberBase<T>
    {
        for (nint i = 0; i < count; i++)
        {
            int row = int.CreateTruncating(index[i / indexColumns * indexStride + i % indexColumns]);
            if ((uint)row < tableRows)
                TensorPrimitives.Add<T>(table.At(row * tableStride).Span((int)columns), from.At(i * fromStride).Span((int)columns), table.At(row * tableStride).Span((int)columns));
        }
    }

    /// <summary>
    /// Copies along strides; a stride of 0 repeats. The last dimension of the result has rows of <paramref name="toStride"/>; integers become numbers.
    /// </summary>
    public static void Broadcast<F, T>(Buffer<F> from, nint fromExample, ReadOnlySpan<long> strides, Buffer<T> to, ReadOnlySpan<int> sizes, nint toStride, nint examples)
        where F : unmanaged, INumberBase<F> where T : unmanaged, INumberBase<T>
    {
        // Matrices whose rows lie as columns do are turned whole, the rest is copied row by row.
        bool turns = typeof(F) == typeof(T) && sizes.Length > 1 && strides[^2] == 1 && strides[^1] != 1;
        int outer = sizes.Length - (turns ? 2 : 1);
        nint rows = 1, columns = sizes[^1], tall = turns ? sizes[^2] : 1;
        for (var d = 0; d < outer; d++) rows *= sizes[d];
        // Where the row is along each dimension: the last that has not come to its end goes on, those behind it begin again.
        Span<int> place = stackalloc int[sizes.Length];
        for (nint e = 0; e < examples; e++)
        {
            place.Clear();
            nint at = e * fromExample;
            for (nint r = 0; r < rows; r++)
            {
                Buffer<T> target = to.At((e * rows + r) * tall * toStride);
                if (turns)
                    Turn(Unsafe.BitCast<Buffer<F>, Buffer<T>>(from).At(at), (nint)strides[^1], target, toStride, tall, columns);
                else
                    Numbers(from.At(at), (nint)strides[^1], target, columns);
                for (var d = outer - 1; d >= 0; d--)
                {
                    at += (nint)strides[d];
                    if (++place[d] < sizes[d]) break;
                    at -= sizes[d] * (nint)strides[d];
                    place[d] = 0;
                }
            }
        }
    }

    // to[r, c] = from[c, r], four by four. Measured, 3 x 32 x 32 of 8 examples: 0.25 of the time element by element.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn<T>(Buffer<T> from, nint fromStride, Buffer<T> to, nint toStride, nint rows, nint columns) where T : unmanaged
    {
        for (nint r = 0; r < rows; r += Block.Size)
            for (nint c = 0; c < columns; c += Block.Size)
                if (r + Block.Size <= rows && c + Block.Size <= columns)
                    Block.Transpose(from.At(c * fromStride + r), fromStride, to.At(r * toStride + c), toStride);
                else
                    for (nint i = r; i < Math.Min(rows, r + Block.Size); i++)
                        for (nint j = c; j < Math.Min(columns, c + Block.Size); j++) to[i * toStride + j] = from[j * fromStride + i];
    }

    /// <summary>Sums along a dimension that is not the last: [outer, size, inner] → [outer, inner], in order.</summary>
    public static void SumAxis<V, T>(Team team, Buffer<T> from, nint outer, nint size, nint inner, Buffer<T> to)
        where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint o = 0; o < outer; o++) Reductions<V, T>.SumRows(team, from.At(o * size * inner), size, inner, inner, to.At(o * inner));
    }

    /// <summary>Copies every <paramref name="step"/>th element; one of the same type keeps its bits, those of a NaN too.</summary>
    static void Numbers<F, T>(Buffer<F> from, nint step, Buffer<T> to, nint count) where F : unmanaged, INumberBase<F> where T : unmanaged, INumberBase<T>
    {
        if (typeof(F) == typeof(T) && step == 1)
            CopyRun(Unsafe.BitCast<Buffer<F>, Buffer<T>>(from), to, count);
        else
            for (nint i = 0; i < count; i++)
                to[i] = typeof(F) == typeof(T) ? Unsafe.BitCast<F, T>(from[i * step]) : T.CreateTruncating(from[i * step]);
    }
}
