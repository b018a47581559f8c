using OptDsl.Compiler;
using static OptDsl.Dsl;

namespace OptDsl.Benchmarks;

/// <summary>A rule whose update of one long vector is timed; torch_rules.py has those of PyTorch under the same names.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Rule">With its usual hyperparameters.</param>
sealed record RuleWork(string Name, Rule Rule)
{
    const string Weights = "w";

    /// <summary>The rules that treat vectors.</summary>
    public static IReadOnlyList<RuleWork> All { get; } =
    [
        new("Sgd", Sgd(1e-3)), new("SignSgd", SignSgd(1e-3)), new("Momentum", Momentum(1e-3)), new("ClassicalMomentum", ClassicalMomentum(1e-3)),
        new("Nesterov", Nesterov(1e-3)), new("Friction", Friction(1e-3)), new("OptimisticGradient", OptimisticGradient(1e-3)), new("Lion", Lion(1e-3)),
        new("Rprop", Rprop(1e-3)), new("QuickProp", QuickProp(1e-3)), new("Adagrad", Adagrad(1e-3)), new("Adadelta", Adadelta()), new("RmsProp", RmsProp(1e-3)),
        new("RmsProp-centred", RmsProp(1e-3, centred: true)), new("Adam", Adam(1e-3)), new("AdamW", AdamW(1e-3)), new("AdaMax", AdaMax(1e-3)), new("NAdam", NAdam(1e-3)),
        new("RAdam", RAdam(1e-3)), new("AmsGrad", AmsGrad(1e-3)), new("AdaBelief", AdaBelief(1e-3)), new("Yogi", Yogi(1e-3)), new("Adan", Adan(1e-3)),
        new("AdEMAMix", AdEMAMix(1e-3)), new("Adopt", Adopt(1e-3)), new("Madgrad", Madgrad(1e-3)), new("ScheduleFreeSgd", ScheduleFreeSgd(1e-3)),
        new("ScheduleFreeAdamW", ScheduleFreeAdamW(1e-3)), new("Lamb", Lamb(1e-3)), new("Lars", Lars(1e-3)), new("NovoGrad", NovoGrad(1e-3)), new("Fromage", Fromage(1e-3)),
        new("DoG", DoG()), new("DoWG", DoWG()), new("Prodigy", Prodigy()), new("Momo", Momo(1e-3)), new("ClipByGlobalNorm-Adam", ClipByGlobalNorm(1).Then(Adam(1e-3))),
    ];

    /// <summary>±Σ w·g with g beside w in memory: the gradient is there and costs nothing, and what the loss costs Evaluate costs too. In turns, so that no rule walks to infinity.</summary>
    public Model Model(int size) =>
        (Cos(Math.PI * Step) * (Parameter([size], Init.Uniform(0.5, 1), Weights) * StopGradient(Parameter([size], Init.Uniform(-1, 1), "g"))).Sum()).Minimize(Rule.Only(p => p.Path == Weights));

    /// <summary>What one parameter's update reads and writes in floats, and how often it needs the divider.</summary>
    public (int Floats, int Roots, int Quotients) Needs()
    {
        // Long enough to tell a tensor from a number.
        var graph = ModelCompiler.Optimize(Model(64));
        var stored = graph.Roots.Stored.Where(s => s.Next != s.Leaf && s.Leaf.Extent.Dims.Size == 64).ToList();
        var values = Graph.Order(stored.Select(s => s.Next));
        int Count(Primitive op) => values.Count(v => v.Op == op && v.Extent.Dims.Size == 64 && !v.IsUniform);
        var read = values.Count(v => (v.Op == Primitive.Parameter || v.Op == Primitive.Slot) && v.Extent.Dims.Size == 64);
        return (read + stored.Count, Count(Primitive.Sqrt), Count(Primitive.Divide));
    }
}
