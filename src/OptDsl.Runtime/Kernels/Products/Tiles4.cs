using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles four vectors wide, in two pairs that may lie in different panels, for one or two rows: a tile two wide would wait for the adder.
// Measured, 1x4 of 512 bits at 1x512x512 in panels of 32: 7.6 us where 1x2 took 9.0; the weights come from L2 either way.
internal static unsafe class Tiles4<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile2x4<S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, nint next, S sink, nint row, nint col)
        where S : struct, ISink<T>
    {
        T* a0 = a, a1 = a + stride;
        V c00 = default, c01 = default, c02 = default, c03 = default;
        V c10 = default, c11 = default, c12 = default, c13 = default;
        Buffer<T> d = b.At(next);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count), b2 = V.Load(d, 0), b3 = V.Load(d, V.Count);
            b = b.At(width);
            d = d.At(width);
            V x = V.Create(a0[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
            V.AddProduct(ref c02, x, b2);
            V.AddProduct(ref c03, x, b3);
            x = V.Create(a1[k]);
            V.AddProduct(ref c10, x, b0);
            V.AddProduct(ref c11, x, b1);
            V.AddProduct(ref c12, x, b2);
            V.AddProduct(ref c13, x, b3);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        sink.Store(c02, row, col + 2 * V.Count);
        sink.Store(c03, row, col + 3 * V.Count);
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        sink.Store(c12, row + 1, col + 2 * V.Count);
        sink.Store(c13, row + 1, col + 3 * V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x4<S>(T* a, nint step, nint end, Buffer<T> b, nint width, nint next, S sink, nint row, nint col)
        where S : struct, ISink<T>
    {
        V c0 = default, c1 = default, c2 = default, c3 = default;
        Buffer<T> d = b.At(next);
        for (nint k = 0; k != end; k += step)
        {
            V x = V.Create(a[k]);
            V.AddProduct(ref c0, x, V.Load(b, 0));
            V.AddProduct(ref c1, x, V.Load(b, V.Count));
            V.AddProduct(ref c2, x, V.Load(d, 0));
            V.AddProduct(ref c3, x, V.Load(d, V.Count));
            b = b.At(width);
            d = d.At(width);
        }
        sink.Store(c0, row, col);
        sink.Store(c1, row, col + V.Count);
        sink.Store(c2, row, col + 2 * V.Count);
        sink.Store(c3, row, col + 3 * V.Count);
    }
}
