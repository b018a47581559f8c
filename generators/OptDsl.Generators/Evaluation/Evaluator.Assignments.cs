using System;
using System.Linq;
using Microsoft.CodeAnalysis;
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
        var value = Value(operation.Value, scope);
        Assign(operation.Target, value, scope);
        return value;
    }

    /// <summary>Assigns to a variable, a declaration, or element by element to a tuple of them.</summary>
    void Assign(IOperation target, object? value, Scope scope)
    {
        switch (target)
        {
            case IVariableDeclaratorOperation variable:
                scope.Declare(variable.Symbol, value);
                break;
            case IDeclarationExpressionOperation { Expression: ITupleOperation tuple }:
                Assign(tuple, value, scope);
                break;
            case ITupleOperation tuple:
                var parts = Deconstruct(value, DeconstructMethod(value, tuple), tuple.Elements.Length, tuple.Syntax, scope.Frame);
                // All places are found before the first is assigned, so that (a, b) = (b, a) swaps.
                var places = tuple.Elements.Select(e => Unwrapped(e) is ITupleOperation ? null : PlaceOf(e, scope)).ToArray();
                for (var i = 0; i < parts.Length; i++)
                    if (places[i] is { } place) place.Set(Fitting(parts[i], tuple.Elements[i]));
                    else Assign(Unwrapped(tuple.Elements[i]), parts[i], scope);
                break;
            default:
                PlaceOf(target, scope).Set(Fitting(value, target));
                break;
        }
    }

    static IOperation Unwrapped(IOperation element) => element is IDeclarationExpressionOperation declaration ? declaration.Expression : element;

    /// <summary>Deconstruction converts each part to its variable's type, and shows us no operation for it.</summary>
    object? Fitting(object? value, IOperation target)
    {
        if (value is null || target.Type is not { } type || target.Kind == OperationKind.Discard) return value;
        if (types.IsLanguage(type) && value is int or double) return CallMethod(ConversionTo(type, value), null, [value], target.Syntax, Frame.Static);
        var to = HostTypes.Nullable(type) ?? type;
        return IsNumber(to.SpecialType) && value is not (EnumValue or Enum) ? NumericConversion.To(to.SpecialType, value, false) ?? value : value;
    }

    static IMethodSymbol ConversionTo(ITypeSymbol type, object value)
    {
        var source = value is int ? SpecialType.System_Int32 : SpecialType.System_Double;
        return type.GetMembers("op_Implicit").OfType<IMethodSymbol>().First(m => m.Parameters[0].Type.SpecialType == source);
    }

    IMethodSymbol? DeconstructMethod(object? value, ITupleOperation target) => value is not Instance instance ? null
        : Chain(instance.Type).SelectMany(t => t.GetMembers("Deconstruct")).OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsStatic && m.Parameters.Length == target.Elements.Length && m.Parameters.All(p => p.RefKind == RefKind.Out));

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
        var field = operation.Field;
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
        var property = operation.Property;
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
