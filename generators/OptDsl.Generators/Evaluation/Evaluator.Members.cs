using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    readonly Dictionary<ISymbol, object?> statics = new(SymbolEqualityComparer.Default);
    readonly List<ISymbol> initializing = [];
    readonly HashSet<ISymbol> constructing = new(SymbolEqualityComparer.Default), constructed = new(SymbolEqualityComparer.Default);
    readonly Stack<object?> conditionalReceivers = new();
    readonly Stack<Cell> implicitReceivers = new();

    static Cell Local(ILocalReferenceOperation operation, Scope scope) => operation.Local.IsRef
        ? throw Refusal.NotKnown(operation.Syntax, "a reference to a variable", "use the variable itself")
        : scope.Find(operation.Local) ?? throw Refusal.NotKnown(operation.Syntax, $"the variable '{operation.Local.Name}'", "declare it in the method that uses it");

    /// <summary>A parameter of the running call, of a call around it, or of the primary constructor that made <c>this</c>.</summary>
    static Cell Parameter(IParameterSymbol parameter, IOperation operation, Scope scope)
    {
        if (scope.Find(parameter) is { } cell) return cell;
        if (parameter.ContainingSymbol is ITypeSymbol && scope.Frame.This is { } extended) return extended;
        return (scope.Frame.This?.Value as Instance)?.FindCaptured(parameter)
            ?? throw Refusal.NotKnown(operation.Syntax, $"the parameter '{parameter.Name}'", Compute);
    }

    Cell This(IInstanceReferenceOperation operation, Scope scope) => operation.ReferenceKind switch
    {
        InstanceReferenceKind.ImplicitReceiver => implicitReceivers.Peek(),
        InstanceReferenceKind.ContainingTypeInstance when scope.Frame.This is { } self => self,
        _ => throw Unsupported(operation),
    };

    object? ConditionalAccess(IConditionalAccessOperation operation, Scope scope)
    {
        var receiver = Value(operation.Operation, scope);
        if (receiver is null) return null;
        conditionalReceivers.Push(receiver);
        var value = Value(operation.WhenNotNull, scope);
        conditionalReceivers.Pop();
        return value;
    }

    object? Field(IFieldReferenceOperation operation, Scope scope) => operation.Field.IsStatic
        ? ReadStatic(operation.Field, operation.Syntax)
        : ReadField(operation.Field, Value(operation.Instance!, scope), operation.Syntax, scope.Frame);

    object? ReadField(IFieldSymbol field, object? receiver, SyntaxNode at, Frame frame)
    {
        if (receiver is null) throw Refusal.Throws(at, nameof(NullReferenceException), $"'{field.Name}' is read of null");
        if (field.ContainingType.IsTupleType) return Tuples.Items(receiver).ElementAt(TupleIndex(field));
        if (receiver is Instance instance) return instance[Home(field, at)];
        return Library(field, receiver, at);
    }

    /// <summary>The position of <c>Item3</c>, whatever the declaration calls it.</summary>
    static int TupleIndex(IFieldSymbol field) =>
        int.Parse((field.CorrespondingTupleField ?? field).Name.Substring("Item".Length), CultureInfo.InvariantCulture) - 1;

    object? Property(IPropertyReferenceOperation operation, Scope scope)
    {
        var property = operation.Property;
        if (operation.ConstrainedToType is not null && property.GetMethod is { } accessor)
            return CallMethod(Constrained(accessor, operation.ConstrainedToType, scope.Frame, operation.Syntax), null, [], operation.Syntax, scope.Frame);
        var receiver = operation.Instance is null ? null : Receiver(operation.Instance, scope).AsCell();
        var arguments = Arguments(operation.Arguments, property.Parameters.Length, scope);
        return ReadProperty(property, receiver, arguments, operation.Syntax, scope.Frame, !IsBase(operation.Instance));
    }

    static bool IsBase(IOperation? instance) => instance?.Syntax is BaseExpressionSyntax;

    object? ReadProperty(IPropertySymbol property, Cell? receiver, object?[] arguments, SyntaxNode at, Frame frame, bool isVirtual = true)
    {
        property = Home(property, at);
        property = property.PartialImplementationPart ?? property;
        if (property.IsStatic && types.IsSource(property) && IsStored(property)) return ReadStatic(property, at);
        if (receiver?.Value is Instance instance && StoredIn(instance, property, isVirtual)) return instance[Overriding(instance, property, isVirtual)];
        return property.GetMethod is { } getter ? CallMethod(getter, receiver, arguments, at, frame, isVirtual)
            : receiver?.Value is Instance self && BaseGetter(self, property) is { } inherited ? CallMethod(inherited, receiver, arguments, at, frame, isVirtual)
            : throw Refusal.NotKnown(at, $"'{property.Name}'", Compute);
    }

    static IMethodSymbol? BaseGetter(Instance instance, IPropertySymbol property) =>
        Chain(instance.Type).SelectMany(t => t.GetMembers(property.Name)).OfType<IPropertySymbol>().FirstOrDefault(p => p.GetMethod is not null)?.GetMethod;

    /// <summary>Whether the compiler makes a property's accessors, so that it is storage: an auto-property or a record's parameter.</summary>
    static bool IsStored(IPropertySymbol property) => !property.IsAbstract && !property.IsIndexer && (property.ContainingType.IsAnonymousType
        || property.DeclaringSyntaxReferences.Any(r => r.GetSyntax() switch
        {
            ParameterSyntax => true,
            PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } syntax => !syntax.Modifiers.Any(m => m.ValueText is "partial" or "extern")
                && accessors.Accessors.All(a => a.Body is null && a.ExpressionBody is null),
            _ => false,
        }));

    bool StoredIn(Instance instance, IPropertySymbol property, bool isVirtual = true) =>
        Overriding(instance, property, isVirtual) is { } own && IsStored(own) && instance.Keys.Contains(own.OriginalDefinition, SymbolEqualityComparer.Default);

    /// <summary>The property that an object really has where this one is virtual or an interface's.</summary>
    static IPropertySymbol Overriding(Instance instance, IPropertySymbol property, bool isVirtual)
    {
        if (!isVirtual) return property;
        if (property.ContainingType.TypeKind == TypeKind.Interface)
            return instance.Type.FindImplementationForInterfaceMember(property) as IPropertySymbol ?? property;
        if (property.IsVirtual || property.IsAbstract || property.IsOverride)
            foreach (var member in Chain(instance.Type).SelectMany(t => t.GetMembers(property.Name)).OfType<IPropertySymbol>())
                for (var overridden = member; overridden is not null; overridden = overridden.OverriddenProperty)
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, property.OriginalDefinition)) return member;
        return property;
    }

    static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType) yield return level;
    }

    /// <summary>A static field or auto-property: evaluated when it is first asked for, with the values that C# would give it then.</summary>
    object? ReadStatic(ISymbol member, SyntaxNode at)
    {
        if (member is IFieldSymbol { HasConstantValue: true } constant) return Constant(constant.ConstantValue, constant.Type);
        member = Home(member, at);
        if (!types.IsSource(member)) return Library(member, null, at);
        member = Instance.Key(member);
        if (!constructing.Contains(member.ContainingType.OriginalDefinition))
        {
            DemandFixed(member, at);
            ConstructStatically(member.ContainingType.OriginalDefinition, at);
        }
        return statics.TryGetValue(member, out var value) ? value : Initialize(member, at);
    }

    /// <summary>Storage that every run of the program may fill differently has no value here.</summary>
    static void DemandFixed(ISymbol member, SyntaxNode at)
    {
        if (!member.IsStatic) return;
        if (member is IFieldSymbol { IsReadOnly: false, IsConst: false }) throw Refusal.NotKnown(at, $"the field '{member.Name}', which may change at run time,", "make it 'const' or 'static readonly'");
        if (member is IPropertySymbol { IsReadOnly: false } property && IsStored(property)) throw Refusal.NotKnown(at, $"the property '{member.Name}', which may change at run time,", "remove its setter");
    }

    /// <summary>A field or property as the source declares it that an assembly exports, if it does.</summary>
    T Home<T>(T member, SyntaxNode at)
        where T : ISymbol => sources.IsExporting(member) ? TypeArguments.None.Member(member, sources, at) : member;

    object? Initialize(ISymbol member, SyntaxNode at)
    {
        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        var initializer = Initializer(member);
        // While a type initializes its members in order, those that come later still have their default.
        var current = initializing.LastOrDefault(i => SymbolEqualityComparer.Default.Equals(i.ContainingType, member.ContainingType));
        if (initializer is null || initializing.Contains(member, SymbolEqualityComparer.Default) || current is not null && IsBefore(current, member))
            return DefaultOf(type, Frame.Static, at);
        initializing.Add(member);
        budget.EnterCall(at);
        var value = InitialValue(initializer, new Scope(Frame.Static));
        budget.LeaveCall();
        initializing.RemoveAt(initializing.Count - 1);
        return statics[member] = value;
    }

    object? InitialValue(EqualsValueClauseSyntax initializer, Scope scope) => bodies.Of(initializer) is ISymbolInitializerOperation operation
        ? Value(operation.Value, scope) : throw Refusal.Silent();

    static EqualsValueClauseSyntax? Initializer(ISymbol member) => member.DeclaringSyntaxReferences.Select(r => r.GetSyntax() switch
    {
        VariableDeclaratorSyntax field => field.Initializer,
        PropertyDeclarationSyntax property => property.Initializer,
        _ => null,
    }).FirstOrDefault(i => i is not null);

    static bool IsBefore(ISymbol a, ISymbol b)
    {
        var members = a.ContainingType.GetMembers();
        return members.IndexOf(a, 0, SymbolEqualityComparer.Default) < members.IndexOf(b, 0, SymbolEqualityComparer.Default);
    }

    /// <summary>Runs a static constructor, if the type has one, after the initializers of all static members.</summary>
    void ConstructStatically(INamedTypeSymbol type, SyntaxNode at)
    {
        var constructor = type.StaticConstructors.FirstOrDefault(c => !c.IsImplicitlyDeclared);
        if (constructor is null || !constructed.Add(type)) return;
        constructing.Add(type);
        foreach (var member in type.GetMembers().Where(m => m.IsStatic && m is IFieldSymbol or IPropertySymbol && Initializer(m) is not null))
            if (!statics.ContainsKey(Instance.Key(member))) Initialize(Instance.Key(member), at);
        CallSource(constructor, null, [], at, Frame.Static);
        constructing.Remove(type);
    }

    void WriteStatic(ISymbol member, object? value, SyntaxNode at)
    {
        if (!constructing.Contains(member.ContainingType.OriginalDefinition))
            throw Refusal.NotKnown(at, $"an assignment to the static member '{member.Name}'", "use a local variable");
        statics[Instance.Key(member)] = value;
    }

    /// <summary>A field of the library, such as <c>string.Empty</c>.</summary>
    object? Library(ISymbol member, object? receiver, SyntaxNode at)
    {
        if (!types.IsLanguage(member) && !HostTypes.IsAllowed(member.ContainingType)) throw Outside(member, at);
        var field = types.Of(member.ContainingType)?.GetField(member.Name, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance);
        return field is not null ? field.GetValue(receiver) : throw Outside(member, at);
    }
}
