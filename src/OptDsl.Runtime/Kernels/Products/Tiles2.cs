using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles two vectors wide, accumulators in named locals: in an array or a struct of vectors they leave the registers.
internal static unsafe class Tiles2<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows), a2 = s.Row(2, rows), a3 = s.Row(3, rows), a4 = s.Row(4, rows), a5 = s.Row(5, rows), a6 = s.Row(6, rows), a7 = s.Row(7, rows);
        V c00 = default, c01 = default;
        V c10 = default, c11 = default;
        V c20 = default, c21 = default;
        V c30 = default, c31 = default;
        V c40 = default, c41 = default;
        V c50 = default, c51 = default;
        V c60 = default, c61 = default;
        V c70 = default, c71 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(s.Width);
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
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        if (rows <= 2)
            return;
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        if (rows <= 4)
            return;
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
    public static void Tile6x2<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows), a2 = s.Row(2, rows), a3 = s.Row(3, rows), a4 = s.Row(4, rows), a5 = s.Row(5, rows);
        V c00 = default, c01 = default;
        V c10 = default, c11 = default;
        V c20 = default, c21 = default;
        V c30 = default, c31 = default;
        V c40 = default, c41 = default;
        V c50 = default, c51 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(s.Width);
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
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        if (rows <= 2)
            return;
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
        if (rows <= 4)
            return;
        sink.Store(c40, row + 4, col);
        sink.Store(c41, row + 4, col + V.Count);
        if (rows <= 5)
            return;
        sink.Store(c50, row + 5, col);
        sink.Store(c51, row + 5, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows), a2 = s.Row(2, rows), a3 = s.Row(3, rows);
        V c00 = default, c01 = default;
        V c10 = default, c11 = default;
        V c20 = default, c21 = default;
        V c30 = default, c31 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(s.Width);
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
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
        if (rows <= 2)
            return;
        sink.Store(c20, row + 2, col);
        sink.Store(c21, row + 2, col + V.Count);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
        sink.Store(c31, row + 3, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile2x2<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows);
        V c00 = default, c01 = default;
        V c10 = default, c11 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            c01 = V.Fma(x, b1, c01);
            x = V.Create(a1[k]);
            c10 = V.Fma(x, b0, c10);
            c11 = V.Fma(x, b1, c11);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        sink.Store(c11, row + 1, col + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x2<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A;
        V c00 = default, c01 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0), b1 = V.Load(b, V.Count);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            c01 = V.Fma(x, b1, c01);
        }
        sink.Store(c00, row, col);
        sink.Store(c01, row, col + V.Count);
    }
}
