namespace OptDsl.Testing;

/// <summary>One step: changes the weights of all tensors, given their gradients.</summary>
internal delegate void PlainStep(double[][] weights, double[][] gradients);

/// <summary>
/// The library's rules and some well-known others once more, as plain loops over doubles: from the papers, sharing nothing with the
/// language. The rate is a function of the number of completed steps.
/// </summary>
internal static class Transcriptions
{
    public static PlainStep Sgd(Func<int, double> lr)
    {
        var step = 0;
        return (w, g) =>
        {
            Each(w, (t, i) => w[t][i] -= lr(step) * g[t][i]);
            step++;
        };
    }

    public static PlainStep Momentum(Func<int, double> lr, double mu)
    {
        double[][]? v = null;
        var step = 0;
        return (w, g) =>
        {
            v ??= Zeros(w);
            Each(w, (t, i) =>
            {
                v[t][i] = mu * v[t][i] + g[t][i];
                w[t][i] -= lr(step) * v[t][i];
            });
            step++;
        };
    }

    /// <summary>Adam, and with a decay AdamW.</summary>
    public static PlainStep Adam(Func<int, double> lr, double b1 = 0.9, double b2 = 0.999, double eps = 1e-8, double decay = 0)
    {
        double[][]? m = null, v = null;
        var step = 0;
        return (w, g) =>
        {
            (m, v) = (m ?? Zeros(w), v ?? Zeros(w));
            double first = 1 - Math.Pow(b1, step + 1), second = 1 - Math.Pow(b2, step + 1);
            Each(w, (t, i) =>
            {
                m[t][i] = b1 * m[t][i] + (1 - b1) * g[t][i];
                v[t][i] = b2 * v[t][i] + (1 - b2) * g[t][i] * g[t][i];
                w[t][i] -= lr(step) * (m[t][i] / first / (Math.Sqrt(v[t][i] / second) + eps) + decay * w[t][i]);
            });
            step++;
        };
    }

    /// <summary>The norm runs over all tensors.</summary>
    public static PlainStep Clipped(double max, PlainStep then) => (w, g) =>
    {
        var norm = Math.Sqrt(g.Sum(t => t.Sum(x => x * x)));
        var factor = norm > max ? max / norm : 1;
        then(w, [.. g.Select(t => Array.ConvertAll(t, x => factor * x))]);
    };

    /// <summary>L2: the decay is part of the gradient.</summary>
    public static PlainStep Decayed(double decay, PlainStep then) => (w, g) => then(w, [.. g.Select((t, k) => t.Select((x, i) => x + decay * w[k][i]).ToArray())]);

    public static PlainStep Lion(Func<int, double> lr, double b1 = 0.9, double b2 = 0.99)
    {
        double[][]? m = null;
        var step = 0;
        return (w, g) =>
        {
            m ??= Zeros(w);
            Each(w, (t, i) =>
            {
                w[t][i] -= lr(step) * Math.Sign(b1 * m[t][i] + (1 - b1) * g[t][i]);
                m[t][i] = b2 * m[t][i] + (1 - b2) * g[t][i];
            });
            step++;
        };
    }

    public static PlainStep Adagrad(Func<int, double> lr, double eps = 1e-10)
    {
        double[][]? sum = null;
        var step = 0;
        return (w, g) =>
        {
            sum ??= Zeros(w);
            Each(w, (t, i) =>
            {
                sum[t][i] += g[t][i] * g[t][i];
                w[t][i] -= lr(step) * g[t][i] / (Math.Sqrt(sum[t][i]) + eps);
            });
            step++;
        };
    }

    public static PlainStep RmsProp(Func<int, double> lr, double rho = 0.99, double eps = 1e-8)
    {
        double[][]? v = null;
        var step = 0;
        return (w, g) =>
        {
            v ??= Zeros(w);
            Each(w, (t, i) =>
            {
                v[t][i] = rho * v[t][i] + (1 - rho) * g[t][i] * g[t][i];
                w[t][i] -= lr(step) * g[t][i] / (Math.Sqrt(v[t][i]) + eps);
            });
            step++;
        };
    }

    static double[][] Zeros(double[][] like) => [.. like.Select(t => new double[t.Length])];

    static void Each(double[][] tensors, Action<int, int> element)
    {
        for (var t = 0; t < tensors.Length; t++)
            for (var i = 0; i < tensors[t].Length; i++) element(t, i);
    }
}
