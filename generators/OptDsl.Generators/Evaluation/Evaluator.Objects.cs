using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    object? ObjectCreation(IObjectCreationOperation operation, Scope scope)
    {
        var constructor = operation.Constructor ?? throw Refusal.Silent();
        var type = (INamedTypeSymbol)Resolve(operation.Type!, scope.Frame);
        var arguments = Arguments(operation.Arguments, constructor.Parameters.Length, scope);
        var made = Create(type, constructor, arguments, operation.Syntax, scope.Frame);
        return operation.Initializer is null ? made : Initialized(operation.Initializer, made, scope);
    }

    object? NewParameter(ITypeParameterObjectCreationOperation operation, Scope scope)
    {
        if (Resolve(operation.Type!, scope.Frame) is not INamedTypeSymbol type) throw Refusal.NotKnown(operation.Syntax, $"the type '{operation.Type!.Name}'", Unsuitable);
        var made = type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0) is { } constructor
            ? Create(type, constructor, [], operation.Syntax, scope.Frame) : DefaultOf(type, scope.Frame, operation.Syntax);
        return operation.Initializer is null ? made : Initialized(operation.Initializer, made, scope);
    }

    object? Create(INamedTypeSymbol type, IMethodSymbol constructor, object?[] arguments, SyntaxNode at, Frame frame)
    {
        constructor = frame.Types.Substitute(constructor, sources, at);
        if (!types.IsSource(type)) return CallMethod(constructor, null, arguments, at, frame);
        var self = new Cell(Blank(type, at));
        Construct(type, constructor, self, arguments, at);
        return self.Value;
    }

    /// <summary>An object whose members all have their default.</summary>
    Instance Blank(INamedTypeSymbol type, SyntaxNode at)
    {
        var instance = new Instance(this, type);
        budget.Enter(at); // a value type may, wrongly, contain itself
        if (type.AllInterfaces.FirstOrDefault(i => sources.IsExporting(i)) is { } shared) throw Derives(shared);
        foreach (var level in Chain(type).Where(t => t.SpecialType is not SpecialType.System_Object and not SpecialType.System_ValueType))
        {
            if (!types.IsSource(level)) throw Derives(level);
            budget.Charge(1, at);
            foreach (var field in level.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic))
                instance[field] = field.Type.IsValueType ? DefaultOf(field.Type, Frame.Static, at) : null;
            // An anonymous type shows no fields.
            if (level.IsAnonymousType) foreach (var property in level.GetMembers().OfType<IPropertySymbol>()) instance[property] = null;
        }
        budget.Leave();
        return instance;

        Refusal Derives(INamedTypeSymbol other) => Refusal.NotKnown(at, $"an object that derives from '{other.Name}'", "derive from nothing, and hold the other object in a field");
    }

    void Construct(INamedTypeSymbol type, IMethodSymbol constructor, Cell self, object?[] arguments, SyntaxNode at)
    {
        budget.EnterCall(at);
        budget.Enter(at);
        var scope = new Scope(new(self, TypeArguments.Of(type)));
        var symbol = constructor.OriginalDefinition;
        for (var i = 0; i < symbol.Parameters.Length; i++) scope.Bind(symbol.Parameters[i], arguments[i] as Cell ?? new Cell(arguments[i]));
        var syntax = symbol.IsImplicitlyDeclared && symbol.Parameters.Length == 0 ? null : symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        switch (syntax)
        {
            case null:
                if (type.IsValueType) break;
                Initialize(type, scope);
                ConstructBase(type, null, scope, at);
                break;
            case TypeDeclarationSyntax primary:
                ((Instance)self.Value!).Captured.Add(scope);
                foreach (var parameter in symbol.Parameters)
                    if (type.IsRecord && Positional(type, parameter) is { } property) Update(self, property, scope.Find(parameter)!.Value);
                Initialize(type, scope);
                ConstructBase(type, bodies.Of(primary), scope, at);
                break;
            default:
                var code = bodies.Of(syntax) as IConstructorBodyOperation ?? throw Refusal.Silent();
                if (Call(code.Initializer) is not { } other || !SymbolEqualityComparer.Default.Equals(other.TargetMethod.ContainingType.OriginalDefinition, type.OriginalDefinition))
                {
                    Initialize(type, scope);
                    ConstructBase(type, code, scope, at);
                }
                else Chained(other, scope);
                if ((code.BlockBody ?? code.ExpressionBody) is { } body) Block(body, scope.Child());
                break;
        }
        budget.Leave();
        budget.LeaveCall();
    }

    static IInvocationOperation? Call(IOperation? initializer) => initializer switch
    {
        IInvocationOperation call => call,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => call,
        _ => null,
    };

    /// <summary>The call of another constructor, of this type or of its base.</summary>
    object? Chained(IInvocationOperation call, Scope scope)
    {
        var constructor = scope.Frame.Types.Substitute(call.TargetMethod, sources, call.Syntax);
        if (!types.IsSource(constructor)) return null;
        var arguments = Arguments(call.Arguments, constructor.Parameters.Length, scope);
        Construct(constructor.ContainingType, constructor, scope.Frame.This!, arguments, call.Syntax);
        return null;
    }

    void ConstructBase(INamedTypeSymbol type, IOperation? code, Scope scope, SyntaxNode at)
    {
        if (Call((code as IConstructorBodyOperation)?.Initializer) is { } call) Chained(call, scope);
        else if (type.BaseType is { } parent && types.IsSource(parent)
            && parent.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0) is { } constructor)
            Construct(parent, constructor, scope.Frame.This!, [], at);
    }

    /// <summary>The initializers of fields and properties, in order.</summary>
    void Initialize(INamedTypeSymbol type, Scope scope)
    {
        foreach (var member in type.GetMembers().Where(m => !m.IsStatic && m is IFieldSymbol or IPropertySymbol))
            if (Initializer(member) is { } initializer) Update(scope.Frame.This!, member, InitialValue(initializer, scope.Child()));
    }

    static IPropertySymbol? Positional(INamedTypeSymbol type, IParameterSymbol parameter) =>
        type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault(p => p.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is ParameterSyntax));

    static void Update(Cell self, ISymbol member, object? value)
    {
        var instance = (Instance)self.Value!;
        if (instance.Type.IsValueType) self.Value = instance = instance.Copy();
        instance[member] = value;
    }

    /// <summary>The object after <c>{ A = …, B = { … }, element, [key] = value }</c>.</summary>
    object? Initialized(IObjectOrCollectionInitializerOperation initializer, object? made, Scope scope)
    {
        var self = new Cell(made);
        implicitReceivers.Push(self);
        foreach (var part in initializer.Initializers)
        {
            if (part is not IMemberInitializerOperation member) Effect(part, scope);
            else
            {
                var place = PlaceOf(member.InitializedMember, scope);
                var before = place.Get();
                var after = Initialized(member.Initializer, before, scope);
                if (!ReferenceEquals(before, after)) place.Set(after);
            }
        }
        implicitReceivers.Pop();
        return self.Value;
    }

    object? AnonymousObject(IAnonymousObjectCreationOperation operation, Scope scope)
    {
        var instance = Blank((INamedTypeSymbol)Resolve(operation.Type!, scope.Frame), operation.Syntax);
        foreach (var part in operation.Initializers)
        {
            if (part is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment) throw Unsupported(part);
            instance[property.Property] = Value(assignment.Value, scope);
        }
        return instance;
    }

    object? With(IWithOperation operation, Scope scope)
    {
        var original = Value(operation.Operand, scope) ?? throw Refusal.Throws(operation.Syntax, nameof(NullReferenceException), "'with' copies null");
        if (operation.CloneMethod is { } clone && !Home(clone, operation.Syntax).IsImplicitlyDeclared) throw Refusal.NotKnown(operation.Syntax, "a copy constructor", "write no copy constructor");
        return Initialized(operation.Initializer, original is Instance instance ? instance.Copy() : original, scope);
    }

    /// <summary>What the compiler writes for records: equality, printing, taking apart, copying.</summary>
    object? CallSynthesized(IMethodSymbol method, Cell? receiver, object?[] arguments, SyntaxNode at)
    {
        switch (method.Name)
        {
            case "op_Equality":
                return AreEqual(arguments[0], arguments[1]);
            case "op_Inequality":
                return !AreEqual(arguments[0], arguments[1]);
            case "Equals" when arguments.Length == 1:
                return AreEqual(receiver!.Value, arguments[0]);
            case "ToString":
                return Display(receiver!.Value);
            case "<Clone>$":
                return ((Instance)receiver!.Value!).Copy();
            case "Deconstruct" when receiver?.Value is Instance instance:
                foreach (var parameter in method.OriginalDefinition.Parameters)
                    ((Cell)arguments[parameter.Ordinal]!).Value = instance.Type.GetMembers(parameter.Name).Concat(Chain(instance.Type).SelectMany(t => t.GetMembers(parameter.Name)))
                        .OfType<IPropertySymbol>().Select(p => ReadProperty(p, receiver, [], at, Frame.Static)).First();
                return null;
            default:
                throw Refusal.NotKnown(at, $"'{method.Name}', which has no code here,", Compute);
        }
    }

    /// <summary>Whether two values are equal as <c>Equals</c> has it.</summary>
    internal bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null) return left is null && right is null;
        budget.Charge(left is Rule or Model ? Budget.LanguageCall : 1);
        if (ReferenceEquals(left, right)) return true;
        if (left is not Instance a) return left.Equals(right);
        budget.Enter();
        var equal = AreEqual(a, right);
        budget.Leave();
        return equal;
    }

    bool AreEqual(Instance a, object right)
    {
        var own = Chain(a.Type).SelectMany(t => t.GetMembers("Equals")).OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsImplicitlyDeclared && !m.IsStatic && m.Parameters.Length == 1 && types.IsSource(m)
                && (m.Parameters[0].Type.SpecialType == SpecialType.System_Object || right is Instance b && SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, b.Type)));
        if (own is not null) return CallSource(own, new(a), [right], own.DeclaringSyntaxReferences[0].GetSyntax(), Frame.Static) is true;
        if (!a.IsData || right is not Instance other || !SymbolEqualityComparer.Default.Equals(a.Type, other.Type)) return false;
        return a.Keys.All(key => AreEqual(a[key], other[key]));
    }
}
