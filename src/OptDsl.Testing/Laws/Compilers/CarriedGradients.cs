using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// The derivatives of a declared loss at one point, carried forward once with 31 digits, for as many gradients as are asked.
/// Either at a random point, or on ties: |x| has slope 0 at 0, a choice the slope of what it chose, and a gradient has to agree.
/// </summary>
internal sealed class CarriedGradients
{
    static readonly double[] few = [0, -0.0, 1, -1, 0.5];

    readonly Interpreter<DoubleDouble> at;
    readonly List<(string Parameter, IReadOnlyList<(int Index, double Part)> Direction, double Slope)> slopes = [];
    readonly double least;
    readonly int examples;

    public CarriedGradients(Model model, Graph declared, int seed, bool onTies)
    {
        // Any number of examples: at three of them ½ − ⅓ is ½ · ⅓.
        (at, examples) = (new(declared), 1 + seed % 4);
        var random = new Random(seed);
        var carrying = new Interpreter<Dual<DoubleDouble>>(declared);
        foreach (var (name, numbers) in new RandomData(model, declared, examples, seed, zeros: false).Columns)
            at.Data[name] = carrying.Data[name] = onTies && !numbers.All(double.IsInteger) ? Array.ConvertAll(numbers, _ => few[random.Next(few.Length)]) : numbers;
        foreach (var parameter in model.Trained)
        {
            double[] numbers = [.. Enumerable.Range(0, (int)parameter.Shape.Size).Select(_ => onTies ? few[random.Next(few.Length)] : 2 * random.NextDouble() - 1)];
            (at.State[parameter.Path], carrying.State[parameter.Path]) = (Array.ConvertAll(numbers, DoubleDouble.Create), Array.ConvertAll(numbers, Dual<DoubleDouble>.Create));
        }
        var below = Branches.Below(declared.Roots.Loss);
        var values = at.Evaluate(examples, [declared.Roots.Loss]);
        least = onTies ? 1e-13 : 1e-25 * OnTheWay.Largest(values);
        var branches = Branches.Of(below, values);
        // Equal largest elements share a gradient and carry one derivative: the law of single primitives speaks of them.
        if (onTies ? below.Any(v => v.Op == Primitive.Max) : !Branches.AreSame(branches, branches)) return;
        foreach (var parameter in model.Trained)
            foreach (var direction in Directions((int)parameter.Shape.Size, random, onTies)) slopes.Add((parameter.Path, direction, Carried(carrying, declared.Roots.Loss, parameter.Path, direction)));
    }

    /// <summary>Whether there is anything to compare.</summary>
    public bool IsSilent => slopes.Count == 0;

    /// <exception cref="MismatchException">A gradient of this graph is another one.</exception>
    public void Check(Graph graph)
    {
        if (IsSilent) return;
        var values = at.Evaluate(examples, graph.Roots.Gradients.Select(g => g.Value));
        foreach (var (parameter, direction, wanted) in slopes)
        {
            var gradient = values[graph.Roots.Gradients.First(g => g.Name == parameter).Value];
            double found = direction.Sum(d => gradient[d.Index].Value * d.Part), size = gradient.Max(g => Math.Abs(g.Value));
            // At the root of 0 there is none.
            if (double.IsFinite(wanted) && !(Math.Abs(wanted - found) <= GradientCheck.Exact * size + least)) throw new MismatchException($"gradient of {parameter}: {found}, carried forward {wanted}");
        }
    }

    double Carried(Interpreter<Dual<DoubleDouble>> carrying, Value loss, string parameter, IReadOnlyList<(int Index, double Part)> direction)
    {
        var start = carrying.State[parameter];
        var moving = (Dual<DoubleDouble>[])start.Clone();
        foreach (var (index, part) in direction) moving[index] = moving[index] with { Slope = DoubleDouble.Create(part) };
        carrying.State[parameter] = moving;
        var slope = carrying.Evaluate(examples, [loss])[loss][0].Slope.Value;
        carrying.State[parameter] = start;
        return slope;
    }

    /// <summary>The ends of a tensor, and a direction through all of it, where ties let no sum hide one of them.</summary>
    static IEnumerable<IReadOnlyList<(int Index, double Part)>> Directions(int size, Random random, bool onTies)
    {
        yield return [.. Enumerable.Range(0, size).Select(i => (i, 0.5 + random.NextDouble()))];
        foreach (var index in onTies ? Enumerable.Range(0, Math.Min(size, 12)) : new[] { 0, size - 1 }.Distinct()) yield return [(index, 1)];
    }
}
