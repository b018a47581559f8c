using System;
using System.Collections.Generic;

namespace OptDsl;

public sealed partial class Rule
{
    // The gradient that a stage sees, the parameter, and the slots.
    static readonly Expr g = Build.Leaf(Primitive.Gradient, null), param = Dsl.Param, s0 = Slot(0), s1 = Slot(1), s2 = Slot(2), s3 = Slot(3), s4 = Slot(4), s5 = Slot(5);

    /// <summary>A rule without slots: <c>Rule.Of(g =&gt; lr * g)</c>. The function returns the step to subtract.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr> step) => Make([], step(g));

    /// <summary>A rule with one slot, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, (Expr, Expr)> step)
    {
        var r = step(g, s0);
        return Make([0], r.Item1, r.Item2);
    }

    /// <summary>A rule with one slot that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr> init, Func<Expr, Expr, (Expr, Expr)> step)
    {
        var r = step(g, s0);
        return Make([init(param)], r.Item1, r.Item2);
    }

    /// <summary>A rule with one slot, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Tuple<Expr, Expr>> step)
    {
        var r = step(g, s0);
        return Make([0], r.Item1, r.Item2);
    }

    /// <summary>A rule with one slot that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr> init, Func<Expr, Expr, Tuple<Expr, Expr>> step)
    {
        var r = step(g, s0);
        return Make([init(param)], r.Item1, r.Item2);
    }

    /// <summary>Refused: one slot taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr> step) => throw Error.TooFewSlots(1, 0);

