using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators;

/// <summary>Where a diagnostic about a piece of syntax points.</summary>
internal static class Places
{
    /// <summary>The name that a declaration introduces.</summary>
    public static LocationInfo Name(SyntaxNode declaration) => declaration switch
    {
        PropertyDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        MethodDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        LocalFunctionStatementSyntax node => LocationInfo.Of(node.Identifier),
        ConstructorDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        BaseTypeDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        DelegateDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        VariableDeclaratorSyntax node => LocationInfo.Of(node.Identifier),
        EventDeclarationSyntax node => LocationInfo.Of(node.Identifier),
        ParameterSyntax node => LocationInfo.Of(node.Identifier),
        IndexerDeclarationSyntax node => LocationInfo.Of(node.ThisKeyword),
        AccessorDeclarationSyntax node => LocationInfo.Of(node.Keyword),
        ParenthesizedLambdaExpressionSyntax node => LocationInfo.Of(node.ArrowToken),
        _ => LocationInfo.Of(declaration, declaration.Span),
    };

    /// <summary>
    /// What an expression does last: for a call in a chain the method's name and its arguments, because the whole
    /// expression would begin at the head of the chain, many lines above the mistake.
    /// </summary>
    public static LocationInfo Use(SyntaxNode expression) => LocationInfo.Of(expression, Span(expression));

    static TextSpan Span(SyntaxNode expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => TextSpan.FromBounds(access.Name.SpanStart, call.Span.End),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax access } call => TextSpan.FromBounds(access.Name.SpanStart, call.Span.End),
        ElementAccessExpressionSyntax access => access.ArgumentList.Span,
        MemberAccessExpressionSyntax access when access.Expression is not (IdentifierNameSyntax or PredefinedTypeSyntax) => access.Name.Span,
        ArgumentSyntax argument => Span(argument.Expression),
        _ => expression.Span,
    };
}
