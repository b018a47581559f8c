using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>A model at one random point: its parameters and data, and what the oracles say of its loss there.</summary>
internal sealed class GradientPoint
{
    readonly Graph declared, compiled;
    readonly int examples;
    readonly Interpreter<DoubleDouble> loss, gradient;
    readonly Interpreter<Real64> computed;
    readonly Interpreter<Dual<DoubleDouble>> carried;
    readonly IReadOnlyList<Value> below;
    readonly IReadOnlyList<double[]> branches;
    readonly Dictionary<Value, DoubleDouble[]> exact, simplified;
    readonly Dictionary<Value, Real64[]> rounded;

    /// <summary>How much larger the data of some points are: there is more beyond the usual ±1.5, the end of a ReLU6 say.</summary>
    const double Far = 8;

    public GradientPoint(Model model, int examples, int seed, double reach = 1) : this(model, Lower.Run(model), ModelCompiler.Optimize(model), examples, seed, reach)
    {
    }

    /// <summary>Of graphs that another compiler made of the model.</summary>
    public GradientPoint(Model model, Graph declared, Graph compiled, int examples, int seed, double reach = 1)
    {
        (Model, this.declared, this.compiled, this.examples, Random, IsFar) = (model, declared, compiled, examples, new(seed), reach > 1);
        (loss, gradient, computed, carried) = (new(declared), new(compiled), new(compiled), new(declared));
        foreach (var (name, numbers) in new RandomData(model, compiled, examples, seed, zeros: false, reach).Columns)
            loss.Data[name] = gradient.Data[name] = computed.Data[name] = carried.Data[name] = numbers;
        foreach (var parameter in model.Trained) Start(parameter);
        var gradients = compiled.Roots.Gradients.Select(g => g.Value).ToArray();
        (simplified, rounded) = (gradient.Evaluate(examples, gradients), computed.Evaluate(examples, gradients));
        exact = loss.Evaluate(examples, declared.Roots.Gradients.Select(g => g.Value).Append(declared.Roots.Loss));
        below = Branches.Below(declared.Roots.Loss);
        branches = Branches.Of(below, exact);
        Largest = OnTheWay.Largest(exact);
        var sameInDouble = Branches.Of(below, new Interpreter<Real64>(declared).WithData(computed).Evaluate(examples, [declared.Roots.Loss]));
        // A branch that rounding decides is a kink as well.
        IsKink = !Branches.AreSame(branches, branches) || !Branches.AreSame(branches, sameInDouble);
    }

    /// <summary>The point of a seed; where the loss is no number there, say left of a logarithm, the first of some others that has one.</summary>
    public static GradientPoint Finite(Model model, int examples, int seed)
    {
        if (seed % 4 == 0 && new GradientPoint(model, examples, seed, Far) is { IsFinite: true } far) return far;
        var first = new GradientPoint(model, examples, seed);
        for (var (at, tries) = (first, 1); tries < 60; tries++)
        {
            if (at.IsFinite) return at;
            at = new(model, 1, seed + 7919 * tries) { Missed = tries };
        }
        return first;
    }

    public Model Model { get; }

    public Random Random { get; }

    /// <summary>Its numbers are large: derivatives are right or wrong there too, but their digits are those of a corner.</summary>
    public bool IsFar { get; }

    /// <summary>The loss is a number here.</summary>
    public bool IsFinite => double.IsFinite(exact[declared.Roots.Loss][0].Value);

    /// <summary>How many points before this one had no finite loss.</summary>
    public int Missed { get; private init; }

    public bool IsKink { get; }

    /// <summary>The largest number on the way to the loss and back.</summary>
    public double Largest { get; }

    /// <summary>The gradient of one tensor: as differentiated and as compiled, both with 31 digits, and as a double computes it.</summary>
    public (double[] Exact, double[] Simplified, double[] Computed) Gradient(string name)
    {
        Value Of(Graph graph) => graph.Roots.Gradients.First(g => g.Name == name).Value;
        return (Array.ConvertAll(exact[Of(declared)], g => g.Value), Array.ConvertAll(simplified[Of(compiled)], g => g.Value), Array.ConvertAll(rounded[Of(compiled)], g => g.Value));
    }

