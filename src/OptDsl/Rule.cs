using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>
/// An update rule: an equation from the gradient and its slots to the step to subtract and the slots' next values. A rule is
/// a chain of such stages; <see cref="Then"/> feeds the step of one into the next as its gradient.
/// </summary>
public sealed partial class Rule : IEquatable<Rule>
{
    internal Rule(IReadOnlyList<Stage> stages) => Stages = stages;

    internal IReadOnlyList<Stage> Stages { get; }

    /// <summary>The rule that changes nothing: the step is the gradient. Neutral for <see cref="Then"/>.</summary>
    public static Rule Identity { get; } = new([]);

    /// <summary>This rule, then <paramref name="next"/> with this rule's step as its gradient.</summary>
    public Rule Then(Rule next) => new([.. Stages, .. next.Stages]);

    /// <summary>The rule where <paramref name="condition"/> holds; elsewhere the gradient passes through unchanged.</summary>
    /// <exception cref="OptDslException">From <c>Minimize</c>: the condition holds for no parameter of the model (OPT0120).</exception>
    public Rule Only(Func<Parameter, bool> condition) => new([.. Stages.Select(s => s with { Only = Both(s.Only, condition) })]);

    /// <summary>The rule for one of several kinds of parameters, of which a model need not have all.</summary>
    internal Rule For(Func<Parameter, bool> kind) => new([.. Stages.Select(s => s with { Kind = Both(s.Kind, kind) })]);

    /// <summary>The rule on parameters of which its conditions may hold for none: what checks try it on.</summary>
    internal Rule Anywhere() => new([.. Stages.Select(s => s.Only is null ? s : s with { Only = null, Kind = s.Covers })]);

    static Func<Parameter, bool> Both(Func<Parameter, bool>? before, Func<Parameter, bool> condition) => before is null ? condition : p => before(p) && condition(p);

    /// <summary>
    /// The rule whose slots stay, and whose step is <paramref name="otherwise"/>, else the gradient, where a condition on a stage's gradient does
    /// not hold; <paramref name="replace"/> changes symbols within, and stages are marked so.
    /// </summary>
    internal Rule When(Func<Expr, Expr> condition, Func<Expr, Expr?> replace, Expr? otherwise = null, Func<Stage, Stage>? mark = null)
    {
        var holds = condition(g);
        Expr Where(Expr equation, Expr other) => Dsl.Where(holds, Dag.Substitute(equation, replace), other);
        return new([.. Stages.Select(mark ?? (stage => stage)).Select(stage => stage with
        {
            Slots = [.. stage.Slots.Select((slot, i) => slot with { Next = Where(slot.Next, Slot(i)) })],
            Step = Where(stage.Step, otherwise ?? g),
        })]);
    }

    /// <summary>The rule that sees <paramref name="now"/> in place of a symbol, from a slot of its own in each stage that reads it; the slot that <paramref name="held"/> says is number 0 there.</summary>
    internal Rule Held(Primitive symbol, RuleSlot held, Func<Expr, Expr> now) => new([.. Stages.Select(stage =>
    {
        if (!Dag.PostOrder([stage.Step, .. stage.Slots.Select(s => s.Next)]).Any(e => e.Op == symbol)) return stage;
        var at = Slot(stage.Slots.Count);
        Expr Seen(Expr equation) => Dag.Substitute(equation, e => e.Op == symbol ? now(at) : null);
        var own = held with { Next = Dag.Substitute(held.Next, e => e.Op == Primitive.Slot ? at : null) };
        return stage with { Slots = [.. stage.Slots.Select(s => s with { Next = Seen(s.Next) }), own], Step = Seen(stage.Step) };
    })]);

    /// <summary>Names the slots, in order, for checkpoints and inspection (<c>dense1.weights/m</c>).</summary>
    public Rule Slots(params string[] names)
    {
        var count = Stages.Sum(s => s.Slots.Count);
        if (names.Length != count) throw Error.Argument("Slots", $"the rule has {Text.Number(count)} slots, but {Text.Number(names.Length)} names were given");
        var rest = new Queue<string>(names.Select(Dsl.CheckName));
        return new([.. Stages.Select(s => s with { Slots = [.. s.Slots.Select(slot => slot with { Name = rest.Dequeue() })] })]);
    }

    /// <summary>Canonical text.</summary>
    public override string ToString() => CanonicalText.Of(this);

    /// <summary>Equal when the texts are equal and no condition hides in them.</summary>
    public bool Equals(Rule? other) => other is not null
        && ToString() == other.ToString() && Stages.Select(s => (s.Only, s.Kind)).SequenceEqual(other.Stages.Select(s => (s.Only, s.Kind)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Rule);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}

/// <summary>A slot: where it starts (in <c>Param</c>) and its next value (in <c>gradient</c>, the slots, <c>Param</c>, <c>Step</c>).</summary>
internal sealed record RuleSlot(string Name, Expr Start, Expr Next);

/// <summary>One equation of a rule.</summary>
internal sealed record Stage(IReadOnlyList<RuleSlot> Slots, Expr Step, Func<Parameter, bool>? Only = null, Func<Parameter, bool>? Kind = null)
{
    /// <summary>Whether several calls are one step to it, and whether it skips calls: one who did both would lose count.</summary>
    public bool Gathers { get; init; }

    /// <inheritdoc cref="Gathers"/>
    public bool Skips { get; init; }

    public bool IsForAll => Only is null && Kind is null;

    /// <summary>The streams of random numbers, in order of the stage's text.</summary>
    public IEnumerable<Expr> Streams => Dag.PostOrder([.. Slots.Select(s => s.Next), Step]).Where(e => e.Op == Primitive.Stream);

    public bool Allows(Parameter parameter) => !parameter.IsFixed && (Only is null || Only(parameter));

    public bool Covers(Parameter parameter) => Allows(parameter) && (Kind is null || Kind(parameter));
}
