using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>What every loss keeps.</summary>
internal static class LossLaws
{
    public const string Law = "large outputs have a finite loss and gradient";

    static readonly double[] sizes = [0, 1, 30, 100, 1e3, 1e4];

    /// <summary>In float, where e⁸⁹ is infinite: what overflows there is written without its shift.</summary>
    public static Verdict IsFinite(LossFunction loss, int size)
    {
        var model = (Dsl.Input(size, "x") + Dsl.Parameter([size], Init.Zero, "shift")).Loss(loss).Minimize(Dsl.Sgd(1));
        var graph = ModelCompiler.Optimize(model);
        foreach (var high in sizes)
            for (var at = 0; at < size; at++)
                foreach (var sign in new[] { 1, -1 })
                {
                    var reference = new Interpreter<Real32>(graph);
                    foreach (var (name, numbers) in new RandomData(model, graph, 1, at).Columns) reference.Data[name] = numbers;
                    reference.Data["x"] = [.. Enumerable.Range(0, size).Select(i => i == at ? sign * high : 0)];
                    reference.State["shift"] = new Real32[size];
                    foreach (var (_, values) in reference.Evaluate(1, graph.Roots.Gradients.Select(g => g.Value).Append(graph.Roots.Loss)).Where(v => v.Key == graph.Roots.Loss || graph.Roots.Gradients.Any(g => g.Value == v.Key)))
                        if (!values.All(v => float.IsFinite(v.Number))) throw new LawException($"an output of {RuleLaws.Text(sign * high)} makes it or its gradient {values.First(v => !float.IsFinite(v.Number)).Number}", null, null, null);
                }
        return Verdict.Holds(Law, "up to ±1e4, in float");
    }
}
