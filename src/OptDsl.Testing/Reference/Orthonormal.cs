namespace OptDsl.Testing;

/// <summary>The Q of a = Q·R with a positive diagonal of R: one reflection 1 − tau·v·vᵀ per column, v = 1 at its first element.</summary>
/// <typeparam name="S">The number.</typeparam>
internal sealed class Orthonormal<S> where S : struct, IScalar<S>
{
    static readonly S zero = S.Create(0), one = S.Create(1), part = S.Create(Math.ScaleB(1, -32));

    readonly int rows, columns;
    readonly S[] a;

    Orthonormal(S[] matrix, int rows, int columns) => (a, this.rows, this.columns) = ([.. matrix], rows, columns);

    /// <summary>Row-major, as the matrix is.</summary>
    public static S[] Columns(S[] matrix, int columns)
    {
        var work = new Orthonormal<S>(matrix, matrix.Length / columns, columns);
        var reflections = Enumerable.Range(0, columns).Select(work.Reflection).ToArray();
        Array.Fill(work.a, zero);
        for (var k = columns - 1; k >= 0; k--)
        {
            var (v, tau, turn) = reflections[k];
            for (var j = k + 1; j < columns; j++) work.Reflect(k, j, v, tau);
            for (var i = k; i < work.rows; i++) work.a[i * columns + k] = turn * (i == k ? one - tau : -tau * v[i]);
        }
        return work.a;
    }

    /// <summary>Makes column k 0 under its diagonal, applies the same to the columns behind it, and tells how.</summary>
    (S[] V, S Tau, S Turn) Reflection(int k)
    {
        S[] x = [.. Enumerable.Range(0, rows).Select(i => a[i * columns + k])];
        var scale = x.Aggregate(zero, (most, e) => S.Less(most, S.Abs(e)) ? S.Abs(e) : most);
        if (S.Equal(scale, zero)) scale = one;
        x = [.. x.Select(e => e / scale)];
        S before = x[..k].Aggregate(zero, (sum, e) => S.Fma(e, e, sum)), rest = x[k..].Aggregate(zero, (sum, e) => S.Fma(e, e, sum));
        if (S.LessEqual(rest, part * (before + rest))) return (x, zero, one);
        var (isNegative, norm) = (S.Less(x[k], zero), S.Sqrt(rest));
        var first = isNegative ? x[k] - norm : x[k] + norm;
        var tau = S.Abs(first) / norm;
        S[] v = [.. x.Select(e => e / first)];
        for (var j = k + 1; j < columns; j++) Reflect(k, j, v, tau);
        return (v, tau, isNegative ? one : -one);
    }

    void Reflect(int k, int j, S[] v, S tau)
    {
        var sum = a[k * columns + j];
        for (var i = k + 1; i < rows; i++) sum = S.Fma(v[i], a[i * columns + j], sum);
        var way = -(tau * sum);
        a[k * columns + j] += way;
        for (var i = k + 1; i < rows; i++) a[i * columns + j] = S.Fma(way, v[i], a[i * columns + j]);
    }
}
