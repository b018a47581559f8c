using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>The compiler's stages, any of which may be another one: laws judge what comes out.</summary>
internal sealed record Pipeline
{
    public static Pipeline Right { get; } = new();

    public Func<GraphBuilder, Value, IReadOnlyList<Value>, Value[]> Differentiate { get; init; } = Compiler.Differentiate.Run;

    /// <summary>What becomes of a model's graph before the passes.</summary>
    public Func<Graph, Graph> Lowered { get; init; } = graph => graph;

    public IReadOnlyList<Func<Graph, Graph>> Passes { get; init; } = [.. ModelCompiler.Passes.Select(p => p.Run)];

    public Func<Graph, Plan> Schedule { get; init; } = graph => ModelCompiler.Schedule(graph);

    /// <summary>What becomes of the emitted text.</summary>
    public Func<string, string> Edit { get; init; } = text => text;
}

/// <summary>A model as a pipeline leaves it, stage by stage, and how it runs.</summary>
internal sealed class Subject(string name, Model model, Pipeline pipeline, int seed = 1)
{
    Graph? declared, compiled;
    Plan? plan;

    public string Name => name;

    public Model Model => model;

    public Pipeline Pipeline => pipeline;

    public int Seed => seed;

    /// <summary>What the model says, with its gradients.</summary>
    public Graph Declared => declared ??= pipeline.Lowered(Lower.Run(model, pipeline.Differentiate));

    /// <summary>What is computed.</summary>
    public Graph Compiled => compiled ??= pipeline.Passes.Aggregate(Declared, (graph, pass) => pass(graph));

    public Plan Plan => plan ??= pipeline.Schedule(Compiled);

    /// <summary>The learner's text as the class of this number. Without the hint that asks the JIT for its slow best at once.</summary>
    public string Text(Precision precision, int index) =>
        pipeline.Edit(new ClassWriter(model, Compiled, Plan, new(null, [], "Model" + index, "class", precision)).Write()
            .Replace("[MethodImpl(MethodImplOptions.AggressiveOptimization)]", "", StringComparison.Ordinal));

    /// <summary>The same model through another pipeline.</summary>
    public Subject Through(Pipeline other) => new(name, model, other, seed);
}
