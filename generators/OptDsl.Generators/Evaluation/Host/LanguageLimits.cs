using System.Collections;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>What a call of the language costs beside being one: a few can ask for much, such as rules that double.</summary>
internal static class LanguageLimits
{
    const int Stages = 1024, Operations = 50_000;

    const long Updates = 2_000_000;

    public static long Cost(IMethodSymbol method, object? receiver, object?[] arguments, SyntaxNode at)
    {
        var cost = arguments.OfType<ICollection>().Sum(a => (long)a.Count / 8);
        if (receiver is Rule first && arguments.Length > 0 && arguments[0] is Rule second && first.Stages.Count + second.Stages.Count > Stages)
            throw TooMuch(at, "this rule has more than 1,024 stages");
        if (method.Name != nameof(Fluent.Minimize) || arguments.Length < 2 || arguments[0] is not Expr loss || arguments[1] is not Rule rule) return cost;
        var graph = Dag.PostOrder(loss);
        if (graph.Count > Operations) throw TooMuch(at, "this model has more than 50,000 operations");
        var equations = rule.Stages.Sum(s => (long)Dag.PostOrder([s.Step, .. s.Slots.Select(slot => slot.Next)]).Count);
        var parameters = graph.Count(e => e.Data is ParameterInfo);
        if (equations * parameters > Updates) throw TooMuch(at, "this rule makes more than 2,000,000 operations for all parameters");
        return cost + graph.Count + equations * parameters / 16 + (long)parameters * parameters / 64;
    }

    static Refusal TooMuch(SyntaxNode at, string what) => Refusal.Because(Descriptors.Budget, at, what, "make the model smaller, or call Compile() at run time");
}
