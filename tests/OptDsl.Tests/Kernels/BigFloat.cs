using System.Numerics;

namespace OptDsl.Tests.Kernels;

/// <summary>A number of 256 significant bits, M·2ᴱ: slow, and independent of every kernel.</summary>
internal readonly record struct BigFloat(BigInteger M, int E)
{
    private const int Bits = 256;

    public static implicit operator BigFloat(int x) => new(x, 0);

    public static implicit operator BigFloat(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long m = bits & 0xFFFFFFFFFFFFFL;
        if (exponent > 0)
            m |= 0x10000000000000L;
        return new(bits < 0 ? -m : m, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>The e with 2ᵉ ≤ |x| &lt; 2ᵉ⁺¹.</summary>
    public int Exponent => E + (int)BigInteger.Abs(M).GetBitLength() - 1;

    public BigFloat Scale(int n) => new(M, E + n);

    public static BigFloat operator -(BigFloat a) => new(-a.M, a.E);

    public static BigFloat operator +(BigFloat a, BigFloat b)
    {
        if (a.M.IsZero || b.M.IsZero)
            return a.M.IsZero ? b : a;
        if (a.E < b.E)
            (a, b) = (b, a);
        return a.E - b.E > 3 * Bits && a.Exponent - b.Exponent > 2 * Bits
            ? a
            : Round((a.M << (a.E - b.E)) + b.M, b.E);
    }

    public static BigFloat operator -(BigFloat a, BigFloat b) => a + -b;

    public static BigFloat operator *(BigFloat a, BigFloat b) => Round(a.M * b.M, a.E + b.E);

    public static BigFloat operator /(BigFloat a, BigFloat b) => Round((a.M << (2 * Bits)) / b.M, a.E - b.E - 2 * Bits);

    /// <summary>|got − this| in units of the last place that a number of <paramref name="bits"/> bits has here.</summary>
    public double Ulps(double got, int bits, int smallest)
    {
        int last = Math.Max(Exponent - bits + 1, smallest);
        BigFloat error = (this - got).Scale(-last);
        return error.M.IsZero ? 0 : Math.ScaleB((double)(BigInteger.Abs(error.M) >> Math.Max(0, (int)error.M.GetBitLength() - 60)), error.E + Math.Max(0, (int)error.M.GetBitLength() - 60));
    }

    private static BigFloat Round(BigInteger m, int e)
    {
        int extra = (int)BigInteger.Abs(m).GetBitLength() - Bits;
        return extra <= 0 ? new(m, e) : new(m >> extra, e + extra);
    }
}
