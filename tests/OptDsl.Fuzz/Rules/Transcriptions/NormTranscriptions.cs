using static OptDsl.Dsl;
using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that look at a whole tensor.</summary>
static class NormTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        Lamb(0.01, 0.9, 0.999, 1e-6, 0), Lamb(0.05, 0.8, 0.9, 1e-3, 0.1),
        Lars(0.1, 0.9, 5e-4, 1e-3), Lars(0.5, 0.5, 0.1, 0.02),
        NovoGrad(0.01, 0.95, 0.98, 0), NovoGrad(0.05, 0.5, 0.9, 0.1),
        Fromage(0.01), Fromage(0.2),
        DoG(1, 1e-6), DoG(0.5, 1e-2),
        DoWG(1, 1e-6), DoWG(0.5, 1e-2),
        Prodigy(1, 0.9, 0.999, 1e-6), Prodigy(0.5, 0.8, 0.9, 0.1),
        DAdaptAdam(1, 0.9, 0.999, 1e-6), DAdaptAdam(0.5, 0.8, 0.9, 0.01),
        DAdaptSgd(1, 1e-6), DAdaptSgd(0.5, 0.1),
        Adafactor(0, null), Adafactor(3, null), Adafactor(3, 0.1),
    ];

    static Transcription Lamb(double lr, double b1, double b2, double eps, double decay) => new($"Lamb({lr}, {b1}, {b2}, {eps}, {decay})", Dsl.Lamb(lr, b1, b2, eps, decay), first =>
    {
        double[] m = new double[first.Length], v = new double[first.Length], r = new double[first.Length];
        return (w, g, t) =>
        {
            for (var i = 0; i < w.Length; i++)
            {
                m[i] = b1 * m[i] + (1 - b1) * g[i];
                v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
                r[i] = m[i] / (1 - Math.Pow(b1, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(b2, t))) + eps) + decay * w[i];
            }
            var ratio = Norm(w) / Norm(r);
            for (var i = 0; i < w.Length; i++) w[i] -= lr * ratio * r[i];
        };
    });

    static Transcription Lars(double lr, double mu, double decay, double trust) => new($"Lars({lr}, {mu}, {decay}, {trust})", Dsl.Lars(lr, mu, decay, trust), first =>
    {
        var v = new double[first.Length];
        return (w, g, t) =>
        {
            var local = trust * Norm(w) / (Norm(g) + decay * Norm(w));
            for (var i = 0; i < w.Length; i++) v[i] = mu * v[i] + lr * local * (g[i] + decay * w[i]);
            for (var i = 0; i < w.Length; i++) w[i] -= v[i];
        };
    });

    static Transcription NovoGrad(double lr, double b1, double b2, double decay) => new($"NovoGrad({lr}, {b1}, {b2}, {decay})", Dsl.NovoGrad(lr, b1, b2, decay: decay), first =>
    {
        var (m, v) = (new double[first.Length], 0.0);
        return (w, g, t) =>
        {
            var square = Norm(g) * Norm(g);
            v = t == 1 ? square : b2 * v + (1 - b2) * square;
            for (var i = 0; i < w.Length; i++)
            {
                m[i] = b1 * m[i] + g[i] / (Math.Sqrt(v) + 1e-8) + decay * w[i];
                w[i] -= lr * m[i];
            }
        };
    });

    static Transcription Fromage(double lr) => new($"Fromage({lr})", Dsl.Fromage(lr), _ => (w, g, t) =>
    {
        double ratio = Norm(w) / Norm(g), shrink = 1 / Math.Sqrt(1 + lr * lr);
        for (var i = 0; i < w.Length; i++) w[i] = shrink * (w[i] - lr * ratio * g[i]);
    });

    static Transcription DoG(double lr, double reps) => new($"DoG({lr}, {reps})", Dsl.DoG(lr, reps), first =>
    {
        var (start, r, sum) = ((double[])first.Clone(), reps * (1 + Norm(first)), 1e-8);
        return (w, g, t) =>
        {
            if (t > 1) r = Math.Max(r, Norm([.. w.Zip(start, (a, b) => a - b)]));
            sum += Norm(g) * Norm(g);
            for (var i = 0; i < w.Length; i++) w[i] -= lr * r / Math.Sqrt(sum) * g[i];
        };
    });

    static Transcription DoWG(double lr, double reps) => new($"DoWG({lr}, {reps})", Dsl.DoWG(lr, reps), first =>
    {
        var (start, r, v) = ((double[])first.Clone(), reps * (1 + Norm(first)), 0.0);
        return (w, g, t) =>
        {
            if (t > 1) r = Math.Max(r, Norm([.. w.Zip(start, (a, b) => a - b)]));
            v += r * r * Norm(g) * Norm(g);
            for (var i = 0; i < w.Length; i++) w[i] -= lr * r * r / Math.Sqrt(v) * g[i];
        };
    });

    static Transcription Prodigy(double lr, double b1, double b2, double d0) => new($"Prodigy({lr}, {b1}, {b2}, {d0})", Dsl.Prodigy(lr, b1, b2, d0: d0), x0 =>
    {
        double[] start = [.. x0], m = new double[x0.Length], v = new double[x0.Length], s = new double[x0.Length];
        var (r, d, root) = (0.0, d0, Math.Sqrt(b2));
        return (x, g, t) =>
        {
            double inner = 0, one = 0;
            for (var i = 0; i < x.Length; i++) inner += g[i] * (start[i] - x[i]);
            r = root * r + (1 - root) * lr * d * d * inner;
            for (var i = 0; i < x.Length; i++)
            {
                m[i] = b1 * m[i] + (1 - b1) * d * g[i];
                v[i] = b2 * v[i] + (1 - b2) * d * d * g[i] * g[i];
                s[i] = root * s[i] + (1 - root) * lr * d * d * g[i];
                one += Math.Abs(s[i]);
                x[i] -= lr * d * m[i] / (Math.Sqrt(v[i]) + d * 1e-8);
            }
            d = Math.Max(d, r / one);
        };
    });

    static Transcription DAdaptAdam(double lr, double b1, double b2, double d0) => new($"DAdaptAdam({lr}, {b1}, {b2}, {d0})", Dsl.DAdaptAdam(lr, b1, b2, d0: d0), x0 =>
    {
        double[] m = new double[x0.Length], v = new double[x0.Length], s = new double[x0.Length];
        var (r, d, root) = (0.0, d0, Math.Sqrt(b2));
        return (x, g, t) =>
        {
            double inner = 0, one = 0, rate = d * lr;
            for (var i = 0; i < x.Length; i++)
            {
                m[i] = b1 * m[i] + (1 - b1) * rate * g[i];
                v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
                var a = Math.Sqrt(v[i]) + 1e-8;
                inner += g[i] * s[i] / a;
                s[i] = root * s[i] + (1 - root) * rate * g[i];
                one += Math.Abs(s[i]);
                x[i] -= m[i] / a;
            }
            r = root * r + (1 - root) * rate * inner;
            d = Math.Max(d, r / ((1 - root) * one));
        };
    });

    static Transcription DAdaptSgd(double lr, double d0) => new($"DAdaptSgd({lr}, {d0})", Dsl.DAdaptSgd(lr, d0), x0 =>
    {
        var (s, r, d, first) = (new double[x0.Length], 0.0, d0, 0.0);
        return (x, g, t) =>
        {
            if (t == 1) first = Norm(g);
            var rate = d * lr / first;
            for (var i = 0; i < x.Length; i++)
            {
                r += rate * g[i] * s[i];
                x[i] -= rate * g[i];
            }
            for (var i = 0; i < x.Length; i++) s[i] += rate * g[i];
            d = Math.Max(d, 2 * r / Norm(s));
        };
    });

    static Transcription Adafactor(int rows, double? lr) => new($"Adafactor({lr}), {rows} rows", Dsl.Adafactor(lr is { } number ? (Expr)number : null), first =>
    {
        double[] whole = new double[first.Length], r = new double[Math.Max(rows, 1)], c = new double[Columns];
        return (w, g, t) =>
        {
            var beta = 1 - Math.Pow(t, -0.8);
            var u = new double[w.Length];
            if (rows == 0)
                for (var i = 0; i < w.Length; i++)
                {
                    whole[i] = beta * whole[i] + (1 - beta) * (g[i] * g[i] + 1e-30);
                    u[i] = g[i] / Math.Sqrt(whole[i]);
                }
            else
            {
                double[] rowSums = new double[rows], columnSums = new double[Columns];
                for (var i = 0; i < rows; i++)
                    for (var j = 0; j < Columns; j++)
                    {
                        rowSums[i] += g[i * Columns + j] * g[i * Columns + j] + 1e-30;
                        columnSums[j] += g[i * Columns + j] * g[i * Columns + j] + 1e-30;
                    }
                // The paper's sums: what they are short of means cancels in R·C / 1ᵀR.
                for (var i = 0; i < rows; i++) r[i] = beta * r[i] + (1 - beta) * rowSums[i];
                for (var j = 0; j < Columns; j++) c[j] = beta * c[j] + (1 - beta) * columnSums[j];
                for (var i = 0; i < rows; i++)
                    for (var j = 0; j < Columns; j++) u[i * Columns + j] = g[i * Columns + j] / Math.Sqrt(r[i] * c[j] / r.Sum());
            }
            var clip = Math.Max(1, Norm(u) / Math.Sqrt(w.Length));
            var rate = Math.Max(1e-3, Norm(w) / Math.Sqrt(w.Length)) * (lr ?? Math.Min(1e-2, 1 / Math.Sqrt(t)));
            for (var i = 0; i < w.Length; i++) w[i] -= rate * u[i] / clip;
        };
    }, rows);
}
