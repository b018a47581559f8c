using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>
/// The Q of a = Q·R with a positive diagonal of R, by Householder's reflections 1 − tau·v·vᵀ with v = 1 at its first element (Golub and Van
/// Loan, §5.1 and §5.2). Vectors hold neighbouring columns, each of which is summed down the rows in order: the bits of every width.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="T">The element.</typeparam>
public static class Orthonormal<V, T>
    where V : unmanaged, IVector<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Orthonormal columns that span those of a matrix. A column of which no more than 2⁻¹⁶ is new gets what the reflections before make of
    /// its unit vector.
    /// </summary>
    /// <param name="from">The matrix, in panels.</param>
    /// <param name="rows">Its rows, no fewer than columns.</param>
    /// <param name="cols">Its columns.</param>
    /// <param name="width">The width of its panels and those of the result.</param>
    /// <param name="to">The result, which is not the matrix.</param>
    public static void Columns(Buffer<T> from, nint rows, nint cols, nint width, Buffer<T> to)
    {
        Moves.Copy(from, to, (cols + width - 1) / width * width * rows);
        for (nint k = 0; k < cols; k++)
            if (Reflection(Block(to, k, rows, width), k, rows, width) is var tau && tau != T.Zero)
                for (nint j = (k + 1) / V.Count * V.Count; j < cols; j += V.Count)
                    Reflect(Block(to, k, rows, width), tau, Block(to, j, rows, width), k, j, rows, width, isNew: false);
        // The unit vectors under all reflections, the last one first: before its turn, row k is 0 right of the diagonal.
        for (nint k = cols - 1; k >= 0; k--)
        {
            Buffer<T> v = Block(to, k, rows, width);
            T tau = T.Abs(v[k * width]);
            for (nint j = (k + 1) / V.Count * V.Count; j < cols; j += V.Count)
                Reflect(v, tau, Block(to, j, rows, width), k, j, rows, width, isNew: true);
            First(v, k, rows, width);
        }
    }

    /// <summary>Where column j begins.</summary>
    static Buffer<T> Block(Buffer<T> a, nint j, nint rows, nint width) => a.At(j / width * rows * width + j % width);

    /// <summary>Puts v under the diagonal of column k, and there tau, negative where that of R is positive; 0 where the column depends on those before.</summary>
    static T Reflection(Buffer<T> x, nint k, nint rows, nint width)
    {
        T scale = T.Zero, before = T.Zero, rest = T.Zero;
        for (nint i = 0; i < rows; i++) scale = scale < T.Abs(x[i * width]) ? T.Abs(x[i * width]) : scale;
        if (scale == T.Zero) scale = T.One;
        for (nint i = 0; i < rows; i++)
        {
            T part = x[i * width] /= scale;
            if (i < k) before = T.FusedMultiplyAdd(part, part, before);
            else rest = T.FusedMultiplyAdd(part, part, rest);
        }
        T diagonal = x[k * width], norm = T.Sqrt(rest), first = diagonal < T.Zero ? diagonal - norm : diagonal + norm;
        if (rest <= T.ScaleB(T.One, -32) * (before + rest)) return x[k * width] = T.Zero;
        for (nint i = k + 1; i < rows; i++) x[i * width] /= first;
        T tau = T.Abs(first) / norm;
        x[k * width] = diagonal < T.Zero ? -tau : tau;
        return tau;
    }

    /// <summary>Reflects the columns of one vector right of k; new ones are 0 in row k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Reflect(Buffer<T> v, T tau, Buffer<T> a, nint k, nint j, nint rows, nint width, bool isNew)
    {
        V old = V.Load(a, k * width), top = isNew ? V.Create(T.Zero) : old, sum = top;
        for (nint i = k + 1; i < rows; i++) sum = V.Fma(V.Create(v[i * width]), V.Load(a, i * width), sum);
        V isRight = V.Less(V.Create(T.CreateTruncating(k)), V.Indices + V.Create(T.CreateTruncating(j))), way = -(V.Create(tau) * sum);
        V.Store(V.Select(isRight, top + way, old), a, k * width);
        for (nint i = k + 1; i < rows; i++)
        {
            V before = V.Load(a, i * width);
            V.Store(V.Select(isRight, V.Fma(way, V.Create(v[i * width]), before), before), a, i * width);
        }
    }

    /// <summary>The unit vector of column k under its reflection, turned round where the diagonal of R would be negative.</summary>
    static void First(Buffer<T> v, nint k, nint rows, nint width)
    {
        T tau = v[k * width], way = tau < T.Zero ? tau : -tau;
        T turn = T.Zero < tau ? -T.One : T.One;
        v[k * width] = turn * (T.One + way);
        for (nint i = k + 1; i < rows; i++) v[i * width] = turn * (way * v[i * width]);
    }
}
