using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

/// <summary>
/// Evaluates a declaration through the operations that the compiler has bound. The user's code of this compilation is
/// interpreted, and what other assemblies export; members of the language are executed, on the generator's own copy of it,
/// and so are harmless members of the library. One instance evaluates one declaration once.
/// </summary>
internal sealed partial class Evaluator
{
    readonly Sources sources;
    readonly HostTypes types;
    readonly HostMethods methods;
    readonly Bodies bodies;
    readonly Budget budget;

    Evaluator(Compilation compilation, IAssemblySymbol language, CancellationToken cancellation)
    {
        sources = new(compilation, language, cancellation);
        types = new(sources);
        methods = new(types);
        bodies = new(sources, cancellation);
        budget = new(cancellation);
    }

    /// <summary>
    /// The model that a member declares, or the one reason why there is none; neither where the compiler gives the reason. The
    /// third says that an error is reported, by us or by the compiler. With a model come the warnings about it.
    /// </summary>
    public static (Model? Model, DiagnosticInfo? Problem, bool HasError, IEnumerable<DiagnosticInfo> Findings) Evaluate(
        ISymbol member, Compilation compilation, IAssemblySymbol language, LocationInfo place, CancellationToken cancellation)
    {
        var evaluator = new Evaluator(compilation, language, cancellation);
        var (model, problem, hasError) = evaluator.Attempt(place, () => evaluator.Read(member) is Model model
            ? Detached(model) : throw new Refusal(DiagnosticInfo.Of(Descriptors.Null, place, member.Name), Declaration(member)));
        return (model, problem, hasError, model is null ? [] : evaluator.Findings(model, place));
    }

    /// <summary>What an evaluation gives, or why it gives nothing.</summary>
    (T? Value, DiagnosticInfo? Problem, bool HasError) Attempt<T>(LocationInfo place, Func<T> evaluation)
    {
        DiagnosticInfo? problem;
        try
        {
            return (evaluation(), null, false);
        }
        catch (Refusal refusal)
        {
            problem = Shown(refusal, place);
        }
        catch (InsufficientExecutionStackException)
        {
            problem = DiagnosticInfo.Of(Descriptors.Budget, place, "the declaration nests too deeply", "split it, or call Compile() at run time");
        }
        // Wrong code may have operations that right code never has.
        catch (Exception bug) when (bug is not OperationCanceledException && (bodies.HaveErrors() || bodies.ForeignError() is not null))
        {
            problem = Shown(Refusal.Silent(), place);
        }
        var isWrong = bodies.HaveErrors();
        return (default, isWrong ? null : problem, isWrong || problem is not null);
    }

    /// <summary>The value of a static member without arguments.</summary>
    object? Read(ISymbol member)
    {
        var at = Declaration(member);
        budget.Step(at);
        return member switch
        {
            IPropertySymbol property => ReadProperty(property, null, [], at, Frame.Static),
            IFieldSymbol field => ReadStatic(field, at),
            _ => CallMethod((IMethodSymbol)member, null, [.. ((IMethodSymbol)member).Parameters.Select(Default)], at, Frame.Static),
        };
    }

    object? Default(IParameterSymbol parameter) =>
        Constant(parameter.ExplicitDefaultValue, parameter.Type) ?? DefaultOf(parameter.Type, Frame.Static, Declaration(parameter));

    static SyntaxNode Declaration(ISymbol member) => member.DeclaringSyntaxReferences[0].GetSyntax();

    /// <summary>
    /// The same model without the user's conditions: they are functions of this evaluator, and a model that outlives the
    /// evaluation would keep its whole compilation alive.
    /// </summary>
    static Model Detached(Model model)
    {
        if (model.Rule.Stages.All(s => s.Only is null)) return model;
        return new(model.Loss, new([.. model.Rule.Stages.Select(stage => stage.Only is null ? stage : stage with { Only = Covered(stage, model) })]));
    }

    static Func<Parameter, bool> Covered(Stage stage, Model model)
    {
        var paths = model.Trained.Where(stage.Covers).Select(p => p.Path).ToArray();
        return parameter => paths.Contains(parameter.Path);
    }

    /// <summary>The value of an expression. Values of primitive types, strings and tuples are the host's own.</summary>
    object? Value(IOperation operation, Scope scope)
    {
        budget.Step(operation.Syntax);
        if (operation.ConstantValue.HasValue && operation.Kind != OperationKind.VariableInitializer) return Constant(operation.ConstantValue.Value, operation.Type);
        budget.Enter(operation.Syntax);
        var value = Dispatch(operation, scope);
        budget.Leave();
        return origins.Made(value, operation.Syntax);
    }

