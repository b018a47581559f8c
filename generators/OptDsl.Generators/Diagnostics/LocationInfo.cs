using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators;

/// <summary>A place in source as plain values: a <see cref="Location"/> would keep its whole compilation alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo Of(SyntaxNode node, TextSpan span) =>
        new(node.SyntaxTree.FilePath, span, node.SyntaxTree.GetLineSpan(span).Span);

    public static LocationInfo Of(SyntaxToken token) => Of(token.Parent!, token.Span);

    /// <summary>A location in the tree itself where there is one, so that pragmas and editors see it.</summary>
    public Location In(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
            if (tree.FilePath == Path && tree.Length >= Span.End && tree.GetLineSpan(Span).Span == Lines)
                return Location.Create(tree, Span);
        return Location.Create(Path, Span, Lines);
    }
}
