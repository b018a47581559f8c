using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>A call with all calls that it is chained to: head first, and in a loop, because chains are long.</summary>
    object? Invocation(IInvocationOperation operation, Scope scope)
    {
        var chain = new Stack<IInvocationOperation>();
        chain.Push(operation);
        while (Head(chain.Peek()) is IInvocationOperation head && !head.ConstantValue.HasValue) chain.Push(head);
        var first = chain.Peek();
        var receiver = Head(first) is { } start ? Receiver(start, scope) : null;
        while (chain.Count > 0)
        {
            var call = chain.Pop();
            if (call != operation) budget.Step(call.Syntax);
            var value = Invoke(call, receiver, scope);
            if (chain.Count == 0) return value;
            receiver = Place.Of(new Cell(origins.Made(value, call.Syntax)));
        }
        return null;
    }

    /// <summary>What a call is made on, where that comes first: the object, or the first argument of an extension method.</summary>
    static IOperation? Head(IInvocationOperation call)
    {
        var head = call.Instance
            ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 && call.Arguments[0] is { Parameter: { Ordinal: 0, RefKind: RefKind.None } } first ? first.Value : null);
        // A reference conversion changes nothing here: the values know their types.
        while (head is IConversionOperation { OperatorMethod: null, Conversion.IsReference: true, IsImplicit: true } conversion) head = conversion.Operand;
        return head;
    }

    object? Invoke(IInvocationOperation call, Place? receiver, Scope scope)
    {
        var method = call.TargetMethod;
        var parameters = method.Parameters.Length;
        if (method.MethodKind == MethodKind.Constructor) return Chained(call, scope);
        if (call.Instance is null)
        {
            var given = Arguments(call.Arguments, parameters, scope, receiver);
            return method.MethodKind == MethodKind.LocalFunction
                ? CallLocal(method, given, call.Syntax, scope)
                : CallMethod(Constrained(method, call.ConstrainedToType, scope.Frame, call.Syntax), null, given, call.Syntax, scope.Frame);
        }
        var cell = receiver!.AsCell();
        var before = cell.Value;
        var arguments = Arguments(call.Arguments, parameters, scope);
        if (method.MethodKind == MethodKind.DelegateInvoke) return CallDelegate(before, arguments, call.Syntax);
        var value = CallMethod(method, cell, arguments, call.Syntax, scope.Frame, call.IsVirtual || method.ContainingType.TypeKind == TypeKind.Interface);
        // A method of a value type may have replaced it.
        if (receiver.Variable is null && !ReferenceEquals(cell.Value, before)) receiver.Set(cell.Value);
        return value;
    }

    /// <summary>A static member of an interface, called through a type parameter, is that of the type behind it.</summary>
    IMethodSymbol Constrained(IMethodSymbol method, ITypeSymbol? type, Frame frame, SyntaxNode at) =>
        type is not null && Resolve(type, frame).FindImplementationForInterfaceMember(frame.Types.Substitute(method, sources, at)) is IMethodSymbol found ? found : method;

    /// <summary>Arguments by position of their parameter; those by reference are cells.</summary>
    object?[] Arguments(ImmutableArray<IArgumentOperation> arguments, int count, Scope scope, Place? first = null)
    {
        var values = new object?[count];
        foreach (var argument in arguments)
        {
            var parameter = argument.Parameter ?? throw Unsupported(argument.Value);
            values[parameter.Ordinal] = parameter.RefKind is RefKind.Ref or RefKind.Out
                ? PlaceOf(argument.Value, scope).Variable ?? throw Refusal.NotKnown(argument.Syntax, "passing this by reference", "pass a local variable")
                : first is not null && parameter.Ordinal == 0 ? first.Get() : Value(argument.Value, scope);
        }
        return values;
    }

    object? CallMethod(IMethodSymbol method, Cell? receiver, object?[] arguments, SyntaxNode at, Frame frame, bool isVirtual = true)
    {
        method = frame.Types.Substitute(method, sources, at);
        if (!method.IsStatic && method.MethodKind != MethodKind.Constructor)
        {
            if (OfNullable(method, receiver, arguments, at) is var (known, result) && known) return result;
            if (receiver?.Value is null) throw Refusal.Throws(at, nameof(NullReferenceException), $"'{method.AssociatedSymbol?.Name ?? method.Name}' is called on null");
            if (isVirtual && receiver.Value is Instance instance) method = Dispatch(method, instance);
        }
        if (types.IsSource(method)) return CallSource(method, receiver, arguments, at, frame);
        return types.IsLanguage(method) ? CallLanguage(method, receiver?.Value, arguments, at) : CallLibrary(method, receiver?.Value, arguments, at, frame);
    }

    /// <summary>The method that an object really has where this one is virtual or an interface's.</summary>
    static IMethodSymbol Dispatch(IMethodSymbol method, Instance instance)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            var found = instance.Type.FindImplementationForInterfaceMember(method.ConstructedFrom) as IMethodSymbol;
            return found is null ? method : method.Arity > 0 ? found.Construct([.. method.TypeArguments]) : found;
        }
        if (method.IsVirtual || method.IsAbstract || method.IsOverride)
            foreach (var member in Chain(instance.Type).SelectMany(t => t.GetMembers(method.Name)).OfType<IMethodSymbol>())
                for (var overridden = member; overridden is not null; overridden = overridden.OverriddenMethod)
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                        return method.Arity > 0 ? member.Construct([.. method.TypeArguments]) : member;
        return method;
    }

    /// <summary>A method, accessor or operator of the user.</summary>
    object? CallSource(IMethodSymbol method, Cell? receiver, object?[] arguments, SyntaxNode at, Frame frame)
    {
        if (method.IsAsync) throw Refusal.NotKnown(at, $"the asynchronous method '{method.Name}'", Compute);
        if (method.IsImplicitlyDeclared || Code(method) is not { } body) return CallSynthesized(method, receiver, arguments, at);
        var symbol = (method.PartialImplementationPart ?? method).OriginalDefinition;
        var scope = new Scope(new(receiver, TypeArguments.Of(method.ContainingType, method)));
        return Run(body, symbol.Parameters, arguments, scope, at);
    }

    object? CallLocal(IMethodSymbol method, object?[] arguments, SyntaxNode at, Scope scope)
    {
        if (scope.Find(method.OriginalDefinition)?.Value is not LocalFunction function) throw Refusal.Silent();
        if (method.IsAsync) throw Refusal.NotKnown(at, $"the asynchronous function '{method.Name}'", Compute);
        var arity = method.Arity == 0 ? null : method.Construct([.. method.TypeArguments.Select(t => Resolve(t, scope.Frame))]);
        var frame = function.Scope.Frame with { Types = TypeArguments.Of(null, arity, function.Scope.Frame.Types) };
        var body = function.Declaration.Body ?? throw Refusal.Silent();
        return Run(body, function.Declaration.Symbol.Parameters, arguments, new Scope(frame, function.Scope), at);
    }

    object? Run(IBlockOperation body, ImmutableArray<IParameterSymbol> parameters, object?[] arguments, Scope scope, SyntaxNode at)
    {
        for (var i = 0; i < parameters.Length; i++) scope.Bind(parameters[i], arguments[i] as Cell ?? new Cell(arguments[i]));
        budget.EnterCall(at);
        budget.Enter(at);
        var completion = Block(body, scope.Child());
        budget.Leave();
        budget.LeaveCall();
        return completion.Value;
    }

    /// <summary>The code of a method; null where it has none.</summary>
    IBlockOperation? Code(IMethodSymbol method)
    {
        var symbol = method.PartialImplementationPart ?? method;
        if (symbol.DeclaringSyntaxReferences.Length == 0) return null;
        return bodies.Of(symbol.DeclaringSyntaxReferences[0].GetSyntax()) switch
        {
            IMethodBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            IConstructorBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            IBlockOperation block => block,
            _ => null,
        };
    }

    /// <summary>A member of the language: executed on our own copy, so a new one needs no change here.</summary>
    object? CallLanguage(IMethodSymbol method, object? receiver, object?[] arguments, SyntaxNode at)
    {
        budget.Charge(Budget.LanguageCall + LanguageLimits.Cost(method, receiver, arguments, at), at);
        var host = methods.Find(method)
            ?? throw Refusal.NotKnown(at, $"'{method.Name}'", "the generator is older than the library: build again after updating both, or call Compile() at run time");
        return Execute(host, receiver, arguments, at);
    }

    static object? Execute(MethodBase method, object? receiver, object?[] arguments, SyntaxNode at)
    {
        var cells = arguments.Select(a => a as Cell).ToArray();
        var values = arguments.Select(a => a is Cell cell ? cell.Value : a).ToArray();
        try
        {
            var result = method is ConstructorInfo constructor ? constructor.Invoke(values) : method.Invoke(receiver, values);
            for (var i = 0; i < cells.Length; i++)
                if (cells[i] is { } cell) cell.Value = values[i];
            return result;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } exception)
        {
            throw Failed(exception, at);
        }
        catch (ArgumentException)
        {
            throw Refusal.NotKnown(at, "passing this value to the library", Unsuitable);
        }
    }

    /// <summary>What a call of the host threw, as what the user should see.</summary>
    static Exception Failed(Exception exception, SyntaxNode at) => exception switch
    {
        OptDslException mistake => Mistake(mistake, at),
        Refusal or OperationCanceledException or InsufficientExecutionStackException => exception,
        TargetInvocationException { InnerException: { } inner } => Failed(inner, at),
        _ => Refusal.Throws(at, exception.GetType().Name, exception.Message.Split('\r', '\n')[0]),
    };
}
