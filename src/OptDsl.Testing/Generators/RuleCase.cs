using static OptDsl.Dsl;

namespace OptDsl.Testing;

/// <summary>One stage of a random rule: one of the library's, or an equation of its own.</summary>
internal abstract record StageCase
{
    public abstract string Text { get; }

    public abstract Rule Build();

    public abstract IEnumerable<StageCase> Shrink();
}

/// <summary>A rule of the library at a rate.</summary>
internal sealed record KnownRule(string Format, Func<Expr, Rule> Make, Term Rate) : StageCase
{
    static readonly Dictionary<string, Expr> symbols = new() { ["Step"] = Step };

    public static readonly IReadOnlyList<(string Format, Func<Expr, Rule> Make)> All =
    [
        ("Sgd({0})", lr => Sgd(lr)),
        ("Momentum({0})", lr => Momentum(lr)),
        ("Momentum({0}, mu: 0.5)", lr => Momentum(lr, mu: 0.5)),
        ("Adam({0})", lr => Adam(lr)),
        ("Adam({0}, b1: 0.8, b2: 0.9, eps: 1e-3)", lr => Adam(lr, b1: 0.8, b2: 0.9, eps: 1e-3)),
        ("AdamW({0}, decay: 0.1)", lr => AdamW(lr, decay: 0.1)),
        ("ClipByGlobalNorm({0})", max => ClipByGlobalNorm(max)),
        ("AddDecayedWeights({0})", decay => AddDecayedWeights(decay)),
        ("NoisySgd({0})", lr => NoisySgd(lr)),
        ("Trace({0})", mu => Trace(mu)),
        ("Scale({0})", factor => Scale(factor)),
    ];

    public static KnownRule Sgd1 { get; } = new("Sgd({0})", lr => Sgd(lr), new Number(1));

    public override string Text => Format.Replace("{0}", Rate.Text(inner: false));

    public override Rule Build() => Make(Rate.Build(symbols));

    public override IEnumerable<StageCase> Shrink() => Rate.Shrink().Select(rate => this with { Rate = rate });
}

/// <summary>A user's equation: the first values of its slots (null is zero), the step, the next values.</summary>
internal sealed record OwnRule(IReadOnlyList<Term> Starts, Term Step, IReadOnlyList<Term> Nexts) : StageCase
{
    static readonly string[] slots = ["m", "v", "a", "b"];

    public static Symbol Slot(int index) => new(slots[index]);

    public override string Text
    {
        get
        {
            var names = string.Join(", ", slots.Take(Nexts.Count).Prepend("g"));
            var results = string.Join(", ", Nexts.Prepend(Step));
            if (Nexts.Count == 0) return $"Rule.Of(g => {results})";
            var start = Starts.Count == 0 ? "" : $"init: p => {(Starts.Count == 1 ? Starts[0].ToString() : "(" + string.Join(", ", Starts) + ")")}, step: ";
            return $"Rule.Of({start}({names}) => ({results}))";
        }
    }

