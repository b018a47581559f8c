using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>
/// Matrix products. Element (i, j) is +0, then acc ← fma(a[i,k], b[k,j], acc) for k = 0, 1, 2, … in order, then the sink:
/// the same bits for every width, tile and number of threads.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static unsafe partial class MatMul<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>C[m,n] = A[m,k]·B[k,n]; the columns of C up to a multiple of 16 become anything.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="a">A by rows, at any alignment.</param>
    /// <param name="lda">Elements from one row of A to the next.</param>
    /// <param name="b">B as column panels; by rows it is one panel.</param>
    /// <param name="bWidth">The panels' width, a multiple of 16; by rows the distance of B's rows.</param>
    /// <param name="sink">Where the elements go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<S>(Team team, nint m, nint n, nint k, Buffer<T> a, nint lda, Buffer<T> b, nint bWidth, S sink)
        where S : struct, ISink<T> =>
        Run(team, m, n, new Product<S>(k, a, lda, 1, b, bWidth, sink));

    /// <summary>C[m,n] = Aᵀ·B, A being [k,m] by rows; the columns of C up to a multiple of 16 become anything.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="a">A by rows, at any alignment.</param>
    /// <param name="lda">Elements from one row of A to the next.</param>
    /// <param name="b">B as column panels; by rows it is one panel.</param>
    /// <param name="bWidth">The panels' width, a multiple of 16; by rows the distance of B's rows.</param>
    /// <param name="sink">Where the elements go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTransposed<S>(Team team, nint m, nint n, nint k, Buffer<T> a, nint lda, Buffer<T> b, nint bWidth, S sink)
        where S : struct, ISink<T> =>
        Run(team, m, n, new Product<S>(k, a, 1, lda, b, bWidth, sink));

    /// <summary>C[m,n] += Aᵀ·B, A being [k,m] by rows: the sums go on from what C holds, in order; the columns of C up to a multiple of 16 become anything.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">How much longer each sum becomes.</param>
    /// <param name="a">A by rows, at any alignment.</param>
    /// <param name="lda">Elements from one row of A to the next.</param>
    /// <param name="b">B as column panels; by rows it is one panel.</param>
    /// <param name="bWidth">The panels' width, a multiple of 16; by rows the distance of B's rows.</param>
    /// <param name="c">C as column panels; by rows it is one panel.</param>
    /// <param name="cWidth">The panels' width, a multiple of 16; by rows the distance of C's rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposed(Team team, nint m, nint n, nint k, Buffer<T> a, nint lda, Buffer<T> b, nint bWidth, Buffer<T> c, nint cWidth) =>
        Run(team, m, n, new Product<OntoSink<T>>(k, a, 1, lda, b, bWidth, new(c, m, cWidth)));

    /// <summary>C = A·B of <paramref name="count"/> pairs of matrices by rows, one after the other: A [m,k], B [k,n], C [m,n], n rounded up to 16.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="count">How many products.</param>
    /// <param name="m">Rows of a result.</param>
    /// <param name="n">Columns of a result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="a">The left matrices.</param>
    /// <param name="lda">Elements from one of their rows to the next.</param>
    /// <param name="b">The right matrices.</param>
    /// <param name="ldb">Elements from one of their rows to the next, a multiple of 16.</param>
    /// <param name="c">The results.</param>
    /// <param name="ldc">Elements from one of their rows to the next, a multiple of 16.</param>
    public static void MultiplyEach(Team team, nint count, nint m, nint n, nint k, Buffer<T> a, nint lda, Buffer<T> b, nint ldb, Buffer<T> c, nint ldc) =>
        Each(team, count, m, n, new(k, a, lda, 1, b, ldb, new(c, ldc)), m * lda, m * ldc);

    /// <summary>C = Aᵀ·B of <paramref name="count"/> pairs of matrices by rows, one after the other: A [k,m], B [k,n], C [m,n], n rounded up to 16.</summary>
    /// <param name="team">Who computes.</param>
    /// <param name="count">How many products.</param>
    /// <param name="m">Rows of a result.</param>
    /// <param name="n">Columns of a result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="a">The left matrices.</param>
    /// <param name="lda">Elements from one of their rows to the next.</param>
    /// <param name="b">The right matrices.</param>
    /// <param name="ldb">Elements from one of their rows to the next, a multiple of 16.</param>
    /// <param name="c">The results.</param>
    /// <param name="ldc">Elements from one of their rows to the next, a multiple of 16.</param>
    public static void MultiplyEachTransposed(Team team, nint count, nint m, nint n, nint k, Buffer<T> a, nint lda, Buffer<T> b, nint ldb, Buffer<T> c, nint ldc) =>
        Each(team, count, m, n, new(k, a, 1, lda, b, ldb, new(c, ldc)), k * lda, m * ldc);

    private static void Each(Team team, nint count, nint m, nint n, Product<RowSink<T>> first, nint aSize, nint cSize)
    {
        nint columns = (n + 15) / 16 * 16;
        var job = new EachJob(count, m, columns, first, aSize, cSize);
        if (team.IsWorthSharing(2.0 * count * m * columns * first.K))
            team.Run(job, job.Chunks);
        else
            for (int chunk = 0; chunk < job.Chunks; chunk++)
                job.Run(chunk);
    }

    // Whole products, a sixteenth of them at a time.
    private readonly struct EachJob(nint count, nint m, nint columns, Product<RowSink<T>> first, nint aSize, nint cSize) : IJob
    {
        private readonly nint tall = (count + 15) / 16;

        public int Chunks => (int)((count + tall - 1) / tall);

        public void Run(int chunk)
        {
            for (nint i = chunk * tall, end = Math.Min(count, i + tall); i < end; i++)
                Range(new Product<RowSink<T>>(first.K, first.A.At(i * aSize), first.Stride, first.Step, first.B.At(i * first.K * first.Width), first.Width, first.Sink.At(i * cSize)), 0, m, 0, columns);
        }
    }

    private readonly struct Product<S>(nint k, Buffer<T> a, nint stride, nint step, Buffer<T> b, nint width, S sink) : IParts where S : struct, ISink<T>
    {
        public readonly nint K = k, Stride = stride, Step = step, Width = width;
        public readonly Buffer<T> A = a, B = b;
        public readonly S Sink = sink;

        nint IParts.Width => Width;

        public void Part(nint r0, nint r1, nint c0, nint c1) => Range(this, r0, r1, c0, c1);
    }

    private static void Run<S>(Team team, nint m, nint n, Product<S> product) where S : struct, ISink<T>
    {
        nint columns = (n + 15) / 16 * 16;
        if (team.IsWorthSharing(2.0 * m * columns * product.K))
        {
            var job = new Job<Product<S>>(product, m, columns);
            team.Run(job, job.Chunks.Count);
        }
        else if (IsTurned(product, m, n))
            Turned(product, m, n);
        else
            Range(product, 0, m, 0, columns);
    }

    // What is computed by rows and columns, each from the first to before the last.
    private interface IParts
    {
        nint Width { get; }

        void Part(nint r0, nint r1, nint c0, nint c1);
    }

    private readonly struct Job<P>(P product, nint m, nint n) : IJob where P : struct, IParts
    {
        public readonly Chunks Chunks = new(m, n, product.Width);

        public void Run(int chunk)
        {
            var (row, rows, column, columns) = Chunks[chunk];
            product.Part(row, rows, column, columns);
        }
    }

    // The chunks of a product, by its shape alone: column panels first, so that a thread meets the same weights in every kernel of a step,
    // then rows until there are 16 or so.
    private readonly struct Chunks
    {
        private readonly nint m, n, wide, tall;
        private readonly int stacks;

        public Chunks(nint m, nint n, nint width)
        {
            (this.m, this.n) = (m, n);
            wide = Math.Max(Math.Min(64, width), (n / 16 + 15) / 16 * 16);
            int strips = (int)((n + wide - 1) / wide), parts = Math.Max(1, 16 / strips);
            tall = Math.Max(16, ((m + parts - 1) / parts + 7) / 8 * 8);
            stacks = (int)((m + tall - 1) / tall);
            Count = strips * stacks;
        }

        public readonly int Count;

        // Rows and columns, each from the first to before the last.
        public (nint Row, nint Rows, nint Column, nint Columns) this[int chunk]
        {
            get
            {
                nint column = chunk / stacks * wide, row = chunk % stacks * tall;
                return (row, Math.Min(m, row + tall), column, Math.Min(n, column + wide));
            }
        }
    }
}
