using System.Globalization;

namespace OptDsl.Benchmarks;

static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The median with the least and the largest value: <c>1.41 [1.38 … 1.52]</c>, as the console's markup.</summary>
    public static string Spread(IReadOnlyCollection<double> values) =>
        $"{Text(Median(values))} [[{Text(values.Min())} … {Text(values.Max())}]]";

    /// <summary>Three digits at least, and no powers of ten.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "F0" : "G3", CultureInfo.InvariantCulture);
}
