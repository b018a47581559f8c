using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Compiler;

namespace OptDsl.Generators;

/// <summary>A request becomes C#; what would not compile beside the user's own members is refused with a reason.</summary>
internal static class LearnerWriter
{
    public static Learner Write(LearnerRequest request, CancellationToken cancellation)
    {
        try
        {
            var source = LargeStack.Run(() => request.Model is { } model ? ModelCompiler.Emit(model, request.Class) : ModelCompiler.EmitStandIn(request.Class));
            var clashes = Clashes(source, request, cancellation).ToArray();
            // The learner itself may have fewer members than what stands in for it.
            if (request.Model is null) return new(request.HintName, clashes.Length == 0 ? source : null, default);
            if (clashes.Length == 0 && ModelCompiler.OverBudget(request.Model, request.Class.Precision) is { } excess)
                return new(request.HintName, source, new([Problem.Of(Descriptors.OverBudget, 0, excess)]));
            return new(request.HintName, clashes.Length == 0 ? source : null, new(clashes));
        }
        catch (OptDslException mistake) when (Descriptors.ByCode.ContainsKey(mistake.Code))
        {
            return Failed(request, new(mistake.Code, 0, new([mistake.Advice])));
        }
        // Whatever goes wrong in here is our mistake, and must show as an error of ours: an exception that leaves a
        // generator is a mere warning (CS8785), and all output of the generator is missing.
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return Failed(request, Problem.Of(Descriptors.Internal, 0, request.Class.Name, Bug.Describe(bug)));
        }
    }

    static Learner Failed(LearnerRequest request, Problem problem) => new(request.HintName, null, new([problem]));

    /// <summary>Members that the class and its learner both declare, and its own name and those of its type parameters; methods clash at equal numbers of parameters.</summary>
    static IEnumerable<Problem> Clashes(string source, LearnerRequest request, CancellationToken cancellation)
    {
        // The user's class comes first; what computes is many times longer, and in a namespace of its own.
        var own = source.LastIndexOf(ClassWriter.Own, StringComparison.Ordinal);
        var root = CSharpSyntaxTree.ParseText(own < 0 ? source : source.Substring(0, own), cancellationToken: cancellation).GetRoot(cancellation);
        var emitted = new HashSet<(string, int?)>(Part(root, request)?.Members.SelectMany(Names) ?? []);
        foreach (var name in request.Class.Name.Split('<', ',', '>').Select(part => part.Trim()).Where(name => emitted.Any(e => e.Item1 == name)))
            yield return Problem.Of(Descriptors.Clash, 0, name, request.Class.Name);
        var places = 0;
        foreach (var member in request.Members)
        {
            places++;
            var clash = emitted.Contains((member.Name, member.Arity))
                || (member.Arity is not null ? emitted.Contains((member.Name, null)) : emitted.Any(e => e.Item1 == member.Name));
            if (clash) yield return Problem.Of(Descriptors.Clash, places, member.Name, request.Class.Name);
        }
    }

    static TypeDeclarationSyntax? Part(Microsoft.CodeAnalysis.SyntaxNode root, LearnerRequest request) => root.DescendantNodes()
        .OfType<TypeDeclarationSyntax>()
        .FirstOrDefault(t => t.Identifier.Text == request.Class.Name.Split('<')[0] && t.Ancestors().OfType<TypeDeclarationSyntax>().Count() == request.Class.Outer.Count);

    static IEnumerable<(string, int?)> Names(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => [(method.Identifier.ValueText, method.ParameterList.Parameters.Count)],
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => [(property.Identifier.ValueText, null)],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(v => (v.Identifier.ValueText, (int?)null)),
        BaseTypeDeclarationSyntax type => [(type.Identifier.ValueText, null)],
        _ => [],
    };
}
