using System.Globalization;
using System.Text;

namespace OptDsl;

/// <summary>Curves from braille characters, each two dots wide and four high.</summary>
static class BraillePlot
{
    // U+2800 + a bit for each dot, from the top: left 1 2 4 64, right 8 16 32 128.
    static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    public static string Line(LossCurve curve, int width)
    {
        if (curve.Count == 0)
            return $"{curve.Name}: no points";
        return $"{Number(curve.Losses[0])} {Grid(curve, width, 1).Lines[0]} {Number(curve.Losses[^1])}";
    }

    public static string Draw(LossCurve curve, int width, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (curve.Count == 0)
            return $"{curve.Name}: no points";
        (string[] lines, LossScale scale) = Grid(curve, width, rows);
        string top = Number(scale.High), bottom = Number(scale.Low);
        int margin = Math.Max(top.Length, bottom.Length);
        var text = new StringBuilder();
        for (int r = 0; r < rows; r++)
            text.Append((r == 0 ? top : r == rows - 1 ? bottom : "").PadLeft(margin)).Append(" ┤").Append(lines[r]).Append('\n');
        return text.ToString();
    }

    static (string[] Lines, LossScale Scale) Grid(LossCurve curve, int width, int rows)
    {
        double[] means = Columns(curve, 2 * width);
        LossScale scale = LossScale.Of(means);
        int levels = 4 * rows;
        int[,] cells = new int[rows, width];
        int previous = -1;
        for (int x = 0; x < means.Length; x++)
        {
            if (double.IsNaN(means[x]))
                continue;
            int y = (int)Math.Round((1 - scale.Height(means[x])) * (levels - 1));
            // A steep piece is a vertical line from the dot before.
            for (int from = previous < 0 ? y : Math.Min(y, previous + Math.Sign(y - previous)), to = previous < 0 ? y : Math.Max(y, previous + Math.Sign(y - previous)); from <= to; from++)
                cells[from / 4, x / 2] |= Dots[x % 2, from % 4];
            previous = y;
        }
        return ([.. Enumerable.Range(0, rows).Select(r => string.Concat(Enumerable.Range(0, width).Select(c => (char)(0x2800 + cells[r, c]))))], scale);
    }

    /// <summary>The mean loss of each column; NaN where there is no point.</summary>
    static double[] Columns(LossCurve curve, int columns)
    {
        double first = curve.Steps[0], span = curve.Steps[^1] - first;
        double[] sums = new double[columns];
        int[] counts = new int[columns];
        for (int i = 0; i < curve.Count; i++)
        {
            int x = span > 0 ? Math.Clamp((int)((curve.Steps[i] - first) / span * columns), 0, columns - 1) : 0;
            sums[x] += curve.Losses[i];
            counts[x]++;
        }
        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)];
    }

    static string Number(double x) => x.ToString("G3", CultureInfo.InvariantCulture);
}