    /// <summary>How far a float's gradient is off, of the tensor's largest element.</summary>
    public double OffInFloat(string name)
    {
        var value = compiled.Roots.Gradients.First(g => g.Name == name).Value;
        var narrow = new Interpreter<Real32>(compiled);
        foreach (var (column, numbers) in computed.Data) narrow.Data[column] = numbers;
        foreach (var (parameter, numbers) in computed.State) narrow.State[parameter] = Array.ConvertAll(numbers, n => Real32.Create(n.Value));
        var found = narrow.Evaluate(examples, [value])[value];
        var largest = simplified[value].Max(g => Math.Abs(g.Value));
        return largest == 0 ? 0 : found.Zip(simplified[value], (f, g) => Math.Abs(f.Value - g.Value)).Max() / largest;
    }

    /// <summary>For each comparison of numbers that parameters or data decide, in a fixed order: whether it holds for some, and whether it fails for some.</summary>
    public IEnumerable<(bool Holds, bool Fails)> Comparisons()
    {
        var decided = new HashSet<Value>();
        foreach (var value in Graph.Order([declared.Roots.Loss]))
        {
            if (!(value.Op == Primitive.Parameter || value.Op == Primitive.Input || value.Operands.Any(decided.Contains))) continue;
            decided.Add(value);
            if (value.Op == Primitive.Less || value.Op == Primitive.LessEqual) yield return (exact[value].Any(n => n.Value != 0), exact[value].Any(n => n.Value == 0));
        }
    }

    /// <summary>Parameters and data by name.</summary>
    public IEnumerable<(string Name, double[] Numbers)> Numbers() =>
        computed.State.Select(s => (s.Key, Array.ConvertAll(s.Value, n => n.Value))).Concat(computed.Data.Select(d => (d.Key, d.Value)));

    /// <summary>The derivative of the declared loss along a direction, carried forward.</summary>
    public double Carried(string name, IReadOnlyList<(int Index, double Part)> direction)
    {
        var start = carried.State[name];
        var moving = (Dual<DoubleDouble>[])start.Clone();
        foreach (var (index, part) in direction) moving[index] = moving[index] with { Slope = DoubleDouble.Create(part) };
        carried.State[name] = moving;
        var slope = carried.Evaluate(examples, [declared.Roots.Loss])[declared.Roots.Loss][0].Slope.Value;
        carried.State[name] = start;
        return slope;
    }

    /// <summary>The same by differences; null where every stencil crosses a kink.</summary>
    public Slope? Difference(string name, IReadOnlyList<(int Index, double Part)> direction, double enough)
    {
        var start = loss.State[name];
        var slope = CentralDifferences.At0(h =>
        {
            var moved = (DoubleDouble[])start.Clone();
            foreach (var (index, part) in direction) moved[index] += DoubleDouble.Create(h * part);
            loss.State[name] = moved;
            var all = loss.Evaluate(examples, [declared.Roots.Loss]);
            return Branches.AreSame(branches, Branches.Of(below, all)) ? all[declared.Roots.Loss][0] : null;
        }, enough);
        loss.State[name] = start;
        return slope;
    }

    void Start(Parameter parameter)
    {
        var scale = Math.Sqrt(3.0 / (parameter.Rank == 2 ? parameter.Shape[0] : 2));
        double[] numbers = [.. Enumerable.Range(0, (int)parameter.Shape.Size).Select(_ => (2 * Random.NextDouble() - 1) * scale)];
        loss.State[parameter.Path] = gradient.State[parameter.Path] = Array.ConvertAll(numbers, DoubleDouble.Create);
        computed.State[parameter.Path] = Array.ConvertAll(numbers, Real64.Create);
        carried.State[parameter.Path] = Array.ConvertAll(numbers, Dual<DoubleDouble>.Create);
    }
}
