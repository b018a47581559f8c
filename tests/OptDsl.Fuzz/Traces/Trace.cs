using System.Globalization;
using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Iterates that another library took, as it recorded them.</summary>
/// <param name="Rule">Its name there, with the options.</param>
/// <param name="Problem">What was minimised.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Note">Why it is shorter than others; else empty.</param>
/// <param name="Iterates">Some of them, by step.</param>
sealed record Trace(string Rule, string Problem, double Rate, string Note, IReadOnlyList<(int Step, double[] Weights)> Iterates)
{
    /// <summary>Of the largest weight on the way.</summary>
    public const double Limit = 1e-10;

    /// <summary>The recorded traces of PyTorch, by their headings.</summary>
    public static IReadOnlyList<Trace> Torch { get; } = [.. Read("torch_traces.txt")];

    /// <summary>The word of <see cref="Dsl"/> that it is about; empty for none.</summary>
    public string Word => TorchRules.All[Rule].Word;

    /// <exception cref="MismatchException">The rule goes elsewhere.</exception>
    public void Check()
    {
        if (!(Error() is var error && error <= Limit)) throw new MismatchException(FormattableString.Invariant($"{error:E1} of the largest weight beside the trace"));
    }

    /// <summary>The largest distance between the library's rule and the trace, relative to the largest weight on the way.</summary>
    public double Error()
    {
        var (loss, start) = TorchRules.Problem(Problem);
        var model = loss(Dsl.Parameter(start)).Minimize(TorchRules.All[Rule].Make(Rate));
        var interpreter = new Interpreter<Real64>(ModelCompiler.Optimize(model)) { State = { [model.Parameters[0].Path] = Array.ConvertAll(start, Real64.Create) } };
        interpreter.Start();
        var (error, largest, step) = (0.0, start.Max(Math.Abs), 0);
        foreach (var (until, weights) in Iterates)
        {
            for (; step < until; step++)
            {
                interpreter.Learn(1);
                largest = Math.Max(largest, interpreter.State[model.Parameters[0].Path].Max(w => Math.Abs(w.Value)));
            }
            var at = interpreter.State[model.Parameters[0].Path];
            // Max keeps a distance that is no number.
            for (var i = 0; i < at.Length; i++) error = Math.Max(error, Math.Abs(at[i].Value - weights[i]) / largest);
        }
        return error;
    }

    static IEnumerable<Trace> Read(string file)
    {
        using var stream = typeof(Trace).Assembly.GetManifestResourceStream(file)!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();
        for (var i = 0; i < lines.Length;)
        {
            var heading = lines[i++].Split(" | ");
            var iterates = new List<(int, double[])>();
            for (; i < lines.Length && !lines[i].Contains('|'); i++)
                if (lines[i].Split(' ') is [var step, .. var weights]) iterates.Add((int.Parse(step, CultureInfo.InvariantCulture), Array.ConvertAll(weights, Number)));
            yield return new(heading[0], heading[1], Number(heading[2].TrimEnd()), heading.ElementAtOrDefault(3) ?? "", iterates);
        }
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public override string ToString() => $"{Rule} | {Problem}";
}
