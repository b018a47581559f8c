using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>
/// On ⟨w, g⟩ with one g. A rule that finds its own rate then goes straight, and how far depends on no gradient: a recurrence of numbers.
/// A rule of matrices, where g is diagonal, works on singular values.
/// </summary>
static class LinearOrbits
{
    static readonly double[] g = [2, -1, 2], start = [0.5, 1, -1];

    public static IEnumerable<Orbit> All =>
    [
        Along(nameof(DoG), DoG(1, 0.01, 1e-30), DoGs()), Along(nameof(DoWG), DoWG(1, 0.01, 1e-30), DoWGs()),
        Along(nameof(DAdaptSgd), DAdaptSgd(1, 0.1), DAdaptSgds()),
        Signs(nameof(DAdaptAdam), DAdaptAdam(1, 0.8, 0.9, 1e-30, 0.1), DAdaptAdams()), Signs(nameof(Prodigy), Prodigy(1, 0.8, 0.9, 1e-30, 0.1), Prodigies()),
        Singular(nameof(Muon), Muon(0.1, 0.9), Muons), Singular(nameof(Shampoo), Shampoo(0.1, 0.01), Shampoos),
        // The basis stays the one of the axes, so each is Adam alone.
        Singular(nameof(Soap), Soap(0.1, eps: 0.01), (k, value) => 0.1 * value / (value + 0.01)),
        new(nameof(Soap), Witness.Constant, "turns to the gradient after the first step", Soap(0.1, 0.9, 0.5, 1e-30, 7), w => 2 * w[0][0] + 6 * w[0][1] + w[1][0] + 3 * w[1][1], [2, 2], [0.5, -1, 2, 1], Turned()),
        // Row and column of a diagonal element have no larger v, so each is Adagrad alone.
        Singular(nameof(Sm3), Sm3(0.1), (k, value) => 0.1 / Math.Sqrt(k)),
    ];

    static Orbit Along(string word, Rule rule, IEnumerable<double> ways) => new(word, Witness.Constant, "goes along the gradient", rule, Linear, [3], start, ways.Select(way => start.Select((w, i) => w - way * g[i] / 3).ToArray()));

    static Orbit Signs(string word, Rule rule, IEnumerable<double> ways) => new(word, Witness.Constant, "goes along the sign", rule, Linear, [3], start, ways.Select(way => start.Select((w, i) => w - way * Math.Sign(g[i])).ToArray()));

    static Expr Linear(Expr w) => g[0] * w[0] + g[1] * w[1] + g[2] * w[2];

    /// <summary>
    /// Of the gradient u·vᵀ with u = (2, 1) and v = (1, 3): a sign at first, then along it, by a mean of squares that begins with the 2 in the
    /// corner and goes on with the length √50.
    /// </summary>
    static IEnumerable<double[]> Turned()
    {
        double[] w = [0.4, -1.1, 1.9, 0.9], g = [2, 6, 1, 3];
        var v = 0.5 * 4;
        for (var k = 2; ; k++)
        {
            yield return w;
            v = 0.5 * v + 0.5 * 50;
            w = [.. w.Select((x, i) => x - 0.1 * g[i] / Math.Sqrt(v / (1 - Math.Pow(0.5, k))))];
        }
    }

    /// <summary>‖w₀‖ = 1.5; the way gains the share 1/√k a step.</summary>
    static IEnumerable<double> DoGs()
    {
        var way = 0.01 * 2.5;
        for (var k = 2; ; k++)
        {
            yield return way;
            way *= 1 + 1 / Math.Sqrt(k);
        }
    }

    static IEnumerable<double> DoWGs()
    {
        double way = 0.01 * 2.5, squares = way * way;
        while (true)
        {
            yield return way;
            var before = way;
            way *= 1 + 1 / Math.Sqrt(1 + squares / (way * way));
            squares += before * before;
        }
    }

    /// <summary>2·Σ eᵢ·eⱼ over i &lt; j is the square of the sum less the sum of squares.</summary>
    static IEnumerable<double> DAdaptSgds()
    {
        double d = 0.1, way = 0, squares = 0;
        while (true)
        {
            (way, squares) = (way + d, squares + d * d);
            yield return way;
            d = Math.Max(d, (way * way - squares) / way);
        }
    }

    static IEnumerable<double> DAdaptAdams()
    {
        double slow = Math.Sqrt(0.9), d = 0.1, way = 0, m = 0, sum = 0, products = 0;
        for (var k = 1; ; k++)
        {
            var root = Math.Sqrt(1 - Math.Pow(0.9, k));
            m = 0.8 * m + 0.2 * d;
            yield return way += m / root;
            (products, sum) = (slow * products + d * sum / root, slow * sum + d);
            d = Math.Max(d, products / sum);
        }
    }

    /// <summary>d is a mean of the ways so far, with weights slowⁱ·d².</summary>
    static IEnumerable<double> Prodigies()
    {
        double slow = Math.Sqrt(0.9), d = 0.1, way = 0, m = 0, v = 0, weights = 0, ways = 0;
        while (true)
        {
            (weights, ways) = (slow * weights + d * d, slow * ways + d * d * way);
            (m, v) = (0.8 * m + 0.2 * d, 0.9 * v + (1 - 0.9) * d * d);
            yield return way += d * m / Math.Sqrt(v);
            d = Math.Max(d, ways / weights);
        }
    }

    /// <summary>Of a diagonal gradient with 3 and 1: from the number of the step and one of these to the step of that weight.</summary>
    static Orbit Singular(string word, Rule rule, Func<int, double, double> step)
    {
        return new(word, Witness.Constant, "moves the diagonal alone", rule, w => 3 * w[0][0] + w[1][1], [2, 2], [0.5, -1, 2, 1], Weights());

        IEnumerable<double[]> Weights()
        {
            double[] w = [0.5, -1, 2, 1];
            for (var k = 1; ; k++)
            {
                w[0] -= step(k, 3);
                w[3] -= step(k, 1);
                yield return [.. w];
            }
        }
    }

    /// <summary>u is a multiple of g, and the quintic acts on each singular value of the normalised u.</summary>
    static double Muons(int k, double value)
    {
        var multiple = 1 + 0.9 * (1 - Math.Pow(0.9, k)) / 0.1;
        var s = multiple * value / (multiple * Math.Sqrt(10) + 1e-7);
        for (var i = 0; i < 5; i++) s = 3.4445 * s - 4.775 * Math.Pow(s, 3) + 2.0315 * Math.Pow(s, 5);
        return 0.1 * s;
    }

    /// <summary>Both roots see k·g², whose norm is k·√82, and the ridge of a hundredth of it.</summary>
    static double Shampoos(int k, double value) => 0.1 * value / Math.Sqrt(k * (value * value + 0.01 * Math.Sqrt(82)));
}
