using System;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>A function as a value: a closure where the user declares the delegate, else a real delegate of the host.</summary>
    object? Delegate(IDelegateCreationOperation operation, Scope scope)
    {
        var type = (INamedTypeSymbol)Resolve(operation.Type!, scope.Frame);
        switch (operation.Target)
        {
            case IAnonymousFunctionOperation lambda:
                return AsDelegate(Lambda(lambda, scope), type, operation.Syntax);
            case IMethodReferenceOperation reference:
                return AsDelegate(Group(reference, scope), type, operation.Syntax);
            default:
                var inner = Value(operation.Target, scope);
                return inner is null
                    ? throw Refusal.Throws(operation.Syntax, nameof(NullReferenceException), "the function is null")
                    : AsDelegate(new Closure(arguments => CallDelegate(inner, arguments, operation.Syntax)), type, operation.Syntax);
        }
    }

    object AsDelegate(Closure closure, INamedTypeSymbol type, SyntaxNode at)
    {
        if (types.IsSource(type)) return closure.As(type);
        return (types.Of(type) is { } host && typeof(Delegate).IsAssignableFrom(host) ? Thunk.Create(host, closure) : null)
            ?? throw Refusal.NotKnown(at, $"a function of type '{type.ToDisplayString()}'", "use Func or Action with at most six parameters");
    }

    Closure Lambda(IAnonymousFunctionOperation lambda, Scope scope)
    {
        if (lambda.Symbol.IsAsync) throw Refusal.NotKnown(lambda.Syntax, "an asynchronous lambda", Compute);
        return new(arguments => Run(lambda.Body, lambda.Symbol.Parameters, arguments, scope.Child(), lambda.Syntax));
    }

    /// <summary>A named function as a value, with the object or first argument that it is taken from.</summary>
    Closure Group(IMethodReferenceOperation reference, Scope scope)
    {
        var method = reference.Method;
        var at = reference.Syntax;
        if (method.MethodKind == MethodKind.LocalFunction) return new(arguments => CallLocal(method, arguments, at, scope));
        method = scope.Frame.Types.Substitute(method, sources, at);
        if (reference.Instance is null || reference.Instance.Kind == OperationKind.None) return new(arguments => CallMethod(method, null, arguments, at, Frame.Static));
        var receiver = Value(reference.Instance, scope);
        if (receiver is null && !method.IsStatic) throw Refusal.Throws(at, nameof(NullReferenceException), $"'{method.Name}' is taken from null");
        return method.IsStatic
            ? new(arguments => CallMethod(method, null, [receiver, .. arguments], at, Frame.Static))
            : new(arguments => CallMethod(method, new(receiver), arguments, at, Frame.Static));
    }

    object? CallDelegate(object? function, object?[] arguments, SyntaxNode at)
    {
        budget.Enter(at);
        var value = Apply(function, arguments, at);
        budget.Leave();
        return value;
    }

    object? Apply(object? function, object?[] arguments, SyntaxNode at)
    {
        switch (function)
        {
            case null:
                throw Refusal.Throws(at, nameof(NullReferenceException), "the function is null");
            case Closure closure:
                return closure.Call(arguments);
            case System.Delegate { Target: Thunk thunk }:
                return thunk.Closure.Call(arguments);
            case System.Delegate host:
                budget.Charge(Budget.LanguageCall, at);
                try
                {
                    return host.DynamicInvoke(arguments);
                }
                catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } exception)
                {
                    throw Failed(exception, at);
                }
            default:
                throw Refusal.NotKnown(at, "calling this value", Unsuitable);
        }
    }
}
