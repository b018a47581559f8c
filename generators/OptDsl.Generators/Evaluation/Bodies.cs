using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Evaluation;

/// <summary>The bound code of members, asked for once, and only where it does not nest too deeply to be bound.</summary>
internal sealed class Bodies(Sources sources, CancellationToken cancellation)
{
    readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    readonly Dictionary<SyntaxNode, IOperation?> operations = [];

    /// <summary>The body of a method or accessor, or the initializer of a field or property; null where there is none.</summary>
    public IOperation? Of(SyntaxNode syntax)
    {
        if (operations.TryGetValue(syntax, out var operation)) return operation;
        if (syntax is TypeDeclarationSyntax type) foreach (var part in Heads(type)) SyntaxDepth.Check(part);
        else SyntaxDepth.Check(syntax);
        return operations[syntax] = Model(syntax).GetOperation(syntax, cancellation);
    }

    public SemanticModel Model(SyntaxNode syntax) =>
        models.TryGetValue(syntax.SyntaxTree, out var model) ? model : models[syntax.SyntaxTree] = sources.Model(syntax.SyntaxTree);

    /// <summary>Whether the compiler finds errors in what has been evaluated: then it says what is wrong, and we do not.</summary>
    public bool HaveErrors() => Errors(operations.Keys.Where(syntax => sources.IsOwn(syntax.SyntaxTree))).Any();

    /// <summary>The first error in what has been evaluated of exported source, which nobody else reports.</summary>
    public Diagnostic? ForeignError() => Errors(operations.Keys.Where(syntax => !sources.IsOwn(syntax.SyntaxTree))).FirstOrDefault();

    IEnumerable<Diagnostic> Errors(IEnumerable<SyntaxNode> code) => code.SelectMany(Parts)
        .SelectMany(part => Model(part).GetDiagnostics(part.Span, cancellation)).Where(d => d.Severity == DiagnosticSeverity.Error && !d.IsWarningAsError);

    static IEnumerable<SyntaxNode> Parts(SyntaxNode syntax) => syntax is TypeDeclarationSyntax type ? Heads(type) : [syntax];

    /// <summary>Of a type only its primary constructor is evaluated.</summary>
    static IEnumerable<SyntaxNode> Heads(TypeDeclarationSyntax type)
    {
        if (type.ParameterList is { } parameters) yield return parameters;
        if (type.BaseList is { } bases) yield return bases;
    }
}
