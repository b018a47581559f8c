using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// Graphs of one model compute the same with 31 digits: loss, outputs, gradients, next values. At random points, on ties, and
/// where slots hold what a rule seldom meets: NaN, infinity, numbers on either side of 1e-30. The declared graph is evaluated once.
/// </summary>
internal sealed class SameMeaning
{
    static readonly double[] few = [0, 1, -1, 0.5, 0.2, 0.1],
        rare = [1.1e-30, 0.9e-30, -0.9e-30, double.NaN, -1.1e-30, 1e-35, 0, double.PositiveInfinity, 1, 1e-25, 1e-12];

    /// <summary>A point, what the declared graph makes of it, and the largest number on the way there.</summary>
    sealed record Point(Interpreter<DoubleDouble> At, int Examples, IReadOnlyList<DoubleDouble[]> Wanted, double Largest);

    readonly Graph declared;
    readonly List<Point> points = [];

    public SameMeaning(Model model, Graph declared, int seed)
    {
        this.declared = declared;
        // The first steps, where a schedule begins; some in its midst; one past its end.
        Add(model, seed, 0, Drawn, _ => 0.1 + new Random(seed).NextDouble());
        Add(model, seed + 1, 1, Drawn, i => 0.3 + 0.1 * (i % 7));
        Add(model, seed + 1, 2, Drawn, i => -0.3 + 0.1 * (i % 7));
        for (var point = 2; point < 5; point++) Add(model, seed + point, 1 + point, Few, i => few[(i + point) % few.Length], Few);
        if (declared.Roots.Stored.Any(s => s.IsSlot)) Add(model, seed, 1000, Drawn, i => rare[(i + seed) % rare.Length]);

        static double Few(Random random) => few[random.Next(few.Length)];

        static double Drawn(Random random) => 1.4 * random.NextDouble() - 0.7;
    }

    /// <exception cref="MismatchException">A root differs.</exception>
    public void Check(Graph compiled)
    {
        foreach (var (at, examples, wanted, largest) in points)
        {
            var found = at.Evaluate(examples, compiled.Roots.All);
            foreach (var ((name, value), expected) in Named(compiled.Roots).Zip(wanted)) Compare(name, expected, found[value], largest, isSlot: name.Contains('/'));
        }
    }

    void Add(Model model, int seed, long step, Func<Random, double> parameter, Func<int, double> slot, Func<Random, double>? data = null)
    {
        // Any number of them: at three examples ½ − ⅓ is ½ · ⅓.
        var (random, examples) = (new Random(seed), 1 + (int)(step % 5));
        var at = new Interpreter<DoubleDouble>(declared) { Step = step };
        foreach (var (name, numbers) in new RandomData(model, declared, examples, seed).Columns)
            at.Data[name] = data is null || IsInteger(name) ? numbers : Array.ConvertAll(numbers, _ => data(random));
        foreach (var stored in declared.Roots.Stored)
            at.State[stored.Name] = [.. Enumerable.Range(0, (int)stored.Leaf.Extent.Dims.Size).Select(i => DoubleDouble.Create(stored.IsSlot ? slot(i) : parameter(random)))];
        var values = at.Evaluate(examples, declared.Roots.All);
        points.Add(new(at, examples, [.. Named(declared.Roots).Select(r => values[r.Value])], OnTheWay.Largest(values, below: 1e100)));
    }

    bool IsInteger(string name) => declared.Values.Any(v => v.Op == Primitive.Input && v.Element == Element.Integer && Equals(v.Data, name));

    static IEnumerable<(string Name, Value Value)> Named(Roots roots) => roots.Outputs.Prepend(("the loss that Evaluate returns", roots.Evaluated)).Prepend(("the loss", roots.Loss)).Concat(roots.Gradients.Select(g => ("gradient of " + g.Name, g.Value)))
        .Concat(roots.Stored.Select(s => ("next " + s.Name, s.Next))).Concat(roots.Stored.Where(s => s.Start is not null).Select(s => ("first " + s.Name, s.Start!)));

    static void Compare(string what, DoubleDouble[] a, DoubleDouble[] b, double largest, bool isSlot)
    {
        if (a.Length != b.Length) throw new MismatchException($"{what}: {a.Length} elements against {b.Length}");
        var own = a.Select(n => Math.Abs(n.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i].Value, b[i].Value);
            if (double.IsNaN(x) && double.IsNaN(y)) continue;
            // A slot is 0 or it is not.
            if ((x.Equals(y) || Math.Abs((a[i] - b[i]).Value) <= GradientCheck.Exact * own + 1e-15 * largest) && (!isSlot || x == 0 == (y == 0))) continue;
            throw new MismatchException($"{what}[{i}]: {x} as declared, {y} as compiled");
        }
    }
}
