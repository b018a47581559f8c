using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The gradient of a model against two oracles that know nothing of it but the declared loss: central differences, and
/// derivatives carried forward, all with 31 digits; then what simplification and a double's rounding make of it. Per tensor
/// the first and the last element, some between, and one direction through all of them.
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

    /// <summary>The largest error of a float gradient, of its tensor's largest element.</summary>
    public double WorstInFloat { get; private set; }

    /// <summary>The largest element of any gradient, by parameter.</summary>
    public Dictionary<string, double> Largest { get; } = [];

    /// <summary>Changes a gradient before it is checked: shows that the check can fail.</summary>
    public Action<string, double[]>? Tamper { get; init; }

    /// <exception cref="MismatchException">A derivative is wrong.</exception>
    public void Run(Model model, int examples, int seed) => Run(new(model, examples, seed));

    /// <inheritdoc cref="Run(Model, int, int)"/>
    public void Run(GradientPoint at)
    {
        foreach (var parameter in at.Model.Trained)
        {
            var gradient = at.Gradient(parameter.Path);
            var largest = gradient.Exact.Max(Math.Abs);
            Largest[parameter.Path] = Math.Max(Largest.GetValueOrDefault(parameter.Path), largest);
            // What is 0 by algebra has no digits.
            if (!at.IsFar && largest > 1e-15 * at.Largest) WorstInFloat = Math.Max(WorstInFloat, at.OffInFloat(parameter.Path));
            foreach (var numbers in new[] { gradient.Exact, gradient.Simplified, gradient.Computed }) Tamper?.Invoke(parameter.Path, numbers);
            foreach (var direction in Directions(gradient.Exact.Length, at.Random)) Along(at, parameter.Path, gradient, direction);
        }
    }

    void Along(GradientPoint at, string name, (double[] Exact, double[] Simplified, double[] Computed) gradient, IReadOnlyList<(int Index, double Part)> direction)
    {
        Asked++;
        if (at.IsKink)
        {
            AtKinks++;
            return;
        }
        double largest = gradient.Exact.Max(Math.Abs), wanted = Dot(gradient.Exact), carried = at.Carried(name, direction);
        // With 31 digits, nothing below the 25th of the largest number is evidence.
        var noise = 1e-25 * at.Largest;
        if (!(Math.Abs(carried - wanted) <= Exact * largest + noise)) throw Wrong($"the derivative carried forward is {Text(carried)}");
        if (at.Difference(name, direction, Tolerance / 4 * largest + noise) is not { } slope) AtKinks++;
        // Agreement certifies; the differences' own error may only excuse, and is counted.
        else if (Math.Abs(slope.Derivative - wanted) is var off && !(off <= Tolerance * largest + noise))
        {
            if (off <= slope.Error) Undecided++;
            else throw Wrong($"differences say {Text(slope.Derivative)} ± {slope.Error.ToString("E1", CultureInfo.InvariantCulture)}");
        }
        // Numbers that simplification folded are doubles; what they lack may only matter where larger numbers cancel.
        if (!(Math.Abs(Dot(gradient.Simplified) - wanted) <= Exact * largest + 1e-15 * at.Largest)) throw Wrong($"simplified it is {Text(Dot(gradient.Simplified))}");
        if (!at.IsFar && !(Math.Abs(Dot(gradient.Computed) - wanted) <= Tolerance * largest + noise)) Rounded++;

        double Dot(double[] of) => direction.Sum(d => of[d.Index] * d.Part);

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
