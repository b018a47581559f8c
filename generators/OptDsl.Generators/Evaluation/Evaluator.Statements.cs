using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>How a statement ends.</summary>
    enum Flow { Next, Break, Continue, Return }

    readonly record struct Completion(Flow Flow, object? Value = null);

    static readonly Completion next = new(Flow.Next);

    Completion Execute(IOperation statement, Scope scope)
    {
        budget.Step(statement.Syntax);
        budget.Enter(statement.Syntax);
        var completion = Perform(statement, scope);
        budget.Leave();
        return completion;
    }

    Completion Perform(IOperation statement, Scope scope)
    {
        switch (statement.Kind)
        {
            case OperationKind.Block:
                return Block((IBlockOperation)statement, scope.Child());
            case OperationKind.ExpressionStatement:
                Effect(((IExpressionStatementOperation)statement).Operation, scope);
                return next;
            case OperationKind.VariableDeclarationGroup:
                foreach (var declaration in ((IVariableDeclarationGroupOperation)statement).Declarations) Declare(declaration, scope);
                return next;
            case OperationKind.Return:
                var returned = ((IReturnOperation)statement).ReturnedValue;
                return new(Flow.Return, returned is null ? null : Value(returned, scope));
            case OperationKind.Conditional:
                var conditional = (IConditionalOperation)statement;
                if (Truth(conditional.Condition, scope)) return Execute(conditional.WhenTrue, scope);
                return conditional.WhenFalse is null ? next : Execute(conditional.WhenFalse, scope);
            case OperationKind.Loop:
                return Loop((ILoopOperation)statement, scope);
            case OperationKind.Switch:
                return Switch((ISwitchOperation)statement, scope);
            case OperationKind.Branch when ((IBranchOperation)statement).BranchKind == BranchKind.Break:
                return new(Flow.Break);
            case OperationKind.Branch when ((IBranchOperation)statement).BranchKind == BranchKind.Continue:
                return new(Flow.Continue);
            case OperationKind.LocalFunction or OperationKind.Empty:
                return next;
            case OperationKind.Throw:
                throw Thrown((IThrowOperation)statement, scope);
            default:
                throw Unsupported(statement);
        }
    }

    Completion Block(IBlockOperation block, Scope scope)
    {
        // A local function is known in its whole block, also before it stands there.
        foreach (var function in block.Operations.OfType<ILocalFunctionOperation>())
            scope.Declare(function.Symbol.OriginalDefinition, new LocalFunction(function, scope));
        foreach (var statement in block.Operations)
            if (Execute(statement, scope) is { Flow: not Flow.Next } end) return end;
        return next;
    }

    void Declare(IVariableDeclarationOperation declaration, Scope scope)
    {
        foreach (var variable in declaration.Declarators)
        {
            if (variable.Symbol.IsRef) throw Refusal.NotKnown(variable.Syntax, "a reference to a variable", "use the variable itself");
            var initializer = variable.Initializer ?? declaration.Initializer;
            scope.Declare(variable.Symbol, initializer is null ? null : Value(initializer.Value, scope));
            if (initializer is null && variable.Symbol.Type.IsValueType) scope.Declare(variable.Symbol, DefaultOf(variable.Symbol.Type, scope.Frame, variable.Syntax));
        }
    }

    /// <summary>An expression whose value nobody wants, or that has none.</summary>
    void Effect(IOperation operation, Scope scope) => Value(operation, scope);

    bool Truth(IOperation condition, Scope scope) => Value(condition, scope) is true;

    Completion Loop(ILoopOperation loop, Scope scope) => loop switch
    {
        IForLoopOperation { } each => For(each, scope.Child()),
        IWhileLoopOperation { } each => While(each, scope),
        IForEachLoopOperation { IsAsynchronous: false } each => ForEach(each, scope),
        _ => throw Unsupported(loop),
    };

    Completion For(IForLoopOperation loop, Scope scope)
    {
        foreach (var statement in loop.Before) Execute(statement, scope);
        while (loop.Condition is null || Truth(loop.Condition, scope))
        {
            if (Ends(Execute(loop.Body, scope.Child()), out var end)) return end;
            foreach (var statement in loop.AtLoopBottom) Execute(statement, scope);
        }
        return next;
    }

    Completion While(IWhileLoopOperation loop, Scope scope)
    {
        for (var first = true; ; first = false)
        {
            var iteration = scope.Child();
            if ((loop.ConditionIsTop || !first) && !Truth(loop.Condition!, iteration)) return next;
            if (Ends(Execute(loop.Body, iteration), out var end)) return end;
        }
    }

    Completion ForEach(IForEachLoopOperation loop, Scope scope)
    {
        var assign = Elements(loop);
        foreach (var item in Sequence(Value(loop.Collection, scope), loop.Collection.Syntax))
        {
            var iteration = scope.Child();
            assign(item, iteration);
            if (Ends(Execute(loop.Body, iteration), out var end)) return end;
        }
        return next;
    }

    /// <summary>Whether an iteration ends its loop, and how the loop then ends.</summary>
    static bool Ends(Completion iteration, out Completion loop)
    {
        loop = iteration.Flow == Flow.Return ? iteration : next;
        return iteration.Flow is Flow.Return or Flow.Break;
    }

    Completion Switch(ISwitchOperation statement, Scope scope)
    {
        var value = Value(statement.Value, scope);
        scope = scope.Child();
        var section = statement.Cases.FirstOrDefault(c => c.Clauses.Any(clause => Matches(clause, value, scope)))
            ?? statement.Cases.FirstOrDefault(c => c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation));
        foreach (var inner in section?.Body ?? [])
            if (Execute(inner, scope) is { Flow: not Flow.Next } end) return end.Flow == Flow.Break ? next : end;
        return next;
    }

    bool Matches(ICaseClauseOperation clause, object? value, Scope scope) => clause switch
    {
        ISingleValueCaseClauseOperation single => AreEqual(value, Value(single.Value, scope)),
        IPatternCaseClauseOperation pattern => Matches(pattern.Pattern, value, scope) && (pattern.Guard is null || Truth(pattern.Guard, scope)),
        _ => false,
    };

    /// <summary>The exception that the user's code throws, as a diagnostic where it stands.</summary>
    Refusal Thrown(IThrowOperation operation, Scope scope)
    {
        var exception = operation.Exception;
        while (exception is IConversionOperation { OperatorMethod: null } conversion) exception = conversion.Operand;
        if (exception is null or { Kind: OperationKind.Invalid }) return Refusal.Silent();
        if (exception.Type is { } type && types.IsLanguage(type) && Value(exception, scope) is OptDslException mistake) return Mistake(mistake, operation.Syntax);
        var message = exception is IObjectCreationOperation creation
            ? creation.Arguments.Where(a => a.Value.Type?.SpecialType == SpecialType.System_String)
                .OrderBy(a => a.Parameter?.Name == "message" ? 0 : 1).Select(a => Value(a.Value, scope) as string).FirstOrDefault()
            : null;
        return Refusal.Throws(operation.Syntax, exception.Type?.Name ?? "an exception", message ?? "without a message");
    }

    static Refusal Mistake(OptDslException mistake, SyntaxNode at) => Descriptors.ByCode.TryGetValue(mistake.Code, out var descriptor)
        ? Refusal.Because(descriptor, at, mistake.Advice)
        : Refusal.Throws(at, nameof(OptDslException), mistake.Message);
}
