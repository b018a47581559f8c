namespace OptDsl;

/// <summary>
/// From losses to heights, 0 for the lowest and 1 for the highest: logarithmic where all are positive and the highest is many times the
/// lowest, since a loss falls by factors; else linear.
/// </summary>
readonly struct LossScale
{
    const double Many = 20;

    readonly double low, high;
    readonly bool logarithmic;

    LossScale(double low, double high) => (this.low, this.high, logarithmic) = (low, high, low > 0 && high / low >= Many);

    /// <summary>The scale from the smallest to the largest; NaN is left out.</summary>
    public static LossScale Of(IEnumerable<double> losses)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double loss in losses)
            if (!double.IsNaN(loss))
                (low, high) = (Math.Min(low, loss), Math.Max(high, loss));
        return low > high ? new(0, 1) : new(low, high);
    }

    /// <summary>This scale; with room around a single loss.</summary>
    public LossScale Widened()
    {
        double room = high > low ? 0 : Math.Max(1e-3, Math.Abs(low) * 0.1);
        return new(low - room, high + room);
    }

    /// <summary>The smallest loss.</summary>
    public double Low => low;

    /// <summary>The largest loss.</summary>
    public double High => high;

    /// <summary>0 … 1; 0 where all losses are equal. Halves, so that the widest range does not overflow.</summary>
    public double Height(double loss) => high <= low ? 0
        : logarithmic ? Math.Log(loss / low) / Math.Log(high / low)
        : (loss / 2 - low / 2) / (high / 2 - low / 2);

    /// <summary>Round losses within the scale; on a logarithmic one 1, 2 and 5 times powers of ten, or only the powers where those are many.</summary>
    public double[] Ticks()
    {
        if (!logarithmic)
            return SvgPlot.Ticks(low, high);
        int first = (int)Math.Floor(Math.Log10(low)), last = (int)Math.Ceiling(Math.Log10(high));
        double[] mantissas = last - first > 4 ? [1] : [1, 2, 5];
        (double from, double to) = (low * (1 - 1e-9), high * (1 + 1e-9));
        int apart = 1 + (last - first) / 10;
        return [.. Enumerable.Range(0, last - first + 1).Where(k => k % apart == 0)
            .SelectMany(k => mantissas.Select(m => m * Math.Pow(10, first + k)))
            .Where(tick => tick >= from && tick <= to)];
    }
}
