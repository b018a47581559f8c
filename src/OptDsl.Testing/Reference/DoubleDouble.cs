using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>
/// The unevaluated sum of two doubles, about 31 digits. It decides where a double is the question: its differences are
/// exact enough to judge a gradient, its gradient tells rounding from error. Knuth's and Dekker's error-free sums; products by FMA.
/// </summary>
public readonly record struct DoubleDouble : IScalar<DoubleDouble>
{
    static readonly DoubleDouble ln2 = new(0.6931471805599453, 2.3190468138462996e-17), halfPi = new(1.5707963267948966, 6.123233995736766e-17);

    DoubleDouble(double high, double low) => (High, Low) = (high, low);

    /// <summary>The nearest double.</summary>
    public double High { get; }

    /// <summary>What it lacks.</summary>
    public double Low { get; }

    /// <inheritdoc/>
    public double Value => High;

    /// <inheritdoc/>
    public static bool IsNarrow => false;

    /// <inheritdoc/>
    public static DoubleDouble Create(double value) => new(value, 0);

    /// <inheritdoc/>
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (sum, error) = TwoSum(a.High, b.High);
        var (low, lowError) = TwoSum(a.Low, b.Low);
        var first = Joined(sum, error + low);
        return Joined(first.High, first.Low + lowError);
    }

    /// <inheritdoc/>
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    /// <inheritdoc/>
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        return Joined(product, double.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High));
    }

    /// <inheritdoc/>
    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        if (!double.IsFinite(first) || !double.IsFinite(b.High)) return Create(first);
        var rest = a - Create(first) * b;
        var second = rest.High / b.High;
        rest -= Create(second) * b;
        return Joined(first, second) + Create(rest.High / b.High);
    }

    /// <inheritdoc/>
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    /// <inheritdoc/>
    public static DoubleDouble Fma(DoubleDouble a, DoubleDouble b, DoubleDouble c) => a * b + c;

    /// <inheritdoc/>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        var root = double.Sqrt(x.High);
        if (!double.IsFinite(root) || root == 0) return Create(root);
        return Joined(root, (x - Create(root) * Create(root)).High / (2 * root));
    }

    /// <inheritdoc/>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (double.IsNaN(x.High) || x.High > 709.7) return Create(double.Exp(x.High));
        if (x.High < -708) return Create(x.High < -745 ? 0 : double.Exp(x.High));
        var power = double.Round(x.High / ln2.High);
        var one = Expm1(x - Create(power) * ln2) + Create(1);
        return new(double.ScaleB(one.High, (int)power), double.ScaleB(one.Low, (int)power));
    }

    /// <inheritdoc/>
    public static DoubleDouble Log(DoubleDouble x)
    {
        var first = double.Log(x.High);
        // One step of Newton for eʸ = x doubles the digits.
        return double.IsFinite(first) ? Create(first) + (x * Exp(Create(-first)) - Create(1)) : Create(first);
    }

    /// <inheritdoc/>
    public static DoubleDouble Tanh(DoubleDouble x)
    {
        if (double.Abs(x.High) > 40) return Create(double.Sign(x.High));
        var twice = x + x;
        var e = double.Abs(twice.High) < 0.34 ? Expm1(twice) : Exp(twice) - Create(1);
        return e / (e + Create(2));
    }

    /// <inheritdoc/>
    public static DoubleDouble Sigmoid(DoubleDouble x) => Create(1) / (Create(1) + Exp(-x));

    /// <inheritdoc/>
    public static DoubleDouble Softplus(DoubleDouble x)
    {
        if (double.IsNaN(x.High)) return x;
        var e = Exp(x.High > 0 ? -x : x);
        var log = e.High < 1e-8 ? e - e * e / Create(2) + e * e * e / Create(3) : Log(Create(1) + e);
        return x.High > 0 ? x + log : log;
    }

    /// <inheritdoc/>
    public static DoubleDouble NormalCdf(DoubleDouble x) => NormalIntegral<DoubleDouble>.Below(x);

    /// <inheritdoc/>
    public static DoubleDouble Sin(DoubleDouble x) => Turned(x, 0);

    /// <inheritdoc/>
    public static DoubleDouble Cos(DoubleDouble x) => Turned(x, 1);

    /// <inheritdoc/>
    public static DoubleDouble Abs(DoubleDouble x) => double.IsNegative(x.High) ? -x : x;

    /// <inheritdoc/>
    public static DoubleDouble Floor(DoubleDouble x)
    {
        var high = double.Floor(x.High);
        return high == x.High ? Joined(high, double.Floor(x.Low)) : Create(high);
    }

    /// <inheritdoc/>
    public static DoubleDouble Random(DoubleDouble key, DoubleDouble row, DoubleDouble column) => Create(Float64.Random(key.Value, row.Value, column.Value));

    /// <inheritdoc/>
    public static bool Less(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    /// <inheritdoc/>
    public static bool LessEqual(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low <= b.Low);

    /// <inheritdoc/>
    public static bool Equal(DoubleDouble a, DoubleDouble b) => a.High == b.High && a.Low == b.Low;

    /// <summary>eˣ − 1 for |x| below 0.35: a short series for x/512, doubled nine times by (1 + p)² − 1 = 2p + p².</summary>
    static DoubleDouble Expm1(DoubleDouble x)
    {
        DoubleDouble r = new(x.High / 512, x.Low / 512), term = r, p = r;
        for (var n = 2; n <= 11; n++) p += term = term * r / Create(n);
        for (var i = 0; i < 9; i++) p = p + p + p * p;
        return p;
    }

    /// <summary>sin(x + quarters·π/2)</summary>
    static DoubleDouble Turned(DoubleDouble x, int quarters)
    {
        if (!double.IsFinite(x.High)) return Create(double.NaN);
        var turns = double.Round(x.High / halfPi.High);
        var r = x - Create(turns) * halfPi;
        var quarter = (int)(((long)turns + quarters) & 3);
        DoubleDouble term = quarter % 2 == 0 ? r : Create(1), sum = term;
        for (var n = quarter % 2 == 0 ? 2 : 1; n < 30; n += 2) sum += term = -(term * r * r) / Create(n * (n + 1.0));
        return quarter < 2 ? sum : -sum;
    }

    static (double Sum, double Error) TwoSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>Beyond the finite numbers there is no low part.</summary>
    static DoubleDouble Joined(double high, double low)
    {
        var sum = high + low;
        return double.IsFinite(sum) ? new(sum, low - (sum - high)) : Create(double.IsFinite(high) || double.IsNaN(low) ? high : sum);
    }
}
