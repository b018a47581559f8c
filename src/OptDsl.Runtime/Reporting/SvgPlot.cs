using System.Globalization;
using System.Security;
using System.Text;

namespace OptDsl;

/// <summary>A line chart as SVG: a title, two axes with round ticks, a line and a legend entry for each curve.</summary>
static class SvgPlot
{
    const double Width = 720, Height = 420, Left = 72, Right = 700, Top = 48, Bottom = 366;

    /// <summary>From so many points on a curve is noise around its mean, taken over so many parts of it.</summary>
    const int Smoothed = 100;

    static readonly string[] Colours = ["#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed"];

    public static string Draw(string title, LossCurve[] curves)
    {
        (double x0, double x1) = Range(curves);
        LossScale scale = LossScale.Of(curves.SelectMany(c => c.Losses.ToArray())).Widened();
        double[] xs = Ticks(x0, x1), ys = scale.Ticks();
        double X(double step) => Left + (step - x0) / (x1 - x0) * (Right - Left);
        double Y(double loss) => Bottom - scale.Height(loss) * (Bottom - Top);

        var svg = new StringBuilder();
        void Add(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        void Polyline(ReadOnlySpan<double> steps, ReadOnlySpan<double> losses, string stroke)
        {
            svg.Append("<polyline fill=\"none\" stroke-linejoin=\"round\" ").Append(stroke).Append(" points=\"");
            for (int k = 0; k < steps.Length; k++)
                svg.Append(string.Create(CultureInfo.InvariantCulture, $"{X(steps[k]):0.##},{Y(losses[k]):0.##} "));
            svg.Append("\"/>\n");
        }

        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="system-ui, sans-serif" font-size="13" fill="#374151">""");
        Add($"""<title>{SecurityElement.Escape(title)}</title>""");
        Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        Add($"""<text x="{(Left + Right) / 2}" y="28" text-anchor="middle" font-size="17" fill="#111827">{SecurityElement.Escape(title)}</text>""");
        foreach (double y in ys)
        {
            Add($"""<line x1="{Left}" y1="{Y(y):0.##}" x2="{Right}" y2="{Y(y):0.##}" stroke="#e5e7eb"/>""");
            Add($"""<text x="{Left - 8}" y="{Y(y) + 4.5:0.##}" text-anchor="end">{y:G6}</text>""");
        }
        foreach (double x in xs)
        {
            Add($"""<line x1="{X(x):0.##}" y1="{Bottom}" x2="{X(x):0.##}" y2="{Bottom + 5}" stroke="#6b7280"/>""");
            Add($"""<text x="{X(x):0.##}" y="{Bottom + 20}" text-anchor="middle">{x:G6}</text>""");
        }
        Add($"""<path d="M{Left} {Top}V{Bottom}H{Right}" fill="none" stroke="#6b7280"/>""");
        Add($"""<text x="{(Left + Right) / 2}" y="{Bottom + 42}" text-anchor="middle">step</text>""");
        Add($"""<text transform="translate(18 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">loss</text>""");
        for (int i = 0; i < curves.Length; i++)
        {
            string colour = Colours[i % Colours.Length];
            double[] means = RunningMean(curves[i].Losses, curves[i].Count / Smoothed);
            if (curves[i].Count >= Smoothed)
                Polyline(curves[i].Steps, curves[i].Losses, $"stroke=\"{colour}\" stroke-opacity=\"0.25\"");
            Polyline(curves[i].Steps, means, $"stroke=\"{colour}\" stroke-width=\"2\"");
            Add($"""<text x="{Right - 8}" y="{Top + 14 + 18 * i}" text-anchor="end" fill="{colour}">{SecurityElement.Escape(curves[i].Name)}</text>""");
        }
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, three to eleven of them, within the range.</summary>
    internal static double[] Ticks(double low, double high)
    {
        double rough = (high - low) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        double first = Math.Ceiling(low / step - 1e-9), last = Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>The mean of each loss and of up to <paramref name="reach"/> on either side.</summary>
    static double[] RunningMean(ReadOnlySpan<double> losses, int reach)
    {
        double[] means = new double[losses.Length];
        for (int i = 0; i < means.Length; i++)
        {
            ReadOnlySpan<double> near = losses[Math.Max(0, i - reach)..Math.Min(losses.Length, i + reach + 1)];
            double sum = 0;
            foreach (double loss in near)
                sum += loss / near.Length;
            means[i] = sum;
        }
        return means;
    }

    /// <summary>From the first step to the last; never empty.</summary>
    static (double Low, double High) Range(LossCurve[] curves)
    {
        double[] steps = [.. curves.SelectMany(c => c.Steps.ToArray())];
        if (steps.Length == 0)
            return (0, 1);
        (double low, double high) = (steps.Min(), steps.Max());
        double room = high > low ? 0 : Math.Max(1e-3, Math.Abs(low) * 0.1);
        return (low - room, high + room);
    }
}
