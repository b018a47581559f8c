using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles two vectors wide. A's element (i, k) is a[i·stride + k·step], so that one tile serves A and Aᵀ; a tile with fewer rows than its
// shape reads its last row again and does not store it. Accumulators are named locals: in an array they leave the registers.
// Measured, 8x2 of 512 bits: 250 GFLOP/s of 260 at 64x128x784; with the arguments in a struct on the stack 222 instead of 243 at 784x128x64.
internal static unsafe class Tiles2<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = a, a1 = a0 + stride, a2 = a1 + stride, a3 = a2 + stride, a4 = a + (rows > 4 ? 4 : rows - 1) * stride,
            a5 = a + (rows > 5 ? 5 : rows - 1) * stride, a6 = a + (rows > 6 ? 6 : rows - 1) * stride, a7 = a + (rows > 7 ? 7 : rows - 1) * stride;
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        V c20 = first.Load<V>(row + 2, col), c21 = first.Load<V>(row + 2, col + V.Count);
        V c30 = first.Load<V>(row + 3, col), c31 = first.Load<V>(row + 3, col + V.Count);
        V c40 = first.Load<V>(row + 4, col), c41 = first.Load<V>(row + 4, col + V.Count);
        V c50 = first.Load<V>(row + 5, col), c51 = first.Load<V>(row + 5, col + V.Count);
        V c60 = first.Load<V>(row + 6, col), c61 = first.Load<V>(row + 6, col + V.Count);
        V c70 = first.Load<V>(row + 7, col), c71 = first.Load<V>(row + 7, col + V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a0[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
            x = V.Create(a1[k]);
            V.AddProduct(ref c10, x, b0);
            V.AddProduct(ref c11, x, b1);
            x = V.Create(a2[k]);
            V.AddProduct(ref c20, x, b0);
            V.AddProduct(ref c21, x, b1);
            x = V.Create(a3[k]);
            V.AddProduct(ref c30, x, b0);
            V.AddProduct(ref c31, x, b1);
            x = V.Create(a4[k]);
            V.AddProduct(ref c40, x, b0);
            V.AddProduct(ref c41, x, b1);
            x = V.Create(a5[k]);
            V.AddProduct(ref c50, x, b0);
            V.AddProduct(ref c51, x, b1);
            x = V.Create(a6[k]);
            V.AddProduct(ref c60, x, b0);
            V.AddProduct(ref c61, x, b1);
            x = V.Create(a7[k]);
            V.AddProduct(ref c70, x, b0);
            V.AddProduct(ref c71, x, b1);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        sink.Store(c40, row + 4, col);
        sink.Store(c41, row + 4, col + V.Count);
        if (rows <= 5)
            return;
        sink.Store(c50, row + 5, col);
        sink.Store(c51, row + 5, col + V.Count);
        if (rows <= 6)
            return;
        sink.Store(c60, row + 6, col);
        sink.Store(c61, row + 6, col + V.Count);
        if (rows <= 7)
            return;
        sink.Store(c70, row + 7, col);
        sink.Store(c71, row + 7, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x2<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = a, a1 = a0 + stride, a2 = a1 + stride, a3 = a2 + stride,
            a4 = a + (rows > 4 ? 4 : rows - 1) * stride, a5 = a + (rows > 5 ? 5 : rows - 1) * stride;
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        V c20 = first.Load<V>(row + 2, col), c21 = first.Load<V>(row + 2, col + V.Count);
        V c30 = first.Load<V>(row + 3, col), c31 = first.Load<V>(row + 3, col + V.Count);
        V c40 = first.Load<V>(row + 4, col), c41 = first.Load<V>(row + 4, col + V.Count);
        V c50 = first.Load<V>(row + 5, col), c51 = first.Load<V>(row + 5, col + V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a0[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
            x = V.Create(a1[k]);
            V.AddProduct(ref c10, x, b0);
            V.AddProduct(ref c11, x, b1);
            x = V.Create(a2[k]);
            V.AddProduct(ref c20, x, b0);
            V.AddProduct(ref c21, x, b1);
            x = V.Create(a3[k]);
            V.AddProduct(ref c30, x, b0);
            V.AddProduct(ref c31, x, b1);
            x = V.Create(a4[k]);
            V.AddProduct(ref c40, x, b0);
            V.AddProduct(ref c41, x, b1);
            x = V.Create(a5[k]);
            V.AddProduct(ref c50, x, b0);
            V.AddProduct(ref c51, x, b1);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        sink.Store(c40, row + 4, col);
        sink.Store(c41, row + 4, col + V.Count);
        if (rows <= 5)
            return;
        sink.Store(c50, row + 5, col);
        sink.Store(c51, row + 5, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = a, a1 = a0 + stride, a2 = a + (rows > 2 ? 2 : rows - 1) * stride,
            a3 = a + (rows > 3 ? 3 : rows - 1) * stride;
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        V c20 = first.Load<V>(row + 2, col), c21 = first.Load<V>(row + 2, col + V.Count);
        V c30 = first.Load<V>(row + 3, col), c31 = first.Load<V>(row + 3, col + V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a0[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
            x = V.Create(a1[k]);
            V.AddProduct(ref c10, x, b0);
            V.AddProduct(ref c11, x, b1);
            x = V.Create(a2[k]);
            V.AddProduct(ref c20, x, b0);
            V.AddProduct(ref c21, x, b1);
            x = V.Create(a3[k]);
            V.AddProduct(ref c30, x, b0);
            V.AddProduct(ref c31, x, b1);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile2x2<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = a, a1 = a + stride;
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a0[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
            x = V.Create(a1[k]);
            V.AddProduct(ref c10, x, b0);
            V.AddProduct(ref c11, x, b1);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x2<F, S>(T* a, nint stride, nint step, nint end, Buffer<T> b, nint width, F first, S sink, nint row, nint col)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        for (nint k = 0; k != end; k += step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(width);
            V x = V.Create(a[k]);
            V.AddProduct(ref c00, x, b0);
            V.AddProduct(ref c01, x, b1);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
    }
}
