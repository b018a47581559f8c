using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float64
{
    /// <summary>Φ(x), the standard normal distribution's probability below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NormalCdf(double x) => NormalCdf<Vec1<double>>(x);

    /// <summary>Φ(x), the standard normal distribution's probability below x: with a = |x| and the tail Φ(−a) = e^(−a²/2)·h(a), the tail or 1 − it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V>(V x) where V : unmanaged, IVector<V, double>
    {
        // Beyond this the tail is 0; NaN passes.
        V a = V.Smaller(V.Abs(x), V.Create(40.0)), one = V.Create(1.0);
        V square = a * a, squareLost = V.Fma(a, a, -square);
        V e = ExpParts(V.Create(-0.5) * square, out V eLost);
        eLost = V.Fma(V.Create(-0.5) * e, squareLost, eLost);
        V h = MillsRatio(a, out V hLost);
        V tail = V.Fma(e, h, V.Fma(e, hLost, eLost * h));
        return V.SelectLess(x, default, tail, one - tail);
    }

    // h(a) = (1 + g) / (2 + a√2π), which is right at 0 and far out; g is below 0.2, so that hardly any of its error remains.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRatio<V>(V a, out V lost) where V : unmanaged, IVector<V, double>
    {
        V root = V.Create(2.5066282746310007), two = V.Create(2.0), one = V.Create(1.0), k = V.Create(5.5);
        V product = root * a, below = product + two, rounded = below - product;
        V belowLost = V.Fma(root, a, -product) + V.Create(-1.8328579980459167e-16) * a + ((product - (below - rounded)) + (two - rounded));
        V sum = a + k, inverse = one / (below * sum), part = inverse * below;
        V g = MillsRest((a - k) * part) * (a * part);
        V above = one + g, aboveLost = (one - above) + g;
        inverse *= sum;
        V h = above * inverse;
        lost = (V.Fma(-h, below, above) + V.Fma(-h, belowLost, aboveLost)) * inverse;
        return h;
    }

    // g·(a + 5.5)/a of t = (a − 5.5)/(a + 5.5), interpolated at Chebyshev's points, 2^-56.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRest<V>(V t) where V : unmanaged, IVector<V, double>
    {
        V q = V.Create(-5.940348287465931e-09);
        q = V.Fma(q, t, V.Create(-1.4780592022712071e-08));
        q = V.Fma(q, t, V.Create(4.775421712929495e-08));
        q = V.Fma(q, t, V.Create(1.2887141009228876e-07));
        q = V.Fma(q, t, V.Create(-3.634296649688985e-07));
        q = V.Fma(q, t, V.Create(-7.233969056556141e-07));
        q = V.Fma(q, t, V.Create(3.13180573088213e-06));
        q = V.Fma(q, t, V.Create(2.0855417087210972e-06));
        q = V.Fma(q, t, V.Create(-2.6772903087939635e-05));
        q = V.Fma(q, t, V.Create(2.6961577305476056e-05));
        q = V.Fma(q, t, V.Create(0.00017292159055480586));
        q = V.Fma(q, t, V.Create(-0.0006633914524995161));
        q = V.Fma(q, t, V.Create(0.0003096849996503277));
        q = V.Fma(q, t, V.Create(0.005699441954030556));
        q = V.Fma(q, t, V.Create(-0.028525405724531532));
        q = V.Fma(q, t, V.Create(0.08520499659527458));
        q = V.Fma(q, t, V.Create(-0.1908558395001646));
        q = V.Fma(q, t, V.Create(0.3428778009267021));
        q = V.Fma(q, t, V.Create(-0.5041094391037394));
        q = V.Fma(q, t, V.Create(0.598360430100412));
        q = V.Fma(q, t, V.Create(-0.5293992950026207));
        q = V.Fma(q, t, V.Create(0.2209236194286413));
        return q;
    }
}