    /// <summary>A rule with two slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, (Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1);
        return Make([0, 0], r.Item1, r.Item2, r.Item3);
    }

    /// <summary>A rule with two slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, (Expr, Expr)> init, Func<Expr, Expr, Expr, (Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1);
        var start = init(param);
        return Make([start.Item1, start.Item2], r.Item1, r.Item2, r.Item3);
    }

    /// <summary>A rule with two slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Tuple<Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1);
        return Make([0, 0], r.Item1, r.Item2, r.Item3);
    }

    /// <summary>A rule with two slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Tuple<Expr, Expr>> init, Func<Expr, Expr, Expr, Tuple<Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1);
        var start = init(param);
        return Make([start.Item1, start.Item2], r.Item1, r.Item2, r.Item3);
    }

    /// <summary>Refused: two slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, (Expr, Expr)> step) => throw Error.TooFewSlots(2, 1);

    /// <summary>Refused: two slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Tuple<Expr, Expr>> step) => throw Error.TooFewSlots(2, 1);

    /// <summary>A rule with three slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2);
        return Make([0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4);
    }

    /// <summary>A rule with three slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, (Expr, Expr, Expr)> init, Func<Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3], r.Item1, r.Item2, r.Item3, r.Item4);
    }

    /// <summary>A rule with three slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2);
        return Make([0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4);
    }

    /// <summary>A rule with three slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Tuple<Expr, Expr, Expr>> init, Func<Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3], r.Item1, r.Item2, r.Item3, r.Item4);
    }

    /// <summary>Refused: three slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, (Expr, Expr, Expr)> step) => throw Error.TooFewSlots(3, 2);

    /// <summary>Refused: three slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr>> step) => throw Error.TooFewSlots(3, 2);

    /// <summary>A rule with four slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3);
        return Make([0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5);
    }

    /// <summary>A rule with four slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, (Expr, Expr, Expr, Expr)> init, Func<Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5);
    }

    /// <summary>A rule with four slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3);
        return Make([0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5);
    }

    /// <summary>A rule with four slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Tuple<Expr, Expr, Expr, Expr>> init, Func<Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5);
    }

    /// <summary>Refused: four slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr)> step) => throw Error.TooFewSlots(4, 3);

    /// <summary>Refused: four slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr>> step) => throw Error.TooFewSlots(4, 3);

    /// <summary>A rule with five slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3, s4);
        return Make([0, 0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6);
    }

    /// <summary>A rule with five slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, (Expr, Expr, Expr, Expr, Expr)> init, Func<Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3, s4);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4, start.Item5], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6);
    }

    /// <summary>A rule with five slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3, s4);
        return Make([0, 0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6);
    }

    /// <summary>A rule with five slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Tuple<Expr, Expr, Expr, Expr, Expr>> init, Func<Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3, s4);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4, start.Item5], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6);
    }

    /// <summary>Refused: five slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr)> step) => throw Error.TooFewSlots(5, 4);

    /// <summary>Refused: five slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr>> step) => throw Error.TooFewSlots(5, 4);

    /// <summary>A rule with six slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3, s4, s5);
        return Make([0, 0, 0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6, r.Item7);
    }

    /// <summary>A rule with six slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, (Expr, Expr, Expr, Expr, Expr, Expr)> init, Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr, Expr, Expr)> step)
    {
        var r = step(g, s0, s1, s2, s3, s4, s5);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4, start.Item5, start.Item6], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6, r.Item7);
    }

    /// <summary>A rule with six slots, zero at first: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3, s4, s5);
        return Make([0, 0, 0, 0, 0, 0], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6, r.Item7);
    }

    /// <summary>A rule with six slots that <paramref name="init"/> starts from the parameter: returns the step to subtract, then the next value of each.</summary>
    /// <exception cref="OptDslException">The rule reads data or a parameter of a network.</exception>
    public static Rule Of(Func<Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr>> init, Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr, Expr>> step)
    {
        var r = step(g, s0, s1, s2, s3, s4, s5);
        var start = init(param);
        return Make([start.Item1, start.Item2, start.Item3, start.Item4, start.Item5, start.Item6], r.Item1, r.Item2, r.Item3, r.Item4, r.Item5, r.Item6, r.Item7);
    }

    /// <summary>Refused: six slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, (Expr, Expr, Expr, Expr, Expr, Expr)> step) => throw Error.TooFewSlots(6, 5);

    /// <summary>Refused: six slots taken, but the next value of one is missing from the result.</summary>
    /// <exception cref="OptDslException">Always, OPT0105.</exception>
    public static Rule Of(Func<Expr, Expr, Expr, Expr, Expr, Expr, Expr, Tuple<Expr, Expr, Expr, Expr, Expr, Expr>> step) => throw Error.TooFewSlots(6, 5);

    internal static Expr Slot(int index) => Build.Leaf(Primitive.Slot, null, index);

    static Rule Make(Expr[] starts, Expr step, params Expr[] nexts)
    {
        var slots = new RuleSlot[nexts.Length];
        for (var i = 0; i < slots.Length; i++) slots[i] = new("slot" + Text.Number(i + 1), starts[i], nexts[i]);
        foreach (var node in Dag.PostOrder([step, .. nexts, .. starts]))
            if (node.Op == Primitive.Input || node.Data is ParameterInfo) throw Error.DataInRule(node);
        foreach (var node in Dag.PostOrder(starts))
            if (Unknown(node.Op) is { } unknown) throw Error.Argument("init", $"a slot starts before the first step, and {unknown} at a step");
        if (!UsesGradient(step, nexts)) throw Error.GradientUnused(step);
        return new([new(slots, step)]);
    }

    /// <summary>What a slot cannot start from.</summary>
    static string? Unknown(Primitive op) => op == Primitive.Stream ? "random numbers are drawn" : op == Primitive.Examples ? "examples come" : op == Primitive.Loss ? "a loss is known"
        : op == Primitive.Gradient ? "a gradient is known" : op == Primitive.Slot ? "slots are known" : null;

    /// <summary>Whether the step depends on a gradient, of now or, through slots, of before.</summary>
    static bool UsesGradient(Expr step, Expr[] nexts)
    {
        var seen = new HashSet<int>();
        var left = new Queue<Expr>([step]);
        while (left.Count > 0)
            foreach (var node in Dag.PostOrder(left.Dequeue()))
                if (node.Op == Primitive.Gradient) return true;
                else if (node.Op == Primitive.Slot && seen.Add((int)node.Data!)) left.Enqueue(nexts[(int)node.Data!]);
        return false;
    }
}
