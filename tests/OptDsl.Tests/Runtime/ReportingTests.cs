using System.Globalization;
using System.Xml.Linq;
using FsCheck.Fluent;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class ReportingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_falling_line_falls()
    {
        Assert.Equal("7 ┤⠑⢄⠀⠀\n0 ┤⠀⠀⠑⢄\n", Curve(Enumerable.Range(0, 8).Select(i => 7.0 - i)).Braille(4, 2));
        Assert.Equal("1 ┤⣀⣀⣀\n", Curve([1, 1, 1, 1, 1, 1]).Braille(3, 1));
        Assert.Equal("1 ┤⡀\n", Curve([1]).Braille(1, 1));
        Assert.Equal("loss: no points", new LossCurve().Braille());
        Assert.Equal("loss: no points", new LossCurve().ToString());
    }

    [Fact]
    public void A_line_has_first_and_last_loss_and_its_width()
    {
        string line = Curve([2.3456, 1, 0.01234]).ToString();
        Assert.StartsWith("2.35 ", line, StringComparison.Ordinal);
        Assert.EndsWith(" 0.0123", line, StringComparison.Ordinal);
        Assert.Equal(40, line.Count(c => c is >= '\u2800' and <= '\u28ff'));
    }

    [Fact]
    public void A_long_run_is_thinned_and_keeps_its_shape()
    {
        var curve = new LossCurve();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 1; step <= 1_000_000; step++)
            curve.Report(new TrainStep(step, 1000.0 - step / 1000.0, 1, default));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
        Assert.InRange(curve.Count, 2000, 4096);
        for (int i = 0; i < curve.Count; i++)
            Assert.Equal(1000 - curve.Steps[i] / 1000, curve.Losses[i], 6);
        Assert.InRange(curve.Steps[0], 1, 1000);
        Assert.InRange(curve.Steps[^1], 999_000, 1_000_000);
    }

    [Fact]
    public void What_is_no_number_is_left_out()
    {
        LossCurve curve = Curve([1, double.NaN, double.PositiveInfinity, 2]);
        Assert.Equal([1, 2], curve.Losses.ToArray());
        Curve([1e308, -1e308]).Svg();
        Curve([1e308, -1e308]).Braille();
    }

    [Fact]
    public void The_picture_is_well_formed_and_inside_its_frame()
    {
        var other = new LossCurve("held-out <1>");
        other.Add(0, 2);
        other.Add(900, 0.5);
        LossCurve curve = Curve(Enumerable.Range(0, 1000).Select(i => 2.3 * Math.Exp(-i / 200.0)));
        curve.SaveSvg(folder["loss.svg"], "Digits & more", other);
        XElement svg = XElement.Load(folder["loss.svg"]);
        XNamespace ns = "http://www.w3.org/2000/svg";
        string[] texts = [.. svg.Elements(ns + "text").Select(t => t.Value)];
        Assert.Contains("Digits & more", texts);
        Assert.Contains("held-out <1>", texts);
        foreach (string tick in new[] { "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "200", "400", "600", "800", "step", "loss" })
            Assert.Contains(tick, texts);
        XElement[] lines = [.. svg.Elements(ns + "polyline")];
        Assert.Equal([1000, 1000, 2], lines.Select(l => l.Attribute("points")!.Value.Trim().Split(' ').Length));   // a noisy curve, its mean, a short one
        foreach (string point in lines.SelectMany(l => l.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            double[] xy = [.. point.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            Assert.InRange(xy[0], 72, 700);
            Assert.InRange(xy[1], 48, 366);
        }
    }

    [Fact]
    public void Losses_far_apart_are_drawn_by_factors()
    {
        // A factor in each column is a straight line; with a zero among them there are no factors.
        Assert.Equal("100 ┤⠑⢄⠀⠀\n  1 ┤⠀⠀⠑⢄\n", Curve(Enumerable.Range(0, 8).Select(i => Math.Pow(10, (7 - i) / 3.5))).Braille(4, 2));
        Assert.Equal([0.5, 1, 2, 5], LossScale.Of([7, 0.3]).Ticks());
        Assert.Equal([1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1], LossScale.Of([1, 1e-5]).Ticks().Select(t => Math.Round(t, 9)));
        Assert.InRange(LossScale.Of([1e-200, 1]).Ticks().Length, 3, 11);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], LossScale.Of([0, 7]).Ticks());
    }

    [Fact]
    public void Pictures_of_nothing_and_of_one_point_are_well_formed()
    {
        XElement.Parse(new LossCurve().Svg());
        XElement.Parse(Curve([3]).Svg());
        XElement.Parse(Curve([0, 0, 0]).Svg());
    }

    [Fact]
    public void Ticks_are_round_few_and_within() => Properties.Hold(Prop.ForAll(
        Gen.Choose(-1000, 1000).Zip(Gen.Choose(1, 100_000)).Zip(Gen.Choose(-8, 8)).ToArbitrary(), x =>
        {
            ((int start, int length), int power) = x;
            double scale = Math.Pow(10, power), low = start * scale, high = (start + length) * scale;
            double[] ticks = SvgPlot.Ticks(low, high);
            double step = ticks[1] - ticks[0], mantissa = Math.Round(step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9)), 6);
            return ticks.Length is >= 3 and <= 11 && ticks[0] >= low - 1e-6 * step && ticks[^1] <= high + 1e-6 * step && mantissa is 1 or 2 or 5;
        }));

    [Fact]
    public void The_summary_is_a_table_with_totals()
    {
        using var learner = Linear.New();
        Assert.Equal(
            """
            Linear
            layer   shape  parameters  FLOPs/example
            ──────────────────────────────────────────
            dense1  2 → 1           3             12
            ──────────────────────────────────────────
            total                   3             12
            step of 4 examples: 60 FLOPs, at least 112 B moved
            parameters and slots 32 B, arena 1,472 B

            """.ReplaceLineEndings("\n"), learner.Summary);
    }

    static LossCurve Curve(IEnumerable<double> losses)
    {
        var curve = new LossCurve();
        int step = 0;
        foreach (double loss in losses)
            curve.Add(++step, loss);
        return curve;
    }
}
