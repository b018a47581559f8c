using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

/// <summary>Both ends of an export: source of another assembly as it is evaluated here, and our own as it will be elsewhere.</summary>
internal sealed partial class Evaluator
{
    readonly HashSet<ISymbol> foreseen = new(SymbolEqualityComparer.Default);
    readonly Queue<IOperation> unforeseen = new();

    /// <summary>
    /// Why an exported member cannot be evaluated, as far as it can be told here: it is evaluated if it needs no arguments, else its
    /// code, and that which it calls, is searched for what an evaluation would refuse wherever it got there.
    /// </summary>
    public static DiagnosticInfo? Foresee(ISymbol member, Compilation compilation, IAssemblySymbol language, LocationInfo place, CancellationToken cancellation)
    {
        var evaluator = new Evaluator(compilation, language, cancellation);
        return evaluator.Attempt(place, () => NeedsNothing(member) ? evaluator.Read(member) : evaluator.Search(member)).Problem;
    }

    static bool NeedsNothing(ISymbol member) => member.IsStatic && !member.ContainingType.IsGenericType
        && member is IFieldSymbol or IPropertySymbol or IMethodSymbol { Arity: 0 } && ((member as IMethodSymbol)?.Parameters.All(p => p.HasExplicitDefaultValue) ?? true);

    object? Search(ISymbol member)
    {
        Foresee(member, Declaration(member));
        while (unforeseen.Count > 0) Foresee(unforeseen.Dequeue());
        return null;
    }

    void Foresee(IOperation operation)
    {
        budget.Step(operation.Syntax);
        // Constants are computed by the compiler, and what is thrown is reported, not made.
        if (operation.ConstantValue.HasValue || operation is IThrowOperation) return;
        switch (operation)
        {
            case ITryOperation or IUsingOperation or IUsingDeclarationOperation or ILockOperation or IAwaitOperation or ITypeOfOperation or ILabeledOperation
                or IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } or IBranchOperation { BranchKind: BranchKind.GoTo } or IAddressOfOperation
                or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation
                or IEventReferenceOperation or IEventAssignmentOperation or IUtf8StringOperation:
                throw Unsupported(operation);
            case IInvocationOperation { ConstrainedToType: null } call:
                Foresee(call.TargetMethod, call.Syntax);
                break;
            case IPropertyReferenceOperation { ConstrainedToType: null } reference:
                Foresee(reference.Property, reference.Syntax);
                break;
            case IFieldReferenceOperation reference:
                Foresee(reference.Field, reference.Syntax);
                break;
            case IMethodReferenceOperation { ConstrainedToType: null } reference:
                Foresee(reference.Method, reference.Syntax);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                Foresee(constructor, operation.Syntax);
                break;
        }
        foreach (var child in operation.ChildOperations) unforeseen.Enqueue(child);
    }

    /// <summary>What a member does where it is used.</summary>
    void Foresee(ISymbol member, SyntaxNode at)
    {
        member = ((member as IMethodSymbol)?.ReducedFrom ?? member).OriginalDefinition;
        if (types.IsLanguage(member) || member.ContainingType is not { } type) return;
        if (!types.IsSource(member))
        {
            if (sources.IsExporting(member)) sources.Home(member, at);
            else if (!IsLibrary(member.ContainingAssembly) || (member.IsStatic || member is IMethodSymbol { MethodKind: MethodKind.Constructor }) && !types.IsKnown(type) && type.Name != "MemoryExtensions" || member is IMethodSymbol method && IsCultural(method))
                throw Outside(member, at);
            return;
        }
        if (!foreseen.Add(member) || member is IMethodSymbol { MethodKind: MethodKind.LocalFunction }) return;
        DemandFixed(member, at);
        foreach (var code in Codes(member)) unforeseen.Enqueue(code);
    }

    IEnumerable<IOperation> Codes(ISymbol member)
    {
        var code = member switch
        {
            IMethodSymbol method => Code(method),
            IPropertySymbol { GetMethod: { } getter } => Code(getter),
            _ => null,
        };
        if (code is not null) yield return code;
        if (Initializer(member) is { } initializer && bodies.Of(initializer) is { } value) yield return value;
    }

    /// <summary>A problem in exported source, shown where the project's own code uses that source.</summary>
    DiagnosticInfo? Shown(Refusal refusal, LocationInfo place)
    {
        if (refusal.At is { } at && sources.IsOwn(at.SyntaxTree)) return refusal.Problem;
        var site = budget.Sites.FirstOrDefault(s => sources.IsOwn(s.SyntaxTree));
        var shown = site is null ? place : Places.Use(site);
        if (bodies.ForeignError() is { } error && sources.ExporterOf(error.Location.SourceTree!) is { } exporter)
            return DiagnosticInfo.Of(Descriptors.ExportBroken, shown, error.Location.SourceTree!.FilePath, exporter.Assembly.Name, error.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        if (refusal.Problem is not { } problem || refusal.At is not { } foreign) return null;
        var line = Text.Number(problem.Location.Lines.Start.Line + 1);
        var where = $" (in {foreign.SyntaxTree.FilePath}, line {line}, exported by '{sources.ExporterOf(foreign.SyntaxTree)?.Assembly.Name}')";
        return problem with { Location = shown, Arguments = new([.. problem.Arguments.Take(problem.Arguments.Count - 1), problem.Arguments.Last() + where]) };
    }
}
