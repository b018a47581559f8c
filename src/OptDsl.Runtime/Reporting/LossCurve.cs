namespace OptDsl;

/// <summary>
/// The loss over the steps, for the terminal and as a picture: <c>steps.Report(curve)</c>. Long runs are thinned by averaging neighbours, so
/// that a curve keeps its size; adding allocates nothing.
/// </summary>
/// <param name="name">What the legend says.</param>
public sealed class LossCurve(string name = "loss") : IProgress<TrainStep>
{
    const int Capacity = 4096;

    readonly double[] steps = new double[Capacity], losses = new double[Capacity];
    double stepSum, lossSum;
    int pending, perPoint = 1;

    /// <summary>What the legend says.</summary>
    public string Name => name;

    /// <summary>How many points are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The steps of the points, ascending as they were added.</summary>
    public ReadOnlySpan<double> Steps => steps.AsSpan(0, Count);

    /// <summary>The losses of the points.</summary>
    public ReadOnlySpan<double> Losses => losses.AsSpan(0, Count);

    /// <summary>Adds a step of a training.</summary>
    public void Report(TrainStep value) => Add(value.Step, value.Loss);

    /// <summary>Adds a point; one that is no finite number is left out.</summary>
    public void Add(double step, double loss)
    {
        if (!double.IsFinite(step) || !double.IsFinite(loss))
            return;
        (stepSum, lossSum) = (stepSum + step, lossSum + loss);
        if (++pending < perPoint)
            return;
        if (Count == Capacity)
            Halve();
        else
            Keep();
    }

    /// <summary>The curve in <paramref name="rows"/> lines of braille, the highest and lowest (means of a column) beside it; logarithmic where they are far apart.</summary>
    public string Braille(int width = 60, int rows = 4) => BraillePlot.Draw(this, width, rows);

    /// <summary>The curve in one line: <c>2.31 ⠉⠒⠤⢄⣀⣀ 0.0412</c>.</summary>
    public override string ToString() => BraillePlot.Line(this, 40);

    /// <summary>A picture of this curve and <paramref name="others"/> with axes, ticks and a title; a noisy curve is faint, its running mean is not.</summary>
    public string Svg(string title = "Training", params LossCurve[] others) => SvgPlot.Draw(title, [this, .. others]);

    /// <summary>Writes the picture, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path, string title = "Training", params LossCurve[] others) =>
        Runtime.AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Svg(title, others))));

    void Keep()
    {
        (steps[Count], losses[Count]) = (stepSum / pending, lossSum / pending);
        Count++;
        (stepSum, lossSum, pending) = (0, 0, 0);
    }

    // Every two points become one; what is pending is then the first half of the next point.
    void Halve()
    {
        for (int i = 0; i < Capacity / 2; i++)
        {
            steps[i] = (steps[2 * i] + steps[2 * i + 1]) / 2;
            losses[i] = (losses[2 * i] + losses[2 * i + 1]) / 2;
        }
        (Count, perPoint) = (Capacity / 2, 2 * perPoint);
    }
}
