using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that multiply matrices, with roots from eigenvalues.</summary>
static class MatrixTranscriptions
{
    public static IEnumerable<Transcription> All => [Muon(0.02, 0.95, 5, true, 3), Muon(0.1, 0.5, 2, false, 6), Shampoo(0.1, 0.01, 3), Shampoo(0.5, 0.1, 5), Shampoo(0.5, 0.1, 5, 3), Soap(0.1, 0.95, 0.95, 1e-8, 1), Soap(0.1, 0.9, 0.5, 1e-2, 3), Sm3(0.1, 3), Sm3(0.5, 0)];

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

    static Transcription Shampoo(double lr, double eps, int rows, int every = 1) => new($"Shampoo({lr}, {eps}) of {rows} rows{(every == 1 ? "" : ", every " + every)}", Dsl.Shampoo(lr, eps, every: every), first =>
    {
        double[,]? left = null, right = null;
        double[,] l = new double[rows, rows], r = new double[Columns, Columns];
        return (w, g, t) =>
        {
            var x = new double[rows, Columns];
            for (var i = 0; i < g.Length; i++) x[i / Columns, i % Columns] = g[i];
            Add(l, Times(x, Turned(x)));
            Add(r, Times(Turned(x), x));
            double[,] Root(double[,] a) => ByEigenvalues(a, e => Math.Pow(e + eps * Math.Sqrt(a.Cast<double>().Sum(s => s * s)), -0.25));
            if (left is null || right is null || (t - 1) % every == 0) (left, right) = (Root(l), Root(r));
            var step = Times(Times(left, x), right);
            for (var i = 0; i < w.Length; i++) w[i] -= lr * step[i / Columns, i % Columns];
        };
    }, rows);

    /// <summary>Of a square, since the paper does not say which basis completes one of fewer dimensions.</summary>
    static Transcription Soap(double lr, double b1, double b2, double eps, int every) => new($"Soap({lr}, {b1}, {b2}, {eps}) of squares, every {every}", Dsl.Soap(lr, b1, b2, eps, every), first =>
    {
        var n = Columns;
        double[,] m = new double[n, n], v = new double[n, n], l = new double[n, n], r = new double[n, n], left = Diagonal(n, _ => 1), right = Diagonal(n, _ => 1);
        return (w, g, t) =>
        {
            var x = new double[n, n];
            for (var i = 0; i < g.Length; i++) x[i / n, i % n] = g[i];
            var turned = Times(Times(Turned(left), x), right);
            for (var i = 0; i < g.Length; i++) m[i / n, i % n] = b1 * m[i / n, i % n] + (1 - b1) * g[i];
            var mean = Times(Times(Turned(left), m), right);
            var step = new double[n, n];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                {
                    v[i, j] = b2 * v[i, j] + (1 - b2) * turned[i, j] * turned[i, j];
                    step[i, j] = mean[i, j] / (1 - Math.Pow(b1, t)) / (Math.Sqrt(v[i, j] / (1 - Math.Pow(b2, t))) + eps);
                }
            step = Times(Times(left, step), Turned(right));
            for (var i = 0; i < w.Length; i++) w[i] -= lr * step[i / n, i % n];
            (l, r) = (Map(l, e => b2 * e), Map(r, e => b2 * e));
            Add(l, Map(Times(x, Turned(x)), e => (1 - b2) * e));
            Add(r, Map(Times(Turned(x), x), e => (1 - b2) * e));
            if ((t - 1) % every == 0) (left, right) = (GramSchmidt(Times(l, left)), GramSchmidt(Times(r, right)));
        };
    }, Columns);

    /// <summary>Each column less its parts along those before it, taken off twice.</summary>
    static double[,] GramSchmidt(double[,] a)
    {
        var (n, q) = (a.GetLength(0), (double[,])a.Clone());
        for (var k = 0; k < n; k++)
        {
            double Along(int j) => Enumerable.Range(0, n).Sum(i => q[i, j] * q[i, k]);
            for (var pass = 0; pass < 2; pass++)
                for (var j = 0; j < k; j++)
                    for (var (i, along) = (0, Along(j)); i < n; i++) q[i, k] -= along * q[i, j];
            for (var (i, length) = (0, Math.Sqrt(Along(k))); i < n; i++) q[i, k] /= length;
        }
        return q;
    }

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
