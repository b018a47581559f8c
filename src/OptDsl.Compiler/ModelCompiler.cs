using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>Model → C# text. The pass list is the body of <see cref="Optimize"/>; each stage prints as text.</summary>
internal static partial class ModelCompiler
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
    ];
}
