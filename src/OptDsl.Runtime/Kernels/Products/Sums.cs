using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles that go on with sums: acc is loaded, goes through some k, and is stored again, which keeps its bits. So all tiles of a product meet a few rows of A
// and B while a cache has them; the tiles of Tiles1 and Tiles2 would each read all rows from memory.
// Measured, against those: 25x6 over 50,176 rows in 0.50 of the time, 150x16 over 6,400 in 0.84, 512x128 over 1,024 no sooner.
internal static unsafe class Sums<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Eight rows of sums, of which the last may be one row again and again: nobody reads those.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, Buffer<T> sums, nint rows)
    {
        T* a0 = a, a1 = a + (rows > 1 ? 1 : 0) * stride, a2 = a + (rows > 2 ? 2 : 0) * stride, a3 = a + (rows > 3 ? 3 : 0) * stride,
            a4 = a + (rows > 4 ? 4 : 0) * stride, a5 = a + (rows > 5 ? 5 : 0) * stride, a6 = a + (rows > 6 ? 6 : 0) * stride, a7 = a + (rows > 7 ? 7 : 0) * stride;
        V c00 = V.Load(sums, 0);
        V c10 = V.Load(sums, V.Count);
        V c20 = V.Load(sums, 2 * V.Count);
        V c30 = V.Load(sums, 3 * V.Count);
        V c40 = V.Load(sums, 4 * V.Count);
        V c50 = V.Load(sums, 5 * V.Count);
        V c60 = V.Load(sums, 6 * V.Count);
        V c70 = V.Load(sums, 7 * V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0);
            b = b.At(width);
            c00 = V.Fma(V.Create(a0[k]), b0, c00);
            c10 = V.Fma(V.Create(a1[k]), b0, c10);
            c20 = V.Fma(V.Create(a2[k]), b0, c20);
            c30 = V.Fma(V.Create(a3[k]), b0, c30);
            c40 = V.Fma(V.Create(a4[k]), b0, c40);
            c50 = V.Fma(V.Create(a5[k]), b0, c50);
            c60 = V.Fma(V.Create(a6[k]), b0, c60);
            c70 = V.Fma(V.Create(a7[k]), b0, c70);
        }
        V.Store(c00, sums, 0);
        V.Store(c10, sums, V.Count);
        V.Store(c20, sums, 2 * V.Count);
        V.Store(c30, sums, 3 * V.Count);
        V.Store(c40, sums, 4 * V.Count);
        V.Store(c50, sums, 5 * V.Count);
        V.Store(c60, sums, 6 * V.Count);
        V.Store(c70, sums, 7 * V.Count);
    }

    // Two vectors wide, for machines with 32 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, Buffer<T> sums, nint rows)
    {
        T* a0 = a, a1 = a + (rows > 1 ? 1 : 0) * stride, a2 = a + (rows > 2 ? 2 : 0) * stride, a3 = a + (rows > 3 ? 3 : 0) * stride,
            a4 = a + (rows > 4 ? 4 : 0) * stride, a5 = a + (rows > 5 ? 5 : 0) * stride, a6 = a + (rows > 6 ? 6 : 0) * stride, a7 = a + (rows > 7 ? 7 : 0) * stride;
        V c00 = V.Load(sums, 0), c01 = V.Load(sums, V.Count);
        V c10 = V.Load(sums, 2 * V.Count), c11 = V.Load(sums, 3 * V.Count);
        V c20 = V.Load(sums, 4 * V.Count), c21 = V.Load(sums, 5 * V.Count);
        V c30 = V.Load(sums, 6 * V.Count), c31 = V.Load(sums, 7 * V.Count);
        V c40 = V.Load(sums, 8 * V.Count), c41 = V.Load(sums, 9 * V.Count);
        V c50 = V.Load(sums, 10 * V.Count), c51 = V.Load(sums, 11 * V.Count);
        V c60 = V.Load(sums, 12 * V.Count), c61 = V.Load(sums, 13 * V.Count);
        V c70 = V.Load(sums, 14 * V.Count), c71 = V.Load(sums, 15 * V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            c01 = V.Fma(x, b1, c01);
            x = V.Create(a1[k]);
            c10 = V.Fma(x, b0, c10);
            c11 = V.Fma(x, b1, c11);
            x = V.Create(a2[k]);
            c20 = V.Fma(x, b0, c20);
            c21 = V.Fma(x, b1, c21);
            x = V.Create(a3[k]);
            c30 = V.Fma(x, b0, c30);
            c31 = V.Fma(x, b1, c31);
            x = V.Create(a4[k]);
            c40 = V.Fma(x, b0, c40);
            c41 = V.Fma(x, b1, c41);
            x = V.Create(a5[k]);
            c50 = V.Fma(x, b0, c50);
            c51 = V.Fma(x, b1, c51);
            x = V.Create(a6[k]);
            c60 = V.Fma(x, b0, c60);
            c61 = V.Fma(x, b1, c61);
            x = V.Create(a7[k]);
            c70 = V.Fma(x, b0, c70);
            c71 = V.Fma(x, b1, c71);
        }
        V.Store(c00, sums, 0);
        V.Store(c01, sums, V.Count);
        V.Store(c10, sums, 2 * V.Count);
        V.Store(c11, sums, 3 * V.Count);
        V.Store(c20, sums, 4 * V.Count);
        V.Store(c21, sums, 5 * V.Count);
        V.Store(c30, sums, 6 * V.Count);
        V.Store(c31, sums, 7 * V.Count);
        V.Store(c40, sums, 8 * V.Count);
        V.Store(c41, sums, 9 * V.Count);
        V.Store(c50, sums, 10 * V.Count);
        V.Store(c51, sums, 11 * V.Count);
        V.Store(c60, sums, 12 * V.Count);
        V.Store(c61, sums, 13 * V.Count);
        V.Store(c70, sums, 14 * V.Count);
        V.Store(c71, sums, 15 * V.Count);
    }
}
