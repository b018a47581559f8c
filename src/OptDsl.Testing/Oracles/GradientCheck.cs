using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The gradient of a model, as the compiler made it and a double computes it, against two oracles that know nothing of it but the
/// declared loss: central differences, and derivatives carried forward, both with 31 digits. Per tensor the first and the
/// last element, some between, and one direction through all of them.
/// </summary>
internal sealed class GradientCheck
{
    /// <summary>Of the tensor's largest gradient: what a double may be off, and what the graph itself may.</summary>
    public const double Tolerance = 1e-9, Exact = 1e-13;

    /// <summary>
    /// Derivatives that were asked for; that lay at a kink; that differences could not tell exactly enough; that are right but
    /// lose more than the tolerance when a double computes them.
    /// </summary>
    public int Asked { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int AtKinks { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int Undecided { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int Rounded { get; private set; }

    /// <summary>Changes a gradient before it is checked: shows that the check can fail.</summary>
    public Action<string, double[]>? Tamper { get; init; }

    /// <exception cref="MismatchException">A derivative is wrong.</exception>
    public void Run(Model model, int examples, int seed)
    {
        var at = new GradientPoint(model, examples, seed);
        foreach (var parameter in model.Trained)
        {
            var (exact, computed) = at.Gradient(parameter.Path);
            Tamper?.Invoke(parameter.Path, computed);
            Tamper?.Invoke(parameter.Path, exact);
            foreach (var direction in Directions(exact.Length, at.Random)) Along(at, parameter.Path, exact, computed, direction);
        }
    }

    void Along(GradientPoint at, string name, double[] exact, double[] computed, IReadOnlyList<(int Index, double Part)> direction)
    {
        Asked++;
        double largest = exact.Max(Math.Abs), wanted = direction.Sum(d => exact[d.Index] * d.Part), found = direction.Sum(d => computed[d.Index] * d.Part);
        if (at.IsKink)
        {
            AtKinks++;
            return;
        }
        var carried = at.Carried(name, direction);
        // Where the loss is computed to 31 digits, nothing below its 25th is evidence.
        if (!(Math.Abs(carried - wanted) <= Exact * largest + at.Noise)) throw Wrong($"the derivative carried forward is {Text(carried)}");
        if (at.Difference(name, direction, Tolerance / 4 * largest + at.Noise) is not { } slope) AtKinks++;
        // Agreement certifies; the differences' own error may only excuse, and is counted.
        else if (Math.Abs(slope.Derivative - wanted) is var off && !(off <= Tolerance * largest + at.Noise))
        {
            if (off <= slope.Error) Undecided++;
            else throw Wrong($"differences say {Text(slope.Derivative)} ± {slope.Error.ToString("E1", CultureInfo.InvariantCulture)}");
        }
        // The same graph with more digits is right: what is left is rounding.
        if (!(Math.Abs(found - wanted) <= Tolerance * largest + at.Noise)) Rounded++;

        MismatchException Wrong(string oracle) =>
            new($"gradient of {name} along {(direction.Count == 1 ? "element " + direction[0].Index : "a direction")}: {Text(wanted)}, {oracle}");
    }

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static IEnumerable<IReadOnlyList<(int Index, double Part)>> Directions(int size, Random random)
    {
        foreach (var index in new[] { 0, size - 1, random.Next(size), random.Next(size) }.Distinct()) yield return [(index, 1)];
        if (size > 1) yield return [.. Enumerable.Range(0, size).Select(i => (i, (random.Next(2) * 2 - 1) / Math.Sqrt(size)))];
    }
}
