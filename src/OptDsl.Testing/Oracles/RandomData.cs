using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>Data that a model takes: real numbers to ±1.5, or as often that as they reach, that are floats, zeros of both signs among them; and labels in range.</summary>
internal sealed class RandomData
{
    readonly Dictionary<string, double[]> columns = [];
    readonly HashSet<string> integers;

    public RandomData(Model model, Graph graph, int examples, int seed, bool zeros = true, double reach = 1)
    {
        Examples = examples;
        integers = [.. graph.Values.Where(v => v.Op == Primitive.Input && v.Element == Element.Integer).Select(v => (string)v.Data!)];
        var random = new Random(seed);
        foreach (var input in model.Naming.Inputs)
        {
            var name = model.Naming[input];
            var isLabel = integers.Contains(name) || input.Element == Element.Integer;
            if (isLabel) integers.Add(name);
            var below = isLabel ? Below(graph, name) : 0;
            var size = isLabel && input.Data is InputInfo { IsTarget: true } ? (int)input.LabelShape.Size : (int)input.Shape.Size;
            columns[name] = [.. Enumerable.Range(0, examples * size).Select(_ => isLabel ? random.Next(below) : reach * Real(random, zeros))];
        }
    }

    public int Examples { get; }

    /// <summary>Row-major, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Columns => columns;

    /// <summary>The same with a NaN in every real column; null where there is none.</summary>
    public RandomData? Spoiled()
    {
        foreach (var (name, numbers) in columns) if (!integers.Contains(name)) numbers[^1] = double.NaN;
        return columns.Keys.All(integers.Contains) ? null : this;
    }

    /// <summary>What a learner takes.</summary>
    public Batch Batch(Precision precision)
    {
        if (columns.Count == 0) return OptDsl.Batch.Empty;
        return columns.Aggregate(new Batch(Examples), (batch, c) => batch.With(c.Key, Column(c.Key, c.Value, precision)));
    }

    /// <summary>What Predict takes as well.</summary>
    BatchColumn Column(string name, double[] numbers, Precision precision) =>
        integers.Contains(name) ? Array.ConvertAll(numbers, n => (int)n)
        : precision == Precision.Single ? Array.ConvertAll(numbers, n => (float)n)
        : numbers;

    static double Real(Random random, bool zeros) => random.Next(20) switch
    {
        0 when zeros => 0.0,
        1 when zeros => -0.0,
        _ => (float)(random.NextDouble() * 3 - 1.5),
    };

    /// <summary>How many labels every comparison with this column knows, and how many rows every table.</summary>
    static int Below(Graph graph, string name) =>
        graph.Values.Where(v => (v.Op == Primitive.Equal || v.Op == Primitive.Gather) && v.Operands.Any(o => IsColumn(o, name)))
            .SelectMany(v => v.Operands.Where(o => !IsColumn(o, name)).Select(o => v.Op == Primitive.Gather ? o.Extent.Dims[0] : o.Extent.Columns)).DefaultIfEmpty(3).Min();

    static bool IsColumn(Value value, string name) => value.Op == Primitive.Broadcast || value.Op == Primitive.Reshape ? IsColumn(value.Operands[0], name) : Equals(value.Data, name);
}
