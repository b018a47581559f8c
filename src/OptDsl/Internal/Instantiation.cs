using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>A slot of one parameter: its name (<c>dense1.weights/m</c>), first value, next value.</summary>
internal sealed record SlotUpdate(string Name, Expr Leaf, Expr Start, Expr Next);

/// <summary>What a rule does to one parameter: its gradient leaf, the step to subtract, its slots.</summary>
internal sealed record Update(Parameter Parameter, Expr Gradient, Expr Step, IReadOnlyList<SlotUpdate> Slots);

/// <summary>A rule meets its parameters: symbols become the tensors of known shape, and shapes are checked.</summary>
internal static class Instantiation
{
    public static IReadOnlyList<Update> Of(Rule rule, IReadOnlyList<Parameter> parameters)
    {
        var gradients = parameters.Select(p => Build.Leaf(Primitive.Gradient, p.Shape, p.Path)).ToArray();
        var steps = parameters.Select((p, i) => p.IsFixed ? 0 : gradients[i]).ToArray();
        var slots = parameters.Select(_ => new List<SlotUpdate>()).ToArray();
        var drawn = new int[parameters.Count];
        foreach (var stage in rule.Stages)
        {
            var covered = Enumerable.Range(0, parameters.Count).Where(i => stage.Covers(parameters[i])).ToArray();
            if (!parameters.Any(stage.Allows)) throw Error.NothingCovered(parameters.Select(p => p.Path));
            var symbols = covered.ToDictionary(i => i, i => new Symbols(parameters[i], steps[i], Streams(stage, parameters[i], ref drawn[i]), Leaves(stage, parameters[i], slots[i])));
            // Every parameter's incoming step must stand before a total over all of them is taken.
            var totals = new Totals(covered.Select(i => symbols[i]).ToArray());
            foreach (var i in covered)
            {
                var own = symbols[i];
                for (var k = 0; k < stage.Slots.Count; k++)
                {
                    var slot = stage.Slots[k];
                    var next = Build.Number(own.Bind(slot.Next, totals));
                    var leaf = own.Slots[k].Leaf;
                    if (!Equals(Shape.Meet(next.Shape, leaf.Shape), leaf.Shape)) throw Error.SlotShape(slot.Name, leaf, next);
                    slots[i].Add(own.Slots[k] with { Next = next });
                }
                steps[i] = Build.Number(own.Bind(stage.Step, totals));
                if (!Equals(Shape.Meet(steps[i].Shape, parameters[i].Shape), parameters[i].Shape))
                    throw Error.StepShape(parameters[i].Path, parameters[i].Value, steps[i]);
            }
        }
        return [.. parameters.Select((p, i) => new Update(p, gradients[i], steps[i], slots[i]))];
    }

    /// <summary>A slot has the shape of its start; a plain number starts a slot of the parameter's shape.</summary>
    static IReadOnlyList<SlotUpdate> Leaves(Stage stage, Parameter parameter, List<SlotUpdate> before)
    {
        var leaves = new List<SlotUpdate>();
        foreach (var slot in stage.Slots)
        {
            var start = Build.Number(Meet(parameter, slot.Start, e => e.Op == Primitive.Param ? parameter.Value : null));
            var shape = start.Data is double ? parameter.Shape : start.Shape;
            var name = slot.Name;
            for (var n = 2; before.Concat(leaves).Any(s => s.Name == parameter.Path + "/" + name); n++) name = slot.Name + Text.Number(n);
            var leaf = Build.Leaf(Primitive.Slot, shape, parameter.Path + "/" + name);
            leaves.Add(new(parameter.Path + "/" + name, leaf, start, leaf));
        }
        return leaves;
    }

    /// <summary>Random numbers of its own for each parameter and each place in the rule: <c>dense1.weights/random1</c>.</summary>
    static Dictionary<Expr, Expr> Streams(Stage stage, Parameter parameter, ref int drawn)
    {
        var streams = new Dictionary<Expr, Expr>();
        foreach (var stream in stage.Streams) streams[stream] = Build.Leaf(Primitive.Stream, Shape.Scalar, parameter.Path + "/random" + Text.Number(drawn += 1));
        return streams;
    }

    /// <summary>An equation with a parameter's shape; what does not fit is told with the parameter, which the rule itself does not know.</summary>
    static Expr Meet(Parameter parameter, Expr equation, Func<Expr, Expr?> replace)
    {
        try
        {
            return Dag.Substitute(equation, replace);
        }
        // A sum over all parameters meets others on the way.
        catch (OptDslException fault) when (!Error.IsInRule(fault))
        {
            throw Error.InRule(fault, parameter);
        }
    }

    sealed record Symbols(Parameter Parameter, Expr Gradient, IReadOnlyDictionary<Expr, Expr> Streams, IReadOnlyList<SlotUpdate> Slots)
    {
        public Expr Bind(Expr equation, Totals? totals) => Meet(Parameter, equation, e =>
            e.Op == Primitive.Total ? totals!.Sum(e.Operands[0])
            : e.Op == Primitive.Gradient ? Gradient
            : e.Op == Primitive.Param ? Parameter.Value
            : e.Op == Primitive.Stream ? Streams[e]
            : e.Op == Primitive.Slot ? Slots[(int)e.Data!].Leaf
            : null);
    }

    /// <summary>Sums over all elements of all parameters that a stage covers.</summary>
    sealed class Totals(Symbols[] covered)
    {
        readonly Dictionary<Expr, Expr> sums = [];

        public Expr Sum(Expr equation)
        {
            if (sums.TryGetValue(equation, out var sum)) return sum;
            foreach (var symbols in covered)
            {
                var own = Build.ReduceAll(Primitive.Sum, symbols.Bind(equation, this));
                sum = sum is null ? own : sum + own;
            }
            return sums[equation] = sum!;
        }
    }
}
