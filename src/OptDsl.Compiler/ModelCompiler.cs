using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Model → C# text. The pass list is the body of <see cref="Optimize"/>; each stage prints as text.</summary>
internal static class ModelCompiler
{
    /// <summary>Changes whenever the emitted text may: part of the key of every cache.</summary>
    public const string Version = "0.1.0";

    /// <summary>The graph that both the interpreter and the emitted code compute, bit for bit.</summary>
    public static Graph Optimize(Model model) => Passes.Aggregate(Lower.Run(model), (graph, pass) => pass.Run(graph));

    public static IReadOnlyList<(string Name, Func<Graph, Graph> Run)> Passes { get; } =
    [
        ("simplify", Simplify.Run),
        ("reuse outputs", ReuseOutputs.Run),
        ("contract", Contract.Run),
        ("choose", Choose.Run),
        ("spread", Spread.Run),
        ("settle", Settle.Run),
    ];

    /// <summary>The C# of a model's learner, as part of a class.</summary>
    public static string Emit(Model model, ClassTarget target)
    {
        var graph = Optimize(model);
        return new ClassWriter(model, graph, Schedule(graph, Size(target.Precision)), target).Write();
    }

    /// <summary>Why a model's memory budget cannot be kept, or null where it is or there is none.</summary>
    public static string? OverBudget(Model model, Precision precision) =>
        model.Budget is null ? null : Budgets.Excess(Schedule(Optimize(model), Size(precision)), Size(precision));

    static int Size(Precision precision) => precision == Precision.Single ? sizeof(float) : sizeof(double);

    /// <summary>The members of a learner that an error in its declaration prevents, so that uses of the class are no errors too.</summary>
    public static string EmitStandIn(ClassTarget target) => StandInWriter.Write(target);

    /// <summary>The kernels of every method, and where their values lie; within the memory budget, where there is one and it can be.</summary>
    public static Plan Schedule(Graph graph, int elementSize = sizeof(float)) => Budgets.Fit(graph, (consumes, part) => Schedule(graph, consumes, part), elementSize);

    /// <summary>Gradients are consumed by the products that make them, or the batch is taken in parts of so many examples, where that can be.</summary>
    public static Plan Schedule(Graph graph, bool consumes, int part)
    {
        IEnumerable<Program> wholes = [Fuse.Learn(graph, consumes), Fuse.Evaluate(graph), Fuse.Gradient(graph)];
        var storage = new Storage(graph);
        return new(graph, storage, new Names(graph, storage), [.. wholes.Select(p => part > 0 ? Parts.Of(p, part) ?? p : p), Fuse.Predict(graph), Fuse.Start(graph)]);
    }

    /// <summary>Every stage by name, as text.</summary>
    public static IEnumerable<(string Name, string Text)> Stages(Model model)
    {
        yield return ("declaration", model.ToString());
        var graph = Lower.Run(model);
        yield return ("lower, differentiate", graph.ToString());
        foreach (var (name, run) in Passes) yield return (name, (graph = run(graph)).ToString());
        var plan = Schedule(graph);
        yield return ("fuse", string.Concat(plan.Programs));
        yield return ("plan", plan.ToString());
    }
}
