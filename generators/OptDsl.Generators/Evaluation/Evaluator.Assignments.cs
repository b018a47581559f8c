using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Something that can be read and assigned; its parts (receiver, indices) have been evaluated already.</summary>
    sealed record Place(Func<object?> Get, Action<object?> Set, Cell? Variable = null)
    {
        public static Place Of(Cell cell) => new(() => cell.Value, value => cell.Value = value, cell);

        public Cell AsCell() => Variable ?? new(Get());
    }

    object? Assign(ISimpleAssignmentOperation operation, Scope scope)
    {
        if (operation.IsRef) throw Refusal.NotKnown(operation.Syntax, "a reference to a variable", "use the variable itself");
        var place = PlaceOf(operation.Target, scope);
        var value = Value(operation.Value, scope);
        place.Set(value);
        return value;
    }

    object? CoalesceAssign(ICoalesceAssignmentOperation operation, Scope scope)
    {
        var place = PlaceOf(operation.Target, scope);
        if (place.Get() is { } present) return present;
        var value = Value(operation.Value, scope);
        place.Set(value);
        return value;
    }

    object? DeconstructionAssign(IDeconstructionAssignmentOperation operation, Scope scope)
    {
        if (operation.Syntax is not AssignmentExpressionSyntax syntax) throw Unsupported(operation);
        var places = Targets(operation.Target, scope);
        var value = Value(operation.Value, scope);
        Distribute(value, operation.Value.Type, bodies.Model(syntax).GetDeconstructionInfo(syntax), places, operation, scope.Frame);
        return value;
    }

    /// <summary>Assigns the parts of a value, all of them found and converted before the first is assigned: (a, b) = (b, a) swaps.</summary>
    void Distribute(object? value, ITypeSymbol? type, DeconstructionInfo info, (Place Place, ITypeSymbol? Type)[] places, IOperation at, Frame frame)
    {
        var parts = Parts(value, type, info, at.Syntax, frame).ToArray();
        // Roslyn tells nothing of (a, b) = … as the whole body of a void function.
        if (parts.Length != places.Length) throw Refusal.NotKnown(at.Syntax, "taking this value apart", "write the assignment as a statement between braces");
        var converted = parts.Zip(places, (part, place) => part.Type is null || place.Type is null ? part.Value
            : Convert(part.Value, Resolve(part.Type, frame), Resolve(place.Type, frame), part.Conversion, at, frame)).ToArray();
        for (var i = 0; i < converted.Length; i++) places[i].Place.Set(converted[i]);
    }

    /// <summary>The variables of a nest of tuples, from left to right.</summary>
    (Place Place, ITypeSymbol? Type)[] Targets(IOperation target, Scope scope) => target switch
    {
        IDeclarationExpressionOperation { Expression: ITupleOperation tuple } => Targets(tuple, scope),
        ITupleOperation tuple => [.. tuple.Elements.SelectMany(e => Targets(e, scope))],
        _ => [(PlaceOf(target, scope), target.Kind == OperationKind.Discard ? null : target.Type)],
    };

    IEnumerable<(object? Value, ITypeSymbol? Type, CommonConversion Conversion)> Parts(object? value, ITypeSymbol? type, DeconstructionInfo info, SyntaxNode at, Frame frame)
    {
        if (info.Nested.IsEmpty) return [(value, info.Conversion is null ? null : type, info.Conversion?.ToCommonConversion() ?? default)];
        var parts = Deconstruct(value, info.Method, info.Nested.Length, at, frame);
        ITypeSymbol[] partTypes = info.Method is { } method ? [.. method.Parameters.Skip(method.Parameters.Length - parts.Length).Select(p => p.Type)]
            : type is INamedTypeSymbol { IsTupleType: true } tuple ? [.. tuple.TupleElements.Select(e => e.Type)] : throw Refusal.Silent();
        return parts.SelectMany((part, i) => Parts(part, partTypes[i], info.Nested[i], at, frame));
    }

    /// <summary>The parts of a tuple, or what a <c>Deconstruct</c> method gives.</summary>
    object?[] Deconstruct(object? value, IMethodSymbol? method, int count, SyntaxNode at, Frame frame)
    {
        if (value is null) throw Refusal.Throws(at, nameof(NullReferenceException), "the value to take apart is null");
        if (method is null)
            return Tuples.IsTuple(value) ? [.. Tuples.Items(value)]
                : value.GetType() is { IsGenericType: true, Name: "KeyValuePair`2" } pair ? [pair.GetProperty("Key")!.GetValue(value), pair.GetProperty("Value")!.GetValue(value)]
                : throw Refusal.NotKnown(at, "taking this value apart", "name its members instead");
        var parts = Enumerable.Range(0, count).Select(_ => new Cell()).ToArray();
        if (method.IsExtensionMethod && method.IsStatic) CallMethod(method, null, [value, .. parts], at, frame);
        else CallMethod(method, new(value), [.. parts], at, frame);
        return [.. parts.Select(p => p.Value)];
    }

    Place PlaceOf(IOperation target, Scope scope)
    {
        budget.Step(target.Syntax);
        switch (target)
        {
            case ILocalReferenceOperation local:
                return Place.Of(local.IsDeclaration ? scope.Declare(local.Local, null) : Local(local, scope));
            case IParameterReferenceOperation parameter:
                return Place.Of(Parameter(parameter.Parameter, parameter, scope));
            case IInstanceReferenceOperation instance:
                return Place.Of(This(instance, scope));
            case IDeclarationExpressionOperation declaration:
                return PlaceOf(declaration.Expression, scope);
            case IVariableDeclaratorOperation variable:
                return Place.Of(scope.Declare(variable.Symbol, null));
            case IDiscardOperation:
                return Place.Of(new Cell());
            case IFieldReferenceOperation field:
                return FieldPlace(field, scope);
            case IPropertyReferenceOperation property:
                return PropertyPlace(property, scope);
            case IArrayElementReferenceOperation element:
                return ElementPlace(element, scope);
            case IImplicitIndexerReferenceOperation indexed:
                return Indexed(indexed, scope);
            case IParenthesizedOperation parenthesized:
                return PlaceOf(parenthesized.Operand, scope);
            default:
                throw Unsupported(target);
        }
    }

    Place FieldPlace(IFieldReferenceOperation operation, Scope scope)
    {
        var field = Home(operation.Field, operation.Syntax);
        if (field.IsStatic) return new(() => ReadStatic(field, operation.Syntax), value => WriteStatic(field, value, operation.Syntax));
        var receiver = Receiver(operation.Instance!, scope);
        if (field.ContainingType.IsTupleType)
        {
            var index = TupleIndex(field);
            return new(() => Tuples.Items(receiver.Get()!).ElementAt(index), value => receiver.Set(Tuples.With(receiver.Get()!, index, value)));
        }
        return new(() => ReadField(field, receiver.Get(), operation.Syntax, scope.Frame), value => Store(receiver, field, value, operation.Syntax));
    }

    Place PropertyPlace(IPropertyReferenceOperation operation, Scope scope)
    {
        var property = Home(operation.Property, operation.Syntax);
        var receiver = operation.Instance is null ? null : Receiver(operation.Instance, scope);
        var arguments = Arguments(operation.Arguments, property.Parameters.Length, scope);
        return new(
            () => ReadProperty(property, receiver?.AsCell(), arguments, operation.Syntax, scope.Frame),
            value =>
            {
                if (property.IsStatic && types.IsSource(property) && IsStored(property)) WriteStatic(property, value, operation.Syntax);
                else if (receiver?.Get() is Instance instance && StoredIn(instance, property)) Store(receiver, property, value, operation.Syntax);
                else if (property.SetMethod is { } setter)
                {
                    var cell = receiver?.AsCell();
                    var before = cell?.Value;
                    CallMethod(setter, cell, [.. arguments, value], operation.Syntax, scope.Frame, !IsBase(operation.Instance));
                    if (cell is not null && !ReferenceEquals(cell.Value, before) && receiver!.Variable is null) receiver.Set(cell.Value);
                }
                else throw Unsupported(operation);
            });
    }

    /// <summary>The object whose member is meant. A value type is replaced in the place where it stands; an object is only looked up.</summary>
    Place Receiver(IOperation instance, Scope scope)
    {
        if (instance.Type is { IsValueType: true } && IsPlace(instance)) return PlaceOf(instance, scope);
        return Place.Of(instance is IInstanceReferenceOperation self ? This(self, scope) : new Cell(Value(instance, scope)));
    }

    static bool IsPlace(IOperation operation) => operation is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IFieldReferenceOperation
        or IArrayElementReferenceOperation or IDeclarationExpressionOperation { Expression: ILocalReferenceOperation };

    void Store(Place receiver, ISymbol member, object? value, SyntaxNode at)
    {
        if (receiver.Get() is not Instance instance) throw Refusal.Throws(at, nameof(NullReferenceException), $"'{member.Name}' is assigned to null");
        if (instance.Type.IsValueType) receiver.Set(instance = instance.Copy());
        instance[member] = value;
    }
}
