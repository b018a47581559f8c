using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that multiply matrices, with roots from eigenvalues.</summary>
static class MatrixTranscriptions
{
    public static IEnumerable<Transcription> All => [Muon(0.02, 0.95, 5, true, 3), Muon(0.1, 0.5, 2, false, 6), Shampoo(0.1, 0.01, 3), Shampoo(0.5, 0.1, 5), Sm3(0.1, 3), Sm3(0.5, 0)];

    static Transcription Sm3(double lr, int rows) => new($"Sm3({lr}) of {rows} rows", Dsl.Sm3(lr), first =>
    {
        double[] row = new double[Math.Max(rows, 1)], column = new double[rows == 0 ? 0 : Columns], each = new double[first.Length];
        return (w, g, t) =>
        {
            var v = new double[w.Length];
            for (var i = 0; i < w.Length; i++)
            {
                v[i] = g[i] * g[i] + (rows == 0 ? each[i] : Math.Min(row[i / Columns], column[i % Columns]));
                if (v[i] > 0) w[i] -= lr * g[i] / Math.Sqrt(v[i]);
            }
            for (var i = 0; i < w.Length; i++)
            {
                each[i] = v[i];
                if (rows == 0) continue;
                row[i / Columns] = Math.Max(row[i / Columns], v[i]);
                column[i % Columns] = Math.Max(column[i % Columns], v[i]);
            }
        };
    }, rows);

    static Transcription Muon(double lr, double b, int steps, bool nesterov, int rows) => new($"Muon({lr}, {b}, {steps}, {nesterov}) of {rows} rows", Dsl.Muon(lr, b, steps, nesterov), first =>
    {
        var m = new double[first.Length];
        return (w, g, t) =>
        {
            var u = new double[rows, Columns];
            for (var i = 0; i < w.Length; i++)
            {
                m[i] = b * m[i] + g[i];
                u[i / Columns, i % Columns] = nesterov ? g[i] + b * m[i] : m[i];
            }
            var norm = Math.Sqrt(u.Cast<double>().Sum(x => x * x)) + 1e-7;
            var x = Map(u, e => e / norm);
            for (var k = 0; k < steps; k++)
            {
                // a·X + b·(X·Xᵀ)·X + c·(X·Xᵀ)²·X, the quintic of the paper's code.
                var ax = Times(Times(x, Turned(x)), x);
                var aax = Times(Times(x, Turned(x)), ax);
                for (var i = 0; i < w.Length; i++) x[i / Columns, i % Columns] = 3.4445 * x[i / Columns, i % Columns] - 4.775 * ax[i / Columns, i % Columns] + 2.0315 * aax[i / Columns, i % Columns];
            }
            for (var i = 0; i < w.Length; i++) w[i] -= lr * Math.Sqrt(Math.Max(1, rows / (double)Columns)) * x[i / Columns, i % Columns];
        };
    }, rows);

    static Transcription Shampoo(double lr, double eps, int rows) => new($"Shampoo({lr}, {eps}) of {rows} rows", Dsl.Shampoo(lr, eps), first =>
    {
        double[,] l = new double[rows, rows], r = new double[Columns, Columns];
        return (w, g, t) =>
        {
            var x = new double[rows, Columns];
            for (var i = 0; i < g.Length; i++) x[i / Columns, i % Columns] = g[i];
            Add(l, Times(x, Turned(x)));
            Add(r, Times(Turned(x), x));
            double[,] Root(double[,] a) => ByEigenvalues(a, e => Math.Pow(e + eps * Math.Sqrt(a.Cast<double>().Sum(s => s * s)), -0.25));
            var step = Times(Times(Root(l), x), Root(r));
            for (var i = 0; i < w.Length; i++) w[i] -= lr * step[i / Columns, i % Columns];
        };
    }, rows);

    /// <summary>A function of a symmetric matrix: Jacobi's rotations until it is diagonal.</summary>
    static double[,] ByEigenvalues(double[,] matrix, Func<double, double> function)
    {
        var n = matrix.GetLength(0);
        var (a, vectors) = ((double[,])matrix.Clone(), Diagonal(n, _ => 1));
        for (var sweep = 0; sweep < 30; sweep++)
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++)
                {
                    var angle = 0.5 * Math.Atan2(2 * a[p, q], a[q, q] - a[p, p]);
                    var turn = Diagonal(n, _ => 1);
                    (turn[p, p], turn[q, q], turn[p, q], turn[q, p]) = (Math.Cos(angle), Math.Cos(angle), Math.Sin(angle), -Math.Sin(angle));
                    (a, vectors) = (Times(Times(Turned(turn), a), turn), Times(vectors, turn));
                }
        return Times(Times(vectors, Diagonal(n, i => function(a[i, i]))), Turned(vectors));
    }

    static double[,] Diagonal(int n, Func<int, double> entry)
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++) matrix[i, i] = entry(i);
        return matrix;
    }

    static void Add(double[,] to, double[,] x)
    {
        for (var i = 0; i < to.GetLength(0); i++)
            for (var j = 0; j < to.GetLength(1); j++) to[i, j] += x[i, j];
    }

    static double[,] Map(double[,] x, Func<double, double> f)
    {
        var result = (double[,])x.Clone();
        for (var i = 0; i < x.GetLength(0); i++)
            for (var j = 0; j < x.GetLength(1); j++) result[i, j] = f(x[i, j]);
        return result;
    }

    static double[,] Turned(double[,] x)
    {
        var result = new double[x.GetLength(1), x.GetLength(0)];
        for (var i = 0; i < x.GetLength(0); i++)
            for (var j = 0; j < x.GetLength(1); j++) result[j, i] = x[i, j];
        return result;
    }

    static double[,] Times(double[,] a, double[,] b)
    {
        var result = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < b.GetLength(1); j++)
                for (var k = 0; k < b.GetLength(0); k++) result[i, j] += a[i, k] * b[k, j];
        return result;
    }
}
