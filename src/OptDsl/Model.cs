using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>A loss with the rule that minimises it: what is compiled. Immutable; compares by its canonical text.</summary>
public sealed class Model : IEquatable<Model>
{
    readonly Lazy<string> text;

    readonly Lazy<IReadOnlyList<Finding>> findings;

    internal Model(Expr loss, Rule rule, MemoryBudget? budget = null)
    {
        Budget = budget;
        if (loss.KnownShape is not { Rank: 0 } || loss.Element == Element.Integer) throw Error.NotScalar(loss);
        (Loss, Rule) = (Build.Number(loss), rule);
        foreach (var node in Dag.PostOrder(loss))
            if (node.Op == Primitive.Orthonormalize) throw Error.OnlyInRule("Orthonormalize", "it has no derivative");
            else if (node.Op == Primitive.Param || node.Op == Primitive.Gradient || node.Op == Primitive.Slot || node.Op == Primitive.Total || node.Op == Primitive.Loss)
                throw Error.OnlyInRule(node.Op == Primitive.Total ? "GlobalSum" : node.Op == Primitive.Loss ? "Loss" : node.Op.Name);
        Naming = Naming.Of(loss);
        if (Naming.Inputs.Count > 8) throw Error.TooMany("inputs and targets", Naming.Inputs.Count);
        if (Naming.Outputs.Count > 8) throw Error.TooMany("outputs", Naming.Outputs.Count);
        Trained = [.. Naming.Parameters.Select(p => new Parameter(Naming[p], p))];
        if (Trained.All(p => p.IsFixed)) throw Error.NoParameters();
        CheckTargets();
        Tracked = Dag.PostOrder(Loss).Where(e => e.Op == Primitive.Tracked).GroupBy(e => e.Operands[0]).ToDictionary(g => g.Key, g => g.First().Operands[1]);
        Updates = Instantiation.Of(rule, Trained);
        Hypers = HypersOf([Loss, .. Updates.SelectMany(u => u.Slots.SelectMany(s => new[] { s.Start, s.Next }).Append(u.Step))]);
        text = new(() => CanonicalText.Of(this) + Naming.Order + budget);
        findings = new(() => FindingKind.In(this));
    }

    /// <summary>The trained tensors, and those that are fixed, in order of first use.</summary>
    public IReadOnlyList<Parameter> Parameters => Trained;

    /// <summary>What is probably not meant, though the model is valid: the warnings of the build, by code. Empty where there is nothing.</summary>
    public IReadOnlyList<Finding> Findings => findings.Value;

    /// <summary>
    /// The same model with a memory budget for what a step needs for a while, besides parameters, slots and copies of data in padded rows. Where the plan needs more, the product
    /// that makes the gradient of a matrix takes in its update as well and the gradient is never stored; where that is not enough, the batch is taken in parts instead. The bits
    /// stay the same. What is reserved for <c>maxBatch</c> examples stays too, but memory that no step touches takes none. That a budget cannot be kept, and why, is warning
    /// OPT0018 of the build and <c>learner.Plan.OverBudget</c>.
    /// </summary>
    /// <param name="bytes">Of the learner's number type. 0 asks for as few as possible, and is told what remains.</param>
    /// <param name="examples">The examples of the step that it is for.</param>
    /// <exception cref="OptDslException">Bytes are negative, or there is no example (OPT0102).</exception>
    public Model MemoryBudget(long bytes, int examples)
    {
        if (bytes < 0) throw Error.Argument(nameof(bytes), $"a budget is 0 or more, but got {Text.Number(bytes)}");
        if (examples < 1) throw Error.Argument(nameof(examples), $"a step has at least one example, but got {Text.Number(examples)}");
        return new(Loss, Rule, new(bytes, examples));
    }

    internal MemoryBudget? Budget { get; }

    internal Expr Loss { get; }

    internal Rule Rule { get; }

    internal Naming Naming { get; }

    internal IReadOnlyList<Parameter> Trained { get; }

    /// <summary>The rule's equations with each parameter's shape: one entry per parameter.</summary>
    internal IReadOnlyList<Update> Updates { get; }

    /// <summary>The next value of each fixed parameter that a step changes.</summary>
    internal IReadOnlyDictionary<Expr, Expr> Tracked { get; }

    /// <summary>The hyperparameters that can be set, in order of first use.</summary>
    internal IReadOnlyList<Expr> Hypers { get; }

    /// <summary>Canonical text.</summary>
    public override string ToString() => text.Value;

    /// <inheritdoc/>
    public bool Equals(Model? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Model);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>One per name; what is written twice is one.</summary>
    static IReadOnlyList<Expr> HypersOf(Expr[] roots)
    {
        var hypers = new List<Expr>();
        foreach (var hyper in Dag.PostOrder(roots).Where(e => e.Op == Primitive.Hyper))
            if (hypers.FirstOrDefault(h => h.Data!.Equals(hyper.Data)) is not { } known) hypers.Add(hyper);
            else if (known.ToString() != hyper.ToString()) throw Error.HyperTwice((string)hyper.Data!);
        return hypers;
    }

    /// <summary>A fresh target is either labels or values, not both.</summary>
    void CheckTargets()
    {
        var nodes = Dag.PostOrder(Loss);
        var labels = new HashSet<Expr>(nodes.Where(n => n.Op == Primitive.Labels).Select(n => n.Operands[0]));
        foreach (var user in nodes)
            if (user.Op != Primitive.Labels)
                foreach (var operand in user.Operands)
                    if (labels.Contains(operand)) throw Error.MixedTarget(Naming[operand]);
    }
}
