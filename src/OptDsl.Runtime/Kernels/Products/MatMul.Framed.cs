using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// Products whose left matrix is what a window sees at each place of framed images. Each sum adds what it would add of an unfolded matrix, in that order.
// Measured by `steps --only W6-adam`, with MatMul.Lanes: 0.74 and 0.82 of the time with the windows unfolded.
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tall = 8;

    /// <summary>C = A·B: A is what each place sees, B [k,n] in column panels.</summary>
    /// <typeparam name="S">What becomes of each element.</typeparam>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Places of all images.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="a">The images.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="bWidth">The panels' width, a multiple of 16.</param>
    /// <param name="sink">The epilogue.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<S>(Team team, nint m, nint n, Framed<T> a, Buffer<T> b, nint bWidth, S sink) where S : struct, ISink<T> =>
        Run(team, m, n, a.Cells, new Windowed<S>(false, a, m, n, b, bWidth, sink));

    /// <summary>C = Aᵀ·B: A is what each place sees, B [m,n] by rows.</summary>
    /// <typeparam name="S">What becomes of each element.</typeparam>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Places of all images.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="a">The images.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="bWidth">The distance of its rows, a multiple of 16.</param>
    /// <param name="sink">The epilogue.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTransposed<S>(Team team, nint m, nint n, Framed<T> a, Buffer<T> b, nint bWidth, S sink) where S : struct, ISink<T> =>
        Run(team, a.Cells, n, m, new Windowed<S>(true, a, m, n, b, bWidth, sink));

    /// <summary>C += Aᵀ·B: A is what each place sees, B [m,n] by rows.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Places of all images.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="a">The images.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="bWidth">The distance of its rows, a multiple of 16.</param>
    /// <param name="c">The result by column panels.</param>
    /// <param name="cWidth">The panels' width, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposed(Team team, nint m, nint n, Framed<T> a, Buffer<T> b, nint bWidth, Buffer<T> c, nint cWidth) =>
        MultiplyTransposed(team, m, n, a, b, bWidth, new OntoSink<T>(c, a.Cells, cWidth));

    private static void Run<S>(Team team, nint m, nint n, nint k, Windowed<S> product) where S : struct, ISink<T>
    {
        nint columns = (n + 15) / 16 * 16;
        if (IsSideBySide(product))
            Lanes(team, product);
        else if (team.IsWorthSharing(2.0 * m * columns * k))
        {
            var job = new Job<Windowed<S>>(product, m, columns);
            team.Run(job, job.Chunks.Count);
        }
        else
            Range(product, 0, m, 0, columns);
    }

    private readonly struct Windowed<S>(bool isTransposed, Framed<T> a, nint m, nint n, Buffer<T> b, nint width, S sink) : IParts where S : struct, ISink<T>
    {
        public readonly bool IsTransposed = isTransposed;
        public readonly Framed<T> A = a;
        public readonly nint M = m, N = n, Width = width;
        public readonly Buffer<T> B = b;
        public readonly S Sink = sink;

        nint IParts.Width => Width;

        public void Part(nint r0, nint r1, nint c0, nint c1) => Range(this, r0, r1, c0, c1);
    }

    private static void Range<S>(Windowed<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        if (p.IsTransposed && IsTurned(p, r0, r1))
            TurnedCells(p);
        else if (p.IsTransposed)
            Cells(p, r0, r1, c0, c1);
        else
            Places(p, r0, r1, c0, c1);
    }

    // Eight places at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Places<S>(Windowed<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        T** at = stackalloc T*[Tall];
        byte* stack = stackalloc byte[Tall * 2 * 64 + 64];
        var tile = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        nint run = p.A.Run, cells = p.A.Cells, height = p.A.Height, line = p.A.Line;
        for (nint col = c0, columns; col < c1; col += columns)
        {
            nint panel = col / p.Width, inside = col - panel * p.Width;
            Buffer<T> b = p.B.At(panel * cells * p.Width + inside);
            columns = Math.Min(c1 - col, p.Width - inside) >= 2 * V.Count ? 2 * V.Count : V.Count;
            for (nint row = r0, rows; row < r1; row += rows)
            {
                rows = Math.Min(r1 - row, Height(columns));
                See(p.A, row, rows, at);
                if (default(S) is IHeavySink<T>)
                {
                    Tile(at, height, line, run, 1, b, p.Width, default(Zero<T>), new RowSink<T>(tile, columns), 0, 0, rows, columns);
                    for (nint i = 0; i < rows; i++)
                        for (nint j = 0; j < columns; j += V.Count) p.Sink.Store(V.Load(tile, i * columns + j), row + i, col + j);
                }
                else
                    Tile(at, height, line, run, 1, b, p.Width, default(Zero<T>), p.Sink, row, col, rows, columns);
            }
        }
    }

    // Where places begin, of several one after the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void See(in Framed<T> a, nint place, nint count, T** at)
    {
        nint example = (nint)((uint)place / (uint)a.Places), inside = place - example * a.Places, y = (nint)((uint)inside / (uint)a.Across), x = inside - y * a.Across;
        T* row = a.Images.Pointer + example * a.Size + y * a.NextRow;
        for (nint i = 0; i < Tall; i++)
        {
            at[i] = row + x * a.Pace;
            if (i + 1 >= count || ++x < a.Across) continue;
            x = 0;
            row += a.NextRow;
            if (++y < a.Down) continue;
            y = 0;
            row = a.Images.Pointer + ++example * a.Size;
        }
    }

    // Sums over the places of image after image; what 64 cells have summed so far is on the stack, as in Summed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Cells<S>(Windowed<S> p, nint r0, nint r1, nint c0, nint c1) where S : struct, ISink<T>
    {
        const int tall = 64;
        T** at = stackalloc T*[Tall];
        byte* stack = stackalloc byte[tall * 2 * 64 + 64];
        var sums = new Buffer<T>((T*)(((nint)stack + 63) & ~63));
        nint down = p.A.Down, next = p.A.NextRow, pace = p.A.Pace, across = p.A.Across * pace;
        for (nint col = c0, columns; col < c1; col += columns)
        {
            columns = Math.Min(c1 - col, p.Width - col) >= 2 * V.Count ? 2 * V.Count : V.Count;
            for (nint row = r0, rows; row < r1; row += rows)
            {
                rows = Math.Min(tall, r1 - row);
                First(p.Sink, sums, row, rows, col, columns);
                for (nint m = 0, image = 0; m < p.M; m += p.A.Places, image += p.A.Size)
                    for (nint i = 0, few; i < rows; i += few)
                    {
                        few = Math.Min(rows - i, Height(columns));
                        for (nint j = 0; j < Tall; j++)
                        {
                            nint cell = row + Math.Min(i + j, rows - 1);
                            at[j] = p.A.Images.Pointer + image + (nint)((uint)cell / (uint)p.A.Run) * (p.A.Line - p.A.Run) + cell;
                        }
                        Tile(at, down, next, across, pace, p.B.At(m * p.Width + col), p.Width, new Sums<T>(sums, columns), new RowSink<T>(sums, columns), i, 0, few, columns);
                    }
                for (nint i = 0; i < rows; i++)
                    for (nint j = 0; j < columns; j += V.Count)
                        p.Sink.Store(V.Load(sums, i * columns + j), row + i, col + j);
            }
        }
    }

    private static nint Height(nint columns) => columns == V.Count || V.Count * sizeof(T) == 64 ? 8 : 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<F, S>(T** at, nint lines, nint line, nint run, nint step, Buffer<T> b, nint width, F first, S sink, nint row, nint col, nint rows, nint columns)
        where F : struct, IFirst<T>
        where S : struct, ISink<T>
    {
        if (columns == V.Count)
            FramedTiles<V, T>.Tile8x1(at, lines, line, run, step, b, width, first, sink, row, col, rows);
        else if (V.Count * sizeof(T) == 64)
            FramedTiles<V, T>.Tile8x2(at, lines, line, run, step, b, width, first, sink, row, col, rows);
        else
            FramedTiles<V, T>.Tile6x2(at, lines, line, run, step, b, width, first, sink, row, col, rows);
    }
}
