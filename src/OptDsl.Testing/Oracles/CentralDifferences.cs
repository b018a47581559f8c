namespace OptDsl.Testing;

/// <summary>What differences say: the derivative and how far it may be off.</summary>
internal readonly record struct Slope(double Derivative, double Error);

/// <summary>
/// The derivative of a function of one number, known to about 31 digits. Central differences at halved steps, extrapolated to
/// the stencils of five, seven and nine points (Romberg's table); the estimate of an entry's error is its distance to its
/// neighbours of the step before and of the order before, plus what rounding the function does. In double the same table
/// ends at about 1e-10 of the function's value, which is no digit of a gradient that is much smaller.
/// </summary>
internal static class CentralDifferences
{
    const int Levels = 22, Orders = 4;

    const double First = 1.0 / 256, Rounding = 1e-31;

    /// <summary>The best estimate, or the first one whose error is small enough; null where every stencil crosses a kink.</summary>
    /// <param name="f">The function at an offset; null where it took another branch than at 0.</param>
    /// <param name="enough">An error that is small enough.</param>
    public static Slope? At0(Func<double, DoubleDouble?> f, double enough)
    {
        Slope? best = null;
        double[] before = [];
        for (var (level, h) = (0, First); level < Levels; level++, h /= 2)
        {
            if (f(h) is not { } plus || f(-h) is not { } minus)
            {
                before = [];
                continue;
            }
            var row = Row(((plus - minus) / DoubleDouble.Create(2 * h)).Value, before);
            // What the function adds up may be larger than its value: of the order of 1 here.
            var rounding = Rounding * (1 + Math.Max(Math.Abs(plus.Value), Math.Abs(minus.Value))) / h;
            // Three points alone are never trusted.
            for (var order = 1; order < before.Length; order++)
            {
                var slope = new Slope(row[order], Math.Max(Math.Abs(row[order] - before[order]), Math.Abs(row[order] - row[order - 1])) + rounding);
                if (!(best?.Error <= slope.Error)) best = slope;
            }
            if (best?.Error <= enough) return best;
            before = row;
        }
        return best;
    }

    /// <summary>Each order removes the next even power of the step.</summary>
    static double[] Row(double difference, double[] before)
    {
        var row = new double[Math.Min(before.Length + 1, Orders)];
        row[0] = difference;
        for (var (order, power) = (1, 4.0); order < row.Length; order++, power *= 4) row[order] = (power * row[order - 1] - before[order - 1]) / (power - 1);
        return row;
    }
}
