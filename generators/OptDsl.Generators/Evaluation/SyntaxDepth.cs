using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// How deeply code nests, counted on the syntax alone: Roslyn's <c>GetOperation</c> recurses along a chain of calls and
/// overflows the stack, which nothing can catch, so this is asked first.
/// </summary>
internal static class SyntaxDepth
{
    /// <summary>Calls in a chain, or expressions and statements within each other.</summary>
    public const int Limit = 256;

    public static void Check(SyntaxNode code)
    {
        var stack = new Stack<(SyntaxNode Node, int Depth, SyntaxNode? Outermost)>();
        stack.Push((code, 0, null));
        while (stack.Count > 0)
        {
            var (node, depth, outermost) = stack.Pop();
            if (Counts(node)) depth++;
            if (node is ExpressionSyntax) outermost ??= node;
            if (depth > Limit)
                throw Refusal.Because(Descriptors.Budget, outermost ?? code, $"this chain or nest is more than {Limit} deep", "split it: name intermediate values with 'var', or build it in a loop");
            foreach (var child in node.ChildNodes()) stack.Push((child, depth, outermost));
        }
    }

    static bool Counts(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax or SimpleNameSyntax => false,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } => false,
        ExpressionSyntax or StatementSyntax or PatternSyntax => true,
        _ => false,
    };
}
