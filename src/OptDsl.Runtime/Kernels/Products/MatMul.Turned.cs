using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Aᵀ·B where B has few columns, as of a convolution with few filters: a vector of B would be padding for the most part.
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Few = 8, Most = 512;

    // Whole vectors of A's rows are read.
    private static bool IsTurned<S>(Product<S> p, nint m, nint n) where S : struct, ISink<T> =>
        p.Step > 1 && n <= Few && m > Few && p.K >= 64 && (m + V.Count - 1) / V.Count * V.Count <= p.Step;

    // (Bᵀ·A)ᵀ: the same sums in the same order, as vectors along the other side. Measured, 25x6 over 4,704 rows: 0.32 of the time of Summed; 150x16 over 600 no sooner.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Turned<S>(Product<S> p, nint m, nint n) where S : struct, ISink<T>
    {
        byte* stack = stackalloc byte[Few * 2 * 64 + 2 * 64 + 64];
        var sums = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        nint wide = 2 * V.Count;
        Buffer<T> turned = sums.At(Few * wide);
        for (nint row = 0; row < m; row += wide)
        {
            nint rows = Math.Min(wide, m - row), columns = rows > V.Count ? wide : V.Count;
            BeginTurned(p.Sink, sums, columns, row, rows, n);
            for (nint i = 0; i < n;)
                i += Tile(p.B.Pointer + i, 1, p.Width, p.K * p.Width, p.A.At(row), p.Step, 0, new Sums<T>(sums, columns), new RowSink<T>(sums, columns), i, 0, n - i, columns);
            EndTurned(p.Sink, sums, columns, row, rows, n, turned);
        }
    }

    // Of each column the sums of some rows, side by side: what is there, where they go on.
    private static void BeginTurned<S>(S sink, Buffer<T> sums, nint apart, nint row, nint rows, nint n) where S : struct, ISink<T>
    {
        Moves.Clear(sums, n * apart);
        if (typeof(S) != typeof(OntoSink<T>)) return;
        var onto = Unsafe.As<S, OntoSink<T>>(ref sink);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < n; j++) sums[j * apart + i] = onto[row + i, j];
    }

    // Back to rows, one at a time; the padding behind n columns is 0.
    private static void EndTurned<S>(S sink, Buffer<T> sums, nint apart, nint row, nint rows, nint n, Buffer<T> turned) where S : struct, ISink<T>
    {
        Moves.Clear(turned, 16);
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < n; j++) turned[j] = sums[j * apart + i];
            for (nint j = 0; j < 16; j += V.Count) sink.Store(V.Load(turned, j), row + i, j);
        }
    }

    private static bool IsTurned<S>(Windowed<S> p, nint r0, nint r1) where S : struct, ISink<T> =>
        p.N <= Few && r0 == 0 && r1 == p.A.Cells && r1 <= Most;

    // Few columns: what a few places see is copied side by side, and the sums run along the cells, as in Turned.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void TurnedCells<S>(Windowed<S> p) where S : struct, ISink<T>
    {
        const int room = 8192;
        nint wide = 2 * V.Count, cells = (p.A.Cells + wide - 1) / wide * wide, deep = Math.Min(room / cells, 64);
        byte* stack = stackalloc byte[(room + 16 + Few * Most) * sizeof(T) + 16 * 2 * 64 + 64];
        var seen = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        Buffer<T> sums = seen.At(room + 16);
        BeginTurned(p.Sink, sums, cells, 0, p.A.Cells, p.N);
        for (nint place = 0, places; place < p.M; place += places)
        {
            places = Math.Min(deep, p.M - place);
            Copy(p.A, place, places, seen, cells);
            for (nint block = 0; block < cells; block += wide)
                for (nint j = 0; j < p.N;)
                    j += Tile(p.B.Pointer + place * p.Width + j, 1, p.Width, places * p.Width, seen.At(block), cells, 0, new Sums<T>(sums.At(block), cells), new RowSink<T>(sums.At(block), cells), j, 0, p.N - j, wide);
        }
        EndTurned(p.Sink, sums, cells, 0, p.A.Cells, p.N, sums.At(p.N * cells));
    }

    // All cells of a few places. Whole vectors go over what comes later.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Copy(in Framed<T> a, nint place, nint places, Buffer<T> seen, nint apart)
    {
        nint run = a.Run, line = a.Line, cells = a.Cells, pace = a.Pace, size = a.Size, across = a.Across, down = a.Down, nextRow = a.NextRow;
        nint example = (nint)((uint)place / (uint)a.Places), inside = place - example * a.Places, y = (nint)((uint)inside / (uint)across), x = inside - y * across;
        while (places > 0)
        {
            nint some = Math.Min(places, across - x);
            places -= some;
            Buffer<T> from = a.Images.At(example * size + y * nextRow + x * pace);
            if (run <= Vec256<T>.Count)
                for (; some > 0; some--, from = from.At(pace), seen = seen.At(apart))
                    for (nint to = 0, row = 0; to < cells; to += run, row += line) Vec256<T>.Store(Vec256<T>.Load(from, row), seen, to);
            else
                for (; some > 0; some--, from = from.At(pace), seen = seen.At(apart))
                    for (nint to = 0, row = 0; to < cells; to += run, row += line)
                        for (nint i = 0; i < run; i += V.Count) V.Store(V.Load(from, row + i), seen, to + i);
            x = 0;
            if (++y == down) (y, example) = (0, example + 1);
        }
    }
}
