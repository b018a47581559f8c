using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

public static partial class Float32
{
    /// <summary>Φ(x), the standard normal distribution's probability below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float NormalCdf(float x) => NormalCdf<Vec1<float>>(x);

    /// <summary>Φ(x), the standard normal distribution's probability below x: with a = |x| and the tail Φ(−a) = e^(−a²/2)·h(a), the tail or 1 − it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V>(V x) where V : unmanaged, IVector<V, float>
    {
        // Beyond this the tail is 0; NaN passes.
        V a = V.Smaller(V.Abs(x), V.Create(15f)), one = V.Create(1f);
        V square = a * a, squareLost = V.Fma(a, a, -square);
        V e = ExpParts(V.Create(-0.5f) * square, out V eLost);
        eLost = V.Fma(V.Create(-0.5f) * e, squareLost, eLost);
        V h = MillsRatio(a, out V hLost);
        V tail = V.Fma(e, h, V.Fma(e, hLost, eLost * h));
        return V.SelectLess(x, default, tail, one - tail);
    }

    // h(a) = (1 + g) / (2 + a√2π), which is right at 0 and far out; g is below 0.2, so that hardly any of its error remains.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRatio<V>(V a, out V lost) where V : unmanaged, IVector<V, float>
    {
        V root = V.Create(2.50662827f), two = V.Create(2f), one = V.Create(1f), k = V.Create(4f);
        V product = root * a, below = product + two, rounded = below - product;
        V belowLost = V.Fma(root, a, -product) + V.Create(-2.86602048e-10f) * a + ((product - (below - rounded)) + (two - rounded));
        V sum = a + k, inverse = one / (below * sum), part = inverse * below;
        V g = MillsRest((a - k) * part) * (a * part);
        V above = one + g, aboveLost = (one - above) + g;
        inverse *= sum;
        V h = above * inverse;
        lost = (V.Fma(-h, below, above) + V.Fma(-h, belowLost, aboveLost)) * inverse;
        return h;
    }

    // g·(a + 4)/a of t = (a − 4)/(a + 4), interpolated at Chebyshev's points, 2^-26.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsRest<V>(V t) where V : unmanaged, IVector<V, float>
    {
        V q = V.Create(-0.000311259122f);
        q = V.Fma(q, t, V.Create(0.000188134101f));
        q = V.Fma(q, t, V.Create(0.003498381f));
        q = V.Fma(q, t, V.Create(-0.00576339616f));
        q = V.Fma(q, t, V.Create(-0.0198837239f));
        q = V.Fma(q, t, V.Create(0.118448839f));
        q = V.Fma(q, t, V.Create(-0.31112349f));
        q = V.Fma(q, t, V.Create(0.527158737f));
        q = V.Fma(q, t, V.Create(-0.583004296f));
        q = V.Fma(q, t, V.Create(0.270861655f));
        return q;
    }
}
