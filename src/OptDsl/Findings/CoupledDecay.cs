using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>L2 through the gradient of an adaptive rule: the decay is divided by the size of the gradients. https://arxiv.org/abs/1711.05101.</summary>
    public static readonly FindingKind CoupledDecay = new("OPT0204", "Decay before an adaptive rule", model =>
    {
        var stages = model.Model.Rule.Stages;
        return
            from i in Enumerable.Range(0, stages.Count)
            let decayed = DecayedGradient(stages[i])
            where decayed is not null
            from adaptive in stages.Skip(i + 1).Where(IsAdaptive)
            let parameter = model.Model.Trained.FirstOrDefault(p => stages[i].Covers(p) && adaptive.Covers(p))
            where parameter is not null
            let slots = string.Join(", ", adaptive.Slots.Select(s => s.Name))
            select (decayed, $"the decay of '{parameter.Path}' is added to its gradient, and then divided by the size of its gradients in the slots {slots}, so that weights of large gradients hardly decay; put AddDecayedWeights after that rule, or write AdamW");
    });

    /// <summary>g + decay·w, also of a rule that does not take every step.</summary>
    static Expr? DecayedGradient(Stage stage)
    {
        var step = stage.Step.Op == Primitive.Where ? stage.Step.Operands[1] : stage.Step;
        return stage.Slots.Count == 0 && step.Op == Primitive.Add && step.Operands.Any(o => o.Op == Primitive.Gradient)
            && step.Operands.Any(o => o.Op == Primitive.Multiply && o.Operands.Any(w => w.Op == Primitive.Param) && !o.Operands.Any(d => d.Data is 0.0))
                ? step : null;
    }

    /// <summary>Whether something is divided, element by element, by a slot that keeps the size of gradients.</summary>
    static bool IsAdaptive(Stage stage) => Dag.PostOrder([stage.Step, .. stage.Slots.Select(s => s.Next)])
        .Where(e => e.Op == Primitive.Divide)
        .Any(e => ByElement(e.Operands[1]).Any(s => s.Op == Primitive.Slot && KeepsSizes(stage.Slots[(int)s.Data!])));

    /// <summary>What a value hangs on without a sum: a norm of the tensor is a rate, it decays no weight less than another.</summary>
    static IEnumerable<Expr> ByElement(Expr root)
    {
        var seen = new HashSet<Expr> { root };
        for (var waiting = new Queue<Expr>(seen); waiting.Count > 0;)
        {
            var value = waiting.Dequeue();
            yield return value;
            if (value.Op.Kind == PrimitiveKind.Elementwise)
                foreach (var operand in value.Operands.Where(seen.Add)) waiting.Enqueue(operand);
        }
    }

    /// <summary>Squares or magnitudes, not the gradient itself, whose differences are a curvature; and not one number for a whole tensor.</summary>
    static bool KeepsSizes(RuleSlot slot) => (slot.Start.Data is double || slot.Start.KnownShape is not { Rank: 0 })
        && Dag.PostOrder(slot.Next).Any(e => (e.Op == Primitive.Abs || (e.Op == Primitive.Multiply && e.Operands[0] == e.Operands[1]))
            && Dag.PostOrder(e).Any(g => g.Op == Primitive.Gradient));
}
