using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles whose rows begin anywhere and go on line after line, each as far as a run; the rest as in Tiles2. A row that is not stored may be any.
internal static unsafe class FramedTiles<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1<F, S>(T** at, nint lines, nint line, nint run, nint step, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = at[0], a1 = at[1], a2 = at[2], a3 = at[3], a4 = at[4], a5 = at[5], a6 = at[6], a7 = at[7];
        V c00 = first.Load<V>(row, col);
        V c10 = first.Load<V>(row + 1, col);
        V c20 = first.Load<V>(row + 2, col);
        V c30 = first.Load<V>(row + 3, col);
        V c40 = first.Load<V>(row + 4, col);
        V c50 = first.Load<V>(row + 5, col);
        V c60 = first.Load<V>(row + 6, col);
        V c70 = first.Load<V>(row + 7, col);
        for (nint from = 0; lines > 0; lines--, from += line)
            for (nint k = from, end = from + run; k != end; k += step)
            {
                V b0 = V.Load(b, 0);
                b = b.At(width);
                V x = V.Create(a0[k]);
                V.AddProduct(ref c00, x, b0);
                x = V.Create(a1[k]);
                V.AddProduct(ref c10, x, b0);
                x = V.Create(a2[k]);
                V.AddProduct(ref c20, x, b0);
                x = V.Create(a3[k]);
                V.AddProduct(ref c30, x, b0);
                x = V.Create(a4[k]);
                V.AddProduct(ref c40, x, b0);
                x = V.Create(a5[k]);
                V.AddProduct(ref c50, x, b0);
                x = V.Create(a6[k]);
                V.AddProduct(ref c60, x, b0);
                x = V.Create(a7[k]);
                V.AddProduct(ref c70, x, b0);
            }
        sink.Store(c00, row, col);
        if (rows <= 1) return;
        sink.Store(c10, row + 1, col);
        if (rows <= 2) return;
        sink.Store(c20, row + 2, col);
        if (rows <= 3) return;
        sink.Store(c30, row + 3, col);
        if (rows <= 4) return;
        sink.Store(c40, row + 4, col);
        if (rows <= 5) return;
        sink.Store(c50, row + 5, col);
        if (rows <= 6) return;
        sink.Store(c60, row + 6, col);
        if (rows <= 7) return;
        sink.Store(c70, row + 7, col);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<F, S>(T** at, nint lines, nint line, nint run, nint step, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = at[0], a1 = at[1], a2 = at[2], a3 = at[3], a4 = at[4], a5 = at[5], a6 = at[6], a7 = at[7];
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        V c20 = first.Load<V>(row + 2, col), c21 = first.Load<V>(row + 2, col + V.Count);
        V c30 = first.Load<V>(row + 3, col), c31 = first.Load<V>(row + 3, col + V.Count);
        V c40 = first.Load<V>(row + 4, col), c41 = first.Load<V>(row + 4, col + V.Count);
        V c50 = first.Load<V>(row + 5, col), c51 = first.Load<V>(row + 5, col + V.Count);
        V c60 = first.Load<V>(row + 6, col), c61 = first.Load<V>(row + 6, col + V.Count);
        V c70 = first.Load<V>(row + 7, col), c71 = first.Load<V>(row + 7, col + V.Count);
        for (nint from = 0; lines > 0; lines--, from += line)
            for (nint k = from, end = from + run; k != end; k += step)
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
        if (rows <= 1) return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        if (rows <= 2) return;
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3) return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        if (rows <= 4) return;
        sink.Store(c40, row + 4, col);
        sink.Store(c41, row + 4, col + V.Count);
        if (rows <= 5) return;
        sink.Store(c50, row + 5, col);
        sink.Store(c51, row + 5, col + V.Count);
        if (rows <= 6) return;
        sink.Store(c60, row + 6, col);
        sink.Store(c61, row + 6, col + V.Count);
        if (rows <= 7) return;
        sink.Store(c70, row + 7, col);
        sink.Store(c71, row + 7, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x2<F, S>(T** at, nint lines, nint line, nint run, nint step, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        T* a0 = at[0], a1 = at[1], a2 = at[2], a3 = at[3], a4 = at[4], a5 = at[5];
        V c00 = first.Load<V>(row, col), c01 = first.Load<V>(row, col + V.Count);
        V c10 = first.Load<V>(row + 1, col), c11 = first.Load<V>(row + 1, col + V.Count);
        V c20 = first.Load<V>(row + 2, col), c21 = first.Load<V>(row + 2, col + V.Count);
        V c30 = first.Load<V>(row + 3, col), c31 = first.Load<V>(row + 3, col + V.Count);
        V c40 = first.Load<V>(row + 4, col), c41 = first.Load<V>(row + 4, col + V.Count);
        V c50 = first.Load<V>(row + 5, col), c51 = first.Load<V>(row + 5, col + V.Count);
        for (nint from = 0; lines > 0; lines--, from += line)
            for (nint k = from, end = from + run; k != end; k += step)
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
        if (rows <= 1) return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        if (rows <= 2) return;
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3) return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        if (rows <= 4) return;
        sink.Store(c40, row + 4, col);
        sink.Store(c41, row + 4, col + V.Count);
        if (rows <= 5) return;
        sink.Store(c50, row + 5, col);
        sink.Store(c51, row + 5, col + V.Count);
    }
}
