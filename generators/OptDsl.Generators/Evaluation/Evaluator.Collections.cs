using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

internal sealed partial class Evaluator
{
    object? ArrayCreation(IArrayCreationOperation operation, Scope scope)
    {
        var type = HostType(operation.Type!, scope.Frame, operation.Syntax);
        var sizes = operation.DimensionSizes.Select(s => System.Convert.ToInt64(Value(s, scope), System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        if (sizes.Any(s => s < 0)) throw Refusal.Throws(operation.Syntax, nameof(OverflowException), "the size of an array is negative");
        budget.CheckElements((long)sizes.Aggregate(1.0, (a, s) => Math.Min(1e12, a * s)), operation.Syntax);
        var array = Array.CreateInstance(type.GetElementType()!, sizes);
        var element = ((IArrayTypeSymbol)Resolve(operation.Type!, scope.Frame)).ElementType;
        if (operation.Initializer is { } initializer) Fill(array, initializer, [], scope);
        else if (array.Length > 0 && element.IsValueType && !type.GetElementType()!.IsValueType && DefaultOf(element, scope.Frame, operation.Syntax) is { } blank && array.Rank == 1)
            for (var i = 0; i < array.Length; i++) array.SetValue(blank, i);
        return array;
    }

    void Fill(Array array, IArrayInitializerOperation initializer, int[] indices, Scope scope)
    {
        for (var i = 0; i < initializer.ElementValues.Length; i++)
        {
            int[] at = [.. indices, i];
            if (initializer.ElementValues[i] is IArrayInitializerOperation inner) Fill(array, inner, at, scope);
            else array.SetValue(Value(initializer.ElementValues[i], scope), at);
        }
    }

    object? ArrayElement(IArrayElementReferenceOperation operation, Scope scope)
    {
        if (operation.Indices.Length == 1 && operation.Indices[0].Type is { Name: "Range" })
        {
            var array = AsArray(Value(operation.ArrayReference, scope), operation.Syntax);
            var (start, length) = Bounds((RangeValue)Value(operation.Indices[0], scope)!, array.Length, operation.Syntax);
            return SubArray(array, start, length, operation.Syntax);
        }
        return ElementPlace(operation, scope).Get();
    }

    Array SubArray(Array array, int start, int length, SyntaxNode at)
    {
        budget.CheckElements(length, at);
        var part = Array.CreateInstance(array.GetType().GetElementType()!, length);
        Array.Copy(array, start, part, 0, length);
        return part;
    }

    Place ElementPlace(IArrayElementReferenceOperation operation, Scope scope)
    {
        var array = AsArray(Value(operation.ArrayReference, scope), operation.Syntax);
        if (operation.Indices.Length != array.Rank) throw Refusal.Silent();
        var indices = operation.Indices.Select((index, axis) => Position(Value(index, scope), array.GetLength(axis))).ToArray();
        return new(() => Element(array, indices, operation.Syntax), value =>
        {
            Element(array, indices, operation.Syntax);
            array.SetValue(value, indices);
        });
    }

    static Array AsArray(object? value, SyntaxNode at) =>
        value as Array ?? throw Refusal.Throws(at, nameof(NullReferenceException), "the array is null");

    static int Position(object? index, int length) => index switch
    {
        IndexValue value => value.In(length),
        int value => value,
        long value => value is >= int.MinValue and <= int.MaxValue ? (int)value : -1,
        uint value => value <= int.MaxValue ? (int)value : -1,
        ulong value => value <= int.MaxValue ? (int)value : -1,
        _ => -1,
    };

    static object? Element(Array array, int[] indices, SyntaxNode at)
    {
        for (var axis = 0; axis < indices.Length; axis++)
            if (indices[axis] < 0 || indices[axis] >= array.GetLength(axis))
                throw Refusal.Throws(at, nameof(IndexOutOfRangeException), $"index {Text.Number(indices[axis])} is outside {Text.Number(array.GetLength(axis))} elements");
        return array.GetValue(indices);
    }

    object? Range(IRangeOperation operation, Scope scope) => new RangeValue(
        operation.LeftOperand is null ? new(0, false) : AsIndex(Value(operation.LeftOperand, scope)),
        operation.RightOperand is null ? new(0, true) : AsIndex(Value(operation.RightOperand, scope)));

    static IndexValue AsIndex(object? value) => value is IndexValue index ? index : new((int)value!, false);

    static (int Start, int Length) Bounds(RangeValue range, int length, SyntaxNode at)
    {
        int start = range.Start.In(length), end = range.End.In(length);
        return start >= 0 && end >= start && end <= length ? (start, end - start)
            : throw Refusal.Throws(at, nameof(ArgumentOutOfRangeException), $"[{Text.Number(start)}..{Text.Number(end)}] is outside {Text.Number(length)} elements");
    }

    /// <summary><c>x[^1]</c> and <c>x[1..3]</c> on what has a length and an indexer or a slice.</summary>
    Place Indexed(IImplicitIndexerReferenceOperation operation, Scope scope)
    {
        var receiver = Value(operation.Instance, scope) ?? throw Refusal.Throws(operation.Syntax, nameof(NullReferenceException), "the indexed value is null");
        var argument = Value(operation.Argument, scope);
        var length = Length(receiver, operation.LengthSymbol, operation.Syntax, scope.Frame);
        if (argument is RangeValue range)
        {
            var (start, count) = Bounds(range, length, operation.Syntax);
            return new(() => Slice(receiver, operation.IndexerSymbol, start, count, operation.Syntax, scope.Frame), _ => throw Unsupported(operation));
        }
        var position = Position(argument, length);
        return new(
            () => ElementAt(receiver, operation.IndexerSymbol, position, operation.Syntax, scope.Frame),
            value => CallMethod(((IPropertySymbol)operation.IndexerSymbol).SetMethod ?? throw Unsupported(operation), new(receiver), [position, value], operation.Syntax, scope.Frame));
    }

    int Length(object receiver, ISymbol? length, SyntaxNode at, Frame frame) => receiver switch
    {
        Array array => array.Length,
        string text => text.Length,
        _ when length is IPropertySymbol property => (int)ReadProperty(property, new(receiver), [], at, frame)!,
        _ => throw Refusal.NotKnown(at, "the length of this value", Unsuitable),
    };

    object? ElementAt(object receiver, ISymbol? indexer, int index, SyntaxNode at, Frame frame) => receiver switch
    {
        Array array => Element(array, [index], at),
        _ when indexer is IPropertySymbol property => ReadProperty(property, new(receiver), [index], at, frame),
        _ => throw Refusal.NotKnown(at, "an element of this value", Unsuitable),
    };

    object? Slice(object receiver, ISymbol? slice, int start, int length, SyntaxNode at, Frame frame) => receiver switch
    {
        Array array => SubArray(array, start, length, at),
        _ when slice is IMethodSymbol method => CallMethod(method, new(receiver), [start, length], at, frame),
        _ => throw Refusal.NotKnown(at, "a part of this value", Unsuitable),
    };

    object? CollectionExpression(ICollectionExpressionOperation operation, Scope scope)
    {
        var items = new List<object?>();
        foreach (var element in operation.Elements)
        {
            if (element is not ISpreadOperation spread)
            {
                items.Add(Value(element, scope));
                continue;
            }
            foreach (var item in Sequence(Value(spread.Operand, scope), spread.Syntax))
                items.Add(spread.ElementType is { } from && ElementOf(operation.Type!) is { } to ? Convert(item, from, to, spread.ElementConversion, spread, scope.Frame) : item);
        }
        budget.CheckElements(items.Count, operation.Syntax);
        var type = HostType(operation.Type!, scope.Frame, operation.Syntax);
        if (type.IsInterface && type.IsGenericType)
        {
            var argument = type.GetGenericArguments()[0];
            var definition = type.GetGenericTypeDefinition();
            type = definition == typeof(IList<>) || definition == typeof(ICollection<>) ? typeof(List<>).MakeGenericType(argument) : argument.MakeArrayType();
        }
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, items.Count);
            for (var i = 0; i < items.Count; i++) array.SetValue(items[i], i);
            return array;
        }
        var add = type.GetMethods().FirstOrDefault(m => m.Name is "Add" or "Enqueue" or "Push" && m.GetParameters().Length == 1);
        if (add is null || type.GetConstructor([]) is null) throw Refusal.NotKnown(operation.Syntax, $"a collection of type '{operation.Type!.ToDisplayString()}'", "use an array or a List");
        var collection = Activator.CreateInstance(type)!;
        foreach (var item in items) Execute(add, collection, [item], operation.Syntax);
        return collection;
    }

