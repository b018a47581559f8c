namespace OptDsl.Testing;

/// <summary>The standard normal distribution by arithmetic and eˣ alone, for scalars without a function of their own: to all their digits, slowly.</summary>
internal static class NormalIntegral<S> where S : struct, IScalar<S>
{
    // Where the series, whose digits the tail loses, gives way to the fraction, which needs more terms the nearer 0 is.
    const double Far = 3;
    const int Terms = 60, Fractions = 180;

    static readonly S zero = S.Create(0), one = S.Create(1), half = S.Create(0.5), inverseRoot = S.Create(0.3989422804014327) + S.Create(-2.4923272022777301e-17);

    /// <summary>φ(x) = e^(−x²/2) / √2π</summary>
    public static S Density(S x) => inverseRoot * S.Exp(-(half * x * x));

    /// <summary>Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …); far out the tail is φ(a)/(a + 1/(a + 2/(a + 3/…))), Laplace's. Abramowitz and Stegun 26.2.11 and 26.2.14.</summary>
    public static S Below(S x)
    {
        if (double.IsNaN(x.Value)) return x;
        if (!(Math.Abs(x.Value) < 40)) return x.Value < 0 ? zero : one;
        return Math.Abs(x.Value) < Far ? half + Density(x) * Series(x) : x.Value < 0 ? Tail(-x) : one - Tail(x);
    }

    static S Series(S x)
    {
        S term = x, sum = x, square = x * x;
        for (var i = 1; i < Terms; i++) sum += term = term * square / S.Create(2 * i + 1);
        return sum;
    }

    static S Tail(S a)
    {
        var fraction = a;
        for (var i = Fractions; i > 0; i--) fraction = a + S.Create(i) / fraction;
        return Density(a) / fraction;
    }
}
