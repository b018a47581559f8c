using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>The random network of a number, what it compiles to, and how it is checked.</summary>
sealed class NetCase
{
    /// <summary>One in so many is compiled as it is shipped, fully optimised at once, and checked at every call; the texts of the others are read.</summary>
    const int Shipped = 50;

    /// <param name="number">Decides everything.</param>
    /// <param name="isSteady">Of words that are written down alone, so that a new layer changes no number's network.</param>
    public NetCase(int number, bool isSteady = false) : this(number, Random(number, isSteady), IsCompiled(number))
    {
    }

    NetCase(int number, RunCase run, bool isShipped)
    {
        (Number, Run) = (number, run);
        Declared = Lower.Run(Model);
        Graph = ModelCompiler.Passes.Aggregate(Declared, (graph, pass) => pass.Run(graph));
        // Long tables are emitted in parts, which the reader does not know.
        IsShipped = isShipped || Graph.Roots.Stored.Count > DescriptionWriter.Most;
    }

    /// <summary>Whether the network of this number is.</summary>
    public static bool IsCompiled(int number) => number % Shipped == 0;

    public int Number { get; }

    public RunCase Run { get; }

    public bool IsShipped { get; }

    public Graph Declared { get; }

    public Graph Graph { get; }

    public Model Model => Run.Model;

    public NetCase With(RunCase run) => new(Number, run, IsShipped);

    /// <summary>The text of the class <c>Model</c> + index: one of three as its budget asks, one whose products consume gradients, one that takes some examples at a time.</summary>
    public string Text(int index) =>
        new ClassWriter(Model, Graph, Plan, new(null, [], "Model" + index, "class", Run.Precision)).Write();

    Plan Plan => (Number % 3) switch
    {
        0 => ModelCompiler.Schedule(Graph),
        1 => ModelCompiler.Schedule(Graph, consumes: true, part: 0),
        _ => ModelCompiler.Schedule(Graph, consumes: false, part: 1 + Number % 4),
    };

    /// <summary>Mostly small, since a small case meets most code and takes little time; with tails, since some code only large ones meet.</summary>
    static RunCase Random(int number, bool isSteady)
    {
        var dice = new Dice(number);
        var size = (int)(95 * Math.Pow(dice.Uniform(), 5));
        var network = NetworkCases.Random(dice, 1 + size / 9, new(dice.One(4, 9, 17, 17, 17, 33, 70), HasFound: !isSteady));
        var declaration = ModelCase.Random(network, () => dice.Chance(0.25) ? RuleCases.Random(dice) : RuleCases.OfLibrary(dice));
        var run = RunCase.Random(dice, declaration);
        var most = dice.Chance(0.85) ? dice.Between(1, 5) : run.MaxBatch;
        return run with { MaxBatch = Math.Min(most, run.MaxBatch), Examples = [.. run.Examples.Select(n => Math.Min(n, most))] };
    }
}