    public override Rule Build()
    {
        Expr At(Term term, Expr g, params Expr[] of)
        {
            var symbols = new Dictionary<string, Expr> { ["g"] = g, ["Param"] = Param, ["Step"] = Dsl.Step, ["Loss"] = Dsl.Loss };
            for (var i = 0; i < of.Length; i++) symbols[slots[i]] = of[i];
            return term.Build(symbols);
        }
        Expr Start(int i, Expr p) => Starts[i].Build(new Dictionary<string, Expr> { ["p"] = p });
        var given = Starts.Count > 0;
        return Nexts.Count switch
        {
            0 => Rule.Of(g => At(Step, g)),
            1 when given => Rule.Of(init: p => Start(0, p), step: (g, m) => (At(Step, g, m), At(Nexts[0], g, m))),
            1 => Rule.Of((g, m) => (At(Step, g, m), At(Nexts[0], g, m))),
            2 when given => Rule.Of(init: p => (Start(0, p), Start(1, p)), step: (g, m, v) => (At(Step, g, m, v), At(Nexts[0], g, m, v), At(Nexts[1], g, m, v))),
            2 => Rule.Of((g, m, v) => (At(Step, g, m, v), At(Nexts[0], g, m, v), At(Nexts[1], g, m, v))),
            3 when given => Rule.Of(init: p => (Start(0, p), Start(1, p), Start(2, p)), step: (g, m, v, a) => (At(Step, g, m, v, a), At(Nexts[0], g, m, v, a), At(Nexts[1], g, m, v, a), At(Nexts[2], g, m, v, a))),
            3 => Rule.Of((g, m, v, a) => (At(Step, g, m, v, a), At(Nexts[0], g, m, v, a), At(Nexts[1], g, m, v, a), At(Nexts[2], g, m, v, a))),
            _ when given => Rule.Of(init: p => (Start(0, p), Start(1, p), Start(2, p), Start(3, p)), step: (g, m, v, a, b) => (At(Step, g, m, v, a, b), At(Nexts[0], g, m, v, a, b), At(Nexts[1], g, m, v, a, b), At(Nexts[2], g, m, v, a, b), At(Nexts[3], g, m, v, a, b))),
            _ => Rule.Of((g, m, v, a, b) => (At(Step, g, m, v, a, b), At(Nexts[0], g, m, v, a, b), At(Nexts[1], g, m, v, a, b), At(Nexts[2], g, m, v, a, b), At(Nexts[3], g, m, v, a, b))),
        };
    }

    public override IEnumerable<StageCase> Shrink()
    {
        if (Nexts.Count > 0) yield return First(0);
        if (Nexts.Count > 1) yield return First(Nexts.Count - 1);
        foreach (var smaller in Step.Shrink()) yield return this with { Step = smaller };
        for (var i = 0; i < Nexts.Count; i++)
            foreach (var smaller in Nexts[i].Shrink()) yield return this with { Nexts = [.. Nexts.Select((n, k) => k == i ? smaller : n)] };
        if (Starts.Count > 0) yield return this with { Starts = [] };
    }

    /// <summary>The first slots; g stands for the others.</summary>
    OwnRule First(int count)
    {
        string Name(string name) => Array.IndexOf(slots, name) < count ? name : "g";
        return new([.. Starts.Take(count)], Step.Renamed(Name), [.. Nexts.Take(count).Select(n => n.Renamed(Name))]);
    }
}

/// <summary>A stage for some of the parameters.</summary>
internal sealed record OnlyCase(StageCase Stage, string Condition, Func<Parameter, bool> Test) : StageCase
{
    public static readonly IReadOnlyList<(string Text, Func<Parameter, bool> Test)> Conditions =
    [
        ("p => p.Rank > 1", p => p.Rank > 1),
        ("p => p.Rank == 1", p => p.Rank == 1),
        ("p => p.Shape.Size > 20", p => p.Shape.Size > 20),
        ("p => p.Path.EndsWith(\"bias\")", p => p.Path.EndsWith("bias", StringComparison.Ordinal)),
    ];

    public override string Text => $"{Stage.Text}.Only({Condition})";

    public override Rule Build() => Stage.Build().Only(Test);

    public override IEnumerable<StageCase> Shrink() => Stage.Shrink().Select(s => (StageCase)(this with { Stage = s })).Prepend(Stage);
}

/// <summary>A chain of stages.</summary>
internal sealed record RuleCase(IReadOnlyList<StageCase> Stages)
{
    public Rule Build() => Stages.Select(s => s.Build()).Aggregate((a, b) => a.Then(b));

    public override string ToString() => Stages[0].Text + string.Concat(Stages.Skip(1).Select(s => $".Then({s.Text})"));

    public IEnumerable<RuleCase> Shrink()
    {
        if (Stages is not [KnownRule { Format: "Sgd({0})" }]) yield return new([KnownRule.Sgd1]);
        if (Stages.Count > 1)
            foreach (var stage in Stages) yield return new([stage]);
        if (Stages.Count > 2)
            foreach (var stage in Stages) yield return new([.. Stages.Where(s => s != stage)]);
        for (var i = 0; i < Stages.Count; i++)
            foreach (var smaller in Stages[i].Shrink()) yield return new([.. Stages.Select((s, k) => k == i ? smaller : s)]);
    }
}
