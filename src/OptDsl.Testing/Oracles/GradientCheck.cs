using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The gradient of a model against central differences of its loss, in double: the loss comes from the graph as it was
/// declared, the gradient from the graph that is compiled. Per tensor the first and the last element, some between, and one
/// direction through all of them.
/// </summary>
internal sealed class GradientCheck
{
    /// <summary>Of the tensor's largest gradient.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Derivatives that were asked for; that lay at a kink; that differences could not tell exactly enough.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int AtKinks { get; private set; }

    /// <inheritdoc cref="Asked"/>
    public int Undecided { get; private set; }

    /// <summary>Changes a gradient before it is checked: shows that the check can fail.</summary>
    public Action<string, double[]>? Tamper { get; init; }

    /// <exception cref="MismatchException">A derivative is wrong.</exception>
    public void Run(Model model, int examples, int seed)
    {
        var (declared, compiled) = (Lower.Run(model), ModelCompiler.Optimize(model));
        var (loss, gradient) = (new Interpreter<Real64>(declared), new Interpreter<Real64>(compiled));
        var random = new Random(seed);
        foreach (var (name, numbers) in new RandomData(model, compiled, examples, seed, zeros: false).Columns) loss.Data[name] = gradient.Data[name] = numbers;
        foreach (var parameter in model.Trained)
        {
            var scale = Math.Sqrt(3.0 / (parameter.Rank == 2 ? parameter.Shape[0] : 2));
            loss.State[parameter.Path] = gradient.State[parameter.Path] = [.. Enumerable.Range(0, (int)parameter.Shape.Size).Select(_ => new Real64((2 * random.NextDouble() - 1) * scale))];
        }
        var values = gradient.Evaluate(examples, compiled.Roots.Gradients.Select(g => g.Value));
        var below = Branches.Below(declared.Roots.Loss);
        var at0 = Branches.Of(below, loss.Evaluate(examples, [declared.Roots.Loss]));
        foreach (var (name, value) in compiled.Roots.Gradients)
        {
            var of = Array.ConvertAll(values[value], g => g.Value);
            Tamper?.Invoke(name, of);
            foreach (var direction in Directions(of.Length, random)) Along(name, of, direction);
        }

        void Along(string name, double[] of, IReadOnlyList<(int Index, double Part)> direction)
        {
            Asked++;
            var start = loss.State[name];
            var tolerance = Tolerance * of.Max(Math.Abs);
            var slope = CentralDifferences.At0(h =>
            {
                var moved = (Real64[])start.Clone();
                foreach (var (index, part) in direction) moved[index] += new Real64(h * part);
                loss.State[name] = moved;
                var all = loss.Evaluate(examples, [declared.Roots.Loss]);
                return Branches.AreSame(at0, Branches.Of(below, all)) ? all[declared.Roots.Loss][0].Value : null;
            }, tolerance / 4);
            loss.State[name] = start;
            var expected = direction.Sum(d => of[d.Index] * d.Part);
            if (slope is not { } found) AtKinks++;
            // Agreement certifies; the differences' own error may only excuse, and is counted.
            else if (Math.Abs(found.Derivative - expected) is var off && !(off <= tolerance))
            {
                if (off <= found.Error) Undecided++;
                else throw new MismatchException(string.Create(CultureInfo.InvariantCulture,
                    $"gradient of {name} along {(direction.Count == 1 ? $"element {direction[0].Index}" : "a direction")}: {expected:R}, differences say {found.Derivative:R} ± {found.Error:E1}"));
            }
        }
    }

    static IEnumerable<IReadOnlyList<(int Index, double Part)>> Directions(int size, Random random)
    {
        foreach (var index in new[] { 0, size - 1, random.Next(size), random.Next(size) }.Distinct()) yield return [(index, 1)];
        if (size > 1) yield return [.. Enumerable.Range(0, size).Select(i => (i, (random.Next(2) * 2 - 1) / Math.Sqrt(size)))];
    }
}
