using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Tiles one vector wide, for narrow results and the last columns.
internal static unsafe class Tiles1<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows), a2 = s.Row(2, rows), a3 = s.Row(3, rows), a4 = s.Row(4, rows), a5 = s.Row(5, rows), a6 = s.Row(6, rows), a7 = s.Row(7, rows);
        V c00 = default;
        V c10 = default;
        V c20 = default;
        V c30 = default;
        V c40 = default;
        V c50 = default;
        V c60 = default;
        V c70 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            x = V.Create(a1[k]);
            c10 = V.Fma(x, b0, c10);
            x = V.Create(a2[k]);
            c20 = V.Fma(x, b0, c20);
            x = V.Create(a3[k]);
            c30 = V.Fma(x, b0, c30);
            x = V.Create(a4[k]);
            c40 = V.Fma(x, b0, c40);
            x = V.Create(a5[k]);
            c50 = V.Fma(x, b0, c50);
            x = V.Create(a6[k]);
            c60 = V.Fma(x, b0, c60);
            x = V.Create(a7[k]);
            c70 = V.Fma(x, b0, c70);
        }
        sink.Store(c00, row, col);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        if (rows <= 2)
            return;
        sink.Store(c20, row + 2, col);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
        if (rows <= 4)
            return;
        sink.Store(c40, row + 4, col);
        if (rows <= 5)
            return;
        sink.Store(c50, row + 5, col);
        if (rows <= 6)
            return;
        sink.Store(c60, row + 6, col);
        if (rows <= 7)
            return;
        sink.Store(c70, row + 7, col);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows), a2 = s.Row(2, rows), a3 = s.Row(3, rows);
        V c00 = default;
        V c10 = default;
        V c20 = default;
        V c30 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            x = V.Create(a1[k]);
            c10 = V.Fma(x, b0, c10);
            x = V.Create(a2[k]);
            c20 = V.Fma(x, b0, c20);
            x = V.Create(a3[k]);
            c30 = V.Fma(x, b0, c30);
        }
        sink.Store(c00, row, col);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
        if (rows <= 2)
            return;
        sink.Store(c20, row + 2, col);
        if (rows <= 3)
            return;
        sink.Store(c30, row + 3, col);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile2x1<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A, a1 = s.Row(1, rows);
        V c00 = default;
        V c10 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
            x = V.Create(a1[k]);
            c10 = V.Fma(x, b0, c10);
        }
        sink.Store(c00, row, col);
        if (rows <= 1)
            return;
        sink.Store(c10, row + 1, col);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x1<S>(Source<T> s, S sink, nint row, nint col, nint rows) where S : struct, ISink<T>
    {
        T* a0 = s.A;
        V c00 = default;
        Buffer<T> b = s.B;
        for (nint k = 0; k != s.End; k += s.Step)
        {
            V b0 = V.Load(b, 0);
            b = b.At(s.Width);
            V x = V.Create(a0[k]);
            c00 = V.Fma(x, b0, c00);
        }
        sink.Store(c00, row, col);
    }
}