    object? Dispatch(IOperation operation, Scope scope) => operation.Kind switch
    {
        OperationKind.Invocation => Invocation((IInvocationOperation)operation, scope),
        OperationKind.Conversion => Conversion((IConversionOperation)operation, scope),
        OperationKind.Binary => Binary((IBinaryOperation)operation, scope),
        OperationKind.Unary => Unary((IUnaryOperation)operation, scope),
        OperationKind.LocalReference => Local((ILocalReferenceOperation)operation, scope).Value,
        OperationKind.ParameterReference => Parameter(((IParameterReferenceOperation)operation).Parameter, operation, scope).Value,
        OperationKind.FieldReference => Field((IFieldReferenceOperation)operation, scope),
        OperationKind.PropertyReference => Property((IPropertyReferenceOperation)operation, scope),
        OperationKind.InstanceReference => This((IInstanceReferenceOperation)operation, scope).Value,
        OperationKind.Conditional => Conditional((IConditionalOperation)operation, scope),
        OperationKind.Coalesce => Coalesce((ICoalesceOperation)operation, scope),
        OperationKind.ConditionalAccess => ConditionalAccess((IConditionalAccessOperation)operation, scope),
        OperationKind.ConditionalAccessInstance => conditionalReceivers.Peek(),
        OperationKind.DelegateCreation => Delegate((IDelegateCreationOperation)operation, scope),
        OperationKind.ObjectCreation => ObjectCreation((IObjectCreationOperation)operation, scope),
        OperationKind.TypeParameterObjectCreation => NewParameter((ITypeParameterObjectCreationOperation)operation, scope),
        OperationKind.AnonymousObjectCreation => AnonymousObject((IAnonymousObjectCreationOperation)operation, scope),
        OperationKind.With => With((IWithOperation)operation, scope),
        OperationKind.Tuple => TupleLiteral((ITupleOperation)operation, scope),
        OperationKind.TupleBinary => TupleEquality((ITupleBinaryOperation)operation, scope),
        OperationKind.ArrayCreation => ArrayCreation((IArrayCreationOperation)operation, scope),
        OperationKind.ArrayElementReference => ArrayElement((IArrayElementReferenceOperation)operation, scope),
        OperationKind.ImplicitIndexerReference => Indexed((IImplicitIndexerReferenceOperation)operation, scope).Get(),
        OperationKind.CollectionExpression => CollectionExpression((ICollectionExpressionOperation)operation, scope),
        OperationKind.Range => Range((IRangeOperation)operation, scope),
        OperationKind.InterpolatedString => Interpolated((IInterpolatedStringOperation)operation, scope),
        OperationKind.SimpleAssignment => Assign((ISimpleAssignmentOperation)operation, scope),
        OperationKind.CompoundAssignment => CompoundAssign((ICompoundAssignmentOperation)operation, scope),
        OperationKind.CoalesceAssignment => CoalesceAssign((ICoalesceAssignmentOperation)operation, scope),
        OperationKind.DeconstructionAssignment => DeconstructionAssign((IDeconstructionAssignmentOperation)operation, scope),
        OperationKind.Increment or OperationKind.Decrement => Increment((IIncrementOrDecrementOperation)operation, scope),
        OperationKind.DeclarationExpression => PlaceOf(operation, scope).Get(),
        OperationKind.IsType => IsType((IIsTypeOperation)operation, scope),
        OperationKind.IsPattern => IsPattern((IIsPatternOperation)operation, scope),
        OperationKind.SwitchExpression => SwitchExpression((ISwitchExpressionOperation)operation, scope),
        OperationKind.DefaultValue => DefaultOf(operation.Type!, scope.Frame, operation.Syntax),
        OperationKind.TranslatedQuery => Value(((ITranslatedQueryOperation)operation).Operation, scope),
        OperationKind.Parenthesized => Value(((IParenthesizedOperation)operation).Operand, scope),
        OperationKind.Argument => Value(((IArgumentOperation)operation).Value, scope),
        OperationKind.Throw => throw Thrown((IThrowOperation)operation, scope),
        _ => throw Unsupported(operation),
    };

    /// <summary>The type as the running call means it.</summary>
    ITypeSymbol Resolve(ITypeSymbol type, Frame frame) => frame.Types.Substitute(type, sources, budget.Current);

    /// <summary>The host's type, which values of this type have at run time.</summary>
    Type HostType(ITypeSymbol type, Frame frame, SyntaxNode at) =>
        types.Of(Resolve(type, frame)) ?? throw Refusal.NotKnown(at, $"the type '{type.ToDisplayString()}'", Unsuitable);

    object? Constant(object? value, ITypeSymbol? type)
    {
        if (value is null || type is null) return value;
        var target = HostTypes.Nullable(type) ?? type;
        return target is INamedTypeSymbol { TypeKind: TypeKind.Enum } named ? Enumerated(named, value) : value;
    }

    object Enumerated(INamedTypeSymbol type, object number)
    {
        type = (INamedTypeSymbol)Resolve(type, Frame.Static);
        return types.IsSource(type) || types.Of(type) is not { IsEnum: true } host ? new EnumValue(type, number) : Enum.ToObject(host, number);
    }
}
