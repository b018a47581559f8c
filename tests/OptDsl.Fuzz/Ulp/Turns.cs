using System.Numerics;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Large angles, exactly: integers that count 2^-Bits.</summary>
static class Turns
{
    const int Bits = 400;

    static readonly BigInteger turn = 2 * (16 * ArcTangentOfOneOver(5) - 4 * ArcTangentOfOneOver(239));

    /// <summary>The angle without its full turns.</summary>
    public static DoubleDouble Without(DoubleDouble angle)
    {
        if (!double.IsFinite(angle.Value) || Math.Abs(angle.Value) < 1) return angle;
        var exponent = Math.ILogB(angle.Value) - 52;
        var rest = (((BigInteger)Math.ScaleB(angle.Value, -exponent)) << (Bits + exponent)) % turn;
        var high = (double)rest;
        return DoubleDouble.Create(Math.ScaleB(high, -Bits)) + DoubleDouble.Create(Math.ScaleB((double)(rest - (BigInteger)high), -Bits));
    }

    /// <summary>Machin's series for π is made of these.</summary>
    static BigInteger ArcTangentOfOneOver(int x)
    {
        BigInteger power = (BigInteger.One << Bits) / x, sum = power;
        for (var i = 3; power != 0; i += 2)
        {
            power /= -x * x;
            sum += power / i;
        }
        return sum;
    }
}
