using System.Numerics;

namespace OptDsl.Tests.Kernels;

/// <summary>The elementary functions by their series in <see cref="BigFloat"/>.</summary>
internal static class BigMath
{
    private const int PiBits = 1500;

    private static readonly BigFloat Ln2 = 2 * Atanh((BigFloat)1 / 3);
    private static readonly BigInteger HalfPi = 2 * (4 * ArcCot(5) - ArcCot(239));

    public static BigFloat Exp(BigFloat x)
    {
        if (x.Exponent > 12)
            return x.M.Sign < 0 ? 0 : throw new ArgumentOutOfRangeException(nameof(x));
        int n = (int)Math.Round(ToDouble(x / Ln2));
        BigFloat r = (x - n * Ln2).Scale(-8), term = 1, sum = 1;
        for (int i = 1; i < 30; i++)
            sum += term = term * r / i;
        for (int i = 0; i < 8; i++)
            sum *= sum;
        return sum.Scale(n);
    }

    public static BigFloat Log(BigFloat x)
    {
        int n = x.Exponent;
        BigFloat m = x.Scale(-n);
        if (ToDouble(m) > 1.4142)
            (m, n) = (m.Scale(-1), n + 1);
        return n * Ln2 + 2 * Atanh((m - 1) / (m + 1));
    }

    public static BigFloat Log1p(BigFloat x) =>
        x.M.IsZero || Math.Abs(ToDouble(x)) < 0.3 ? 2 * Atanh(x / (2 + x)) : Log(1 + x);

    public static BigFloat Tanh(BigFloat x)
    {
        if (x.M.IsZero || x.Exponent < -50)
            return x - x * x * x / 3;
        if (x.Exponent > 8)
            return x.M.Sign;
        BigFloat e = Exp(x + x);
        return (e - 1) / (e + 1);
    }

    public static BigFloat Sigmoid(BigFloat x) => x.M.Sign < 0 ? Exp(x) / (1 + Exp(x)) : 1 / (1 + Exp(-x));

    public static BigFloat Softplus(BigFloat x) => x.M.Sign > 0 && x.Exponent > 12 ? x : Log1p(Exp(x));

    /// <summary>Φ(x): for the tail the series in φ's moments 1·3·5…, all of one sign, far out Laplace's continued fraction.</summary>
    public static BigFloat NormalCdf(BigFloat x)
    {
        if (x.M.IsZero)
            return (BigFloat)1 / 2;
        if (x.Exponent > 5)
            return x.M.Sign < 0 ? 0 : 1;
        BigFloat density = Exp(-x * x / 2) / Root(2 * new BigFloat(2 * HalfPi, -PiBits)), square = x * x;
        if (x.Exponent < 3)
        {
            BigFloat term = x, sum = x;
            for (int i = 3; i < 600; i += 2)
                sum += term = term * square / i;
            return (BigFloat)1 / 2 + density * sum;
        }
        BigFloat a = x.M.Sign < 0 ? -x : x, fraction = a;
        for (int i = 200; i > 0; i--)
            fraction = a + i / fraction;
        return x.M.Sign < 0 ? density / fraction : 1 - density / fraction;
    }

    // By Newton's iteration.
    private static BigFloat Root(BigFloat x)
    {
        BigFloat y = Math.Sqrt(ToDouble(x));
        for (int i = 0; i < 3; i++)
            y = (y + x / y) / 2;
        return y;
    }

    public static BigFloat Sin(double x) => Turned(x, 0);

    public static BigFloat Cos(double x) => Turned(x, 1);

    // sin(x + quarters·π/2)
    private static BigFloat Turned(double x, int quarters)
    {
        BigFloat big = x;
        BigInteger fixedX = big.M << (big.E + PiBits), n = BigInteger.Divide(2 * fixedX + fixedX.Sign * HalfPi, 2 * HalfPi);
        BigFloat r = (BigFloat)1 * new BigFloat(fixedX - n * HalfPi, -PiBits);
        int quadrant = (int)(((n + quarters) % 4 + 4) % 4);
        BigFloat term = quadrant % 2 == 0 ? r : 1, sum = term;
        for (int i = quadrant % 2 == 0 ? 2 : 1; i < 60; i += 2)
            sum += term = -term * r * r / (i * (i + 1));
        return quadrant < 2 ? sum : -sum;
    }

    private static BigFloat Atanh(BigFloat z)
    {
        BigFloat square = z * z, power = z, sum = z;
        for (int i = 3; i < 200 && !power.M.IsZero && power.Exponent > sum.Exponent - 260; i += 2)
            sum += (power *= square) / i;
        return sum;
    }

    private static BigInteger ArcCot(int x)
    {
        BigInteger term = (BigInteger.One << PiBits) / x, sum = term;
        for (int i = 3, sign = -1; !term.IsZero; i += 2, sign = -sign)
            sum += sign * (term /= x * x) / i;
        return sum;
    }

    public static double ToDouble(BigFloat x)
    {
        int extra = Math.Max(0, (int)x.M.GetBitLength() - 60);
        return Math.ScaleB((double)(x.M >> extra), x.E + extra);
    }
}
