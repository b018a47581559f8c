using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>What operands are filled with: numbers at which operations go wrong, among others.</summary>
sealed class OpNumbers(Precision precision, bool extremes)
{
    static readonly double[] singles = [float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, -1.17549435e-38f, float.MaxValue, -float.MaxValue, 1e-30f, 1e30f, -88.7f, 89f],
        doubles = [double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, -2.2250738585072014e-308, double.MaxValue, -double.MaxValue, 1e-300, 1e300, -745.1, 709.8],
        always = [0, -0.0, 1, -1, 0.5, -2, 3, 10, -20];

    readonly double[] edges =
    [
        .. always,
        .. precision == Precision.Single ? new double[] { MathF.BitIncrement(1), MathF.BitDecrement(1), -MathF.BitIncrement(1) } : [Math.BitIncrement(1), Math.BitDecrement(1), -Math.BitIncrement(1)],
        .. !extremes ? [1e-30f, -1e30f] : precision == Precision.Single ? singles : doubles,
        .. extremes ? new[] { double.PositiveInfinity, double.NegativeInfinity, double.NaN } : [],
    ];

    /// <summary>Half of them edges, the others of any size that is usual.</summary>
    public double[] Draw(Dice dice, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            var plain = (dice.Uniform() * 2 - 1) * Math.ScaleB(1, dice.Between(-6, 4));
            numbers[i] = dice.Chance(0.5) ? dice.One(edges) : precision == Precision.Single ? (float)plain : plain;
        }
        return numbers;
    }
}
