using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Compiler;
using OptDsl.Generators.Evaluation;

namespace OptDsl.Generators;

/// <summary>One <c>[Compile]</c> becomes a <see cref="Declaration"/>: the member and its class are checked, the body evaluated.</summary>
internal static class DeclarationReader
{
    public static Declaration Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        Bug.Shown(context, place => Read(context, place, cancellation), (place, bug) => new Declaration(null, new([bug]), new([place])));

    static Declaration Read(GeneratorAttributeSyntaxContext context, LocationInfo place, CancellationToken cancellation)
    {
        var attribute = context.Attributes[0];
        var language = attribute.AttributeClass!.ContainingAssembly;
        var member = Whole(context.TargetSymbol);
        var compilation = context.SemanticModel.Compilation;
        var problem = MemberShape.Problem(member, language);
        if (problem is { Length: > 0 })
            return new(null, new([DiagnosticInfo.Of(Descriptors.MemberShape, place, MemberShape.Name(member), problem)]), default);

        // While braces are out of balance the attribute may stand on something else, or in no type at all, and the compiler says so.
        if (member is not (IMethodSymbol or IPropertySymbol) || context.TargetNode.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null)
            return new(null, default, default);
        var diagnostics = new List<DiagnosticInfo>(TypeShape.Problems(member, attribute.AttributeClass, context.TargetNode));
        var fits = diagnostics.Count == 0;
        if (problem is not null) return new(fits ? Request(null, member, attribute) : null, default, default);
        if (compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
            diagnostics.Add(DiagnosticInfo.Of(Descriptors.Unoptimised, place, member.ContainingType.Name));

        var evaluated = Evaluator.Evaluate(member, compilation, language, place, cancellation);
        if (evaluated.Problem is not null) diagnostics.Add(evaluated.Problem);
        diagnostics.AddRange(evaluated.Findings);
        if (!fits || (evaluated.Model is null && !evaluated.HasError)) return new(null, new(diagnostics), default);
        var request = Request(evaluated.Model, member, attribute);
        return new(request, new(diagnostics), new([place, .. Members(member.ContainingType).Select(m => m.Place)]));
    }

    static LearnerRequest Request(Model? model, ISymbol member, AttributeData attribute) => new(
        model,
        TypeShape.Target(member.ContainingType, Precision(attribute)),
        HintName.Of(member.ContainingType.GetDocumentationCommentId()!.Substring(2)),
        new(Members(member.ContainingType).Select(m => m.Member)));

    /// <summary>The part of a partial member that lists of members show.</summary>
    public static ISymbol Whole(ISymbol member) => member switch
    {
        IMethodSymbol { PartialDefinitionPart: { } whole } => whole,
        IPropertySymbol { PartialDefinitionPart: { } whole } => whole,
        _ => member,
    };

    static Precision Precision(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == nameof(CompileAttribute.Precision)).Value.Value is (int)OptDsl.Precision.Double
            ? OptDsl.Precision.Double : OptDsl.Precision.Single;

    static IEnumerable<(Member Member, LocationInfo Place)> Members(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member.IsImplicitlyDeclared || member.DeclaringSyntaxReferences.Length == 0) continue;
            if (member is IMethodSymbol { MethodKind: not MethodKind.Ordinary } or IPropertySymbol { IsIndexer: true }) continue;
            yield return (new(member.Name, (member as IMethodSymbol)?.Parameters.Length), Places.Name(member.DeclaringSyntaxReferences[0].GetSyntax()));
        }
    }
}
