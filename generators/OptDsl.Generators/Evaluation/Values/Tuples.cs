using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace OptDsl.Generators.Evaluation;

/// <summary>Tuples are the host's own value tuples, nested from the eighth element on.</summary>
internal static class Tuples
{
    const int Flat = 7;

    public static bool IsTuple(object value) => value.GetType() is { Namespace: "System", IsValueType: true } type && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal);

    public static object Make(Type type, object?[] items)
    {
        if (items.Length == 0) return default(ValueTuple);
        if (items.Length <= Flat) return Activator.CreateInstance(type, items)!;
        var head = new object?[Flat + 1];
        Array.Copy(items, head, Flat);
        var rest = new object?[items.Length - Flat];
        Array.Copy(items, Flat, rest, 0, rest.Length);
        head[Flat] = Make(type.GetGenericArguments()[Flat], rest);
        return Activator.CreateInstance(type, head)!;
    }

    public static IEnumerable<object?> Items(object tuple)
    {
        for (var level = tuple; level is not null;)
        {
            var type = level.GetType();
            var count = type.IsGenericType ? type.GetGenericArguments().Length : 0;
            for (var i = 1; i <= Math.Min(count, Flat); i++) yield return type.GetField("Item" + (char)('0' + i))!.GetValue(level);
            level = count > Flat ? type.GetField("Rest")!.GetValue(level) : null;
        }
    }

    /// <summary>The tuple with another item; tuples are values, so the old one stays as it is.</summary>
    public static object With(object tuple, int index, object? item)
    {
        var copy = RuntimeHelpers.GetObjectValue(tuple)!;
        var type = copy.GetType();
        if (index < Flat) type.GetField("Item" + (char)('1' + index))!.SetValue(copy, item);
        else
        {
            var rest = type.GetField("Rest")!;
            rest.SetValue(copy, With(rest.GetValue(copy)!, index - Flat, item));
        }
        return copy;
    }
}