    static ITypeSymbol? ElementOf(ITypeSymbol collection) => collection switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named => named.TypeArguments[0],
        _ => null,
    };

    /// <summary>The elements of a value, each of which costs a step.</summary>
    IEnumerable<object?> Sequence(object? value, SyntaxNode at)
    {
        if (value is null) throw Refusal.Throws(at, nameof(NullReferenceException), "the sequence is null");
        if (value is not IEnumerable sequence) throw Refusal.NotKnown(at, "going through this value", "use an array or a List");
        var items = sequence.GetEnumerator();
        while (true)
        {
            try
            {
                if (!items.MoveNext()) break;
            }
            catch (InvalidOperationException exception)
            {
                throw Refusal.Throws(at, exception.GetType().Name, exception.Message);
            }
            budget.Charge(1, at);
            yield return items.Current;
        }
    }

    /// <summary>How elements become the loop's variables.</summary>
    Action<object?, Scope> Elements(IForEachLoopOperation loop)
    {
        if (loop.Syntax is not CommonForEachStatementSyntax syntax || bodies.Model(syntax).GetForEachStatementInfo(syntax) is not { ElementType: { } from } info) throw Refusal.Silent();
        if (loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol: var variable })
        {
            var conversion = info.ElementConversion.ToCommonConversion();
            return (item, scope) => scope.Declare(variable, Convert(item, Resolve(from, scope.Frame), Resolve(variable.Type, scope.Frame), conversion, loop, scope.Frame));
        }
        if (syntax is not ForEachVariableStatementSyntax several) throw Unsupported(loop);
        var parts = bodies.Model(syntax).GetDeconstructionInfo(several);
        return (item, scope) => Distribute(item, from, parts, Targets(loop.LoopControlVariable, scope), loop, scope.Frame);
    }
}
