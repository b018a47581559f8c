using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// Which code of the user's made an expression: the first whose result holds it. While a declaration is evaluated results are only put
/// down; they are looked through where there is something to show.
/// </summary>
internal sealed class Origins
{
    readonly List<(object Result, SyntaxNode At)> results = [];

    /// <summary>The value itself.</summary>
    public object? Made(object? value, SyntaxNode at)
    {
        if (value is Expr or Rule) results.Add((value, at));
        return value;
    }

    public IReadOnlyDictionary<Expr, SyntaxNode> Find(Func<SyntaxTree, bool> isOwn)
    {
        var origins = new Dictionary<Expr, SyntaxNode>();
        foreach (var (result, at) in results.Where(r => isOwn(r.At.SyntaxTree)))
        {
            var waiting = new Stack<Expr>(result is Rule rule ? rule.Stages.SelectMany(s => s.Slots.Select(slot => slot.Next).Append(s.Step)) : [(Expr)result]);
            while (waiting.Count > 0)
            {
                var value = waiting.Pop();
                if (origins.ContainsKey(value)) continue;
                origins.Add(value, at);
                foreach (var operand in value.Operands) waiting.Push(operand);
            }
        }
        return origins;
    }
}
