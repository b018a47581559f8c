using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>Members of the .NET library: those on the allow-list are executed, a few whose values we represent differently are ours.</summary>
internal sealed partial class Evaluator
{
    // What differs from run to run, from machine to machine, or by the user's language.
    static readonly HashSet<string> denied =
    [
        "GetHashCode", "GetType", "Shuffle", "GetEnumerator", "MemberwiseClone", "CreateInstance", "ToUpper", "ToLower", "Compare", "CompareTo",
        "IsNormalized", "Normalize", "Intern", "IsInterned", "DynamicInvoke", "Combine",
    ];

    object? CallLibrary(IMethodSymbol method, object? receiver, object?[] arguments, SyntaxNode at, Frame frame)
    {
        if (receiver is Instance own && Implementation(own, method) is { } mine) return CallSource(mine, new(own), arguments, at, frame);
        if (TrySpecial(method, receiver, arguments, at, out var special)) return special;
        var type = method.ContainingType;
        if (!HostTypes.IsAllowed(type) || denied.Contains(method.Name) && !(method.Name == "CompareTo" && receiver is not string) || IsCultural(method)) throw Outside(method, at);
        Meter(method, receiver, arguments, at);
        var host = methods.Find(method) ?? throw Outside(method, at);
        if (receiver is not null && !host.DeclaringType!.IsInstanceOfType(receiver)) throw Outside(method, at);
        var value = Execute(host, receiver, arguments, at);
        if (value is string text) budget.CheckText(text, at);
        else if (value is ICollection made && method.MethodKind != MethodKind.PropertyGet) budget.Charge(made.Count / 8, at);
        return method.MethodKind == MethodKind.Constructor ? value : FromHost(value, Resolve(method.ReturnType, frame), frame, at);
    }

    /// <summary>Texts compared by the user's language: at build time there is none.</summary>
    static bool IsCultural(IMethodSymbol method) => method.ContainingType.SpecialType == SpecialType.System_String
        && method.Name is "StartsWith" or "EndsWith" or "IndexOf" or "LastIndexOf"
        && method.Parameters[0].Type.SpecialType == SpecialType.System_String
        && method.Parameters.All(p => p.Type.Name != nameof(StringComparison));

    static IMethodSymbol? Implementation(Instance instance, IMethodSymbol method)
    {
        var found = Dispatch(method, instance);
        return found.DeclaringSyntaxReferences.Length > 0 ? found : null;
    }

    bool TrySpecial(IMethodSymbol method, object? receiver, object?[] arguments, SyntaxNode at, out object? value)
    {
        var type = method.ContainingType;
        switch (method.Name)
        {
            case "Equals" when arguments.Length == 2 && method.IsStatic && type.SpecialType == SpecialType.System_Object:
                value = AreEqual(arguments[0], arguments[1]);
                return true;
            case "Equals" when arguments.Length == 1 && !method.IsStatic:
                value = AreEqual(receiver, arguments[0]);
                return true;
            case "ReferenceEquals":
                value = ReferenceEquals(arguments[0], arguments[1]);
                return true;
            case "ToString" when receiver is not null && !types.IsSource(type) && arguments.All(a => a is string or null):
                value = budget.CheckText(Display(receiver, arguments.OfType<string>().FirstOrDefault(), at), at);
                return true;
            case "HasFlag" when receiver is EnumValue flags:
                ulong set = Bits(flags), asked = Bits((EnumValue)arguments[0]!);
                value = (set & asked) == asked;
                return true;
            case "op_Implicit" when type is { Name: "Index", ContainingNamespace.Name: "System" }:
                value = new IndexValue((int)arguments[0]!, false);
                return true;
            case "op_Implicit" when type is { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" } && arguments[0] is Array or null:
                value = arguments[0];
                return true;
            case "get_Length" when type is { Name: "Span" or "ReadOnlySpan" } && receiver is Array span:
                value = span.Length;
                return true;
            case "get_Item" when type is { Name: "Span" or "ReadOnlySpan" } && receiver is Array span:
                value = Element(span, [(int)arguments[0]!], at);
                return true;
            case "ToArray" when type is { Name: "Span" or "ReadOnlySpan" } && receiver is Array span:
                value = span.Clone();
                return true;
        }
        if (type is { Name: "MemoryExtensions", ContainingNamespace.Name: "System" } && arguments.Length > 0 && arguments[0] is Array items)
            return OverSpan(method.Name, items, arguments, out value);
        value = null;
        return false;
    }

    static ulong Bits(EnumValue value) => (ulong)NumericConversion.To(SpecialType.System_UInt64, value.Number, false)!;

    /// <summary>From C# 14 on, some calls on arrays bind to spans.</summary>
    bool OverSpan(string name, Array items, object?[] arguments, out object? value)
    {
        var list = items.Cast<object?>().ToList();
        budget.Charge(list.Count);
        value = name switch
        {
            "Contains" when arguments.Length == 2 => list.Any(i => AreEqual(i, arguments[1])),
            "IndexOf" when arguments.Length == 2 => list.FindIndex(i => AreEqual(i, arguments[1])),
            "SequenceEqual" when arguments.Length == 2 && arguments[1] is Array other => list.Count == other.Length && list.Zip(other.Cast<object?>(), AreEqual).All(e => e),
            "AsSpan" when arguments.Length == 1 => items,
            _ => null,
        };
        return value is not null;
    }

    /// <summary><c>int?</c> is a number or null here, so its members are not those of an object.</summary>
    (bool Known, object? Result) OfNullable(IMethodSymbol method, Cell? receiver, object?[] arguments, SyntaxNode at)
    {
        if (method.ContainingType.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T) return default;
        return method.Name switch
        {
            "get_HasValue" => (true, receiver?.Value is not null),
            "get_Value" => (true, receiver?.Value ?? throw Refusal.Throws(at, nameof(InvalidOperationException), "the value is null")),
            "GetValueOrDefault" => (true, receiver?.Value ?? (arguments.Length > 0 ? arguments[0] : DefaultOf(method.ContainingType.TypeArguments[0], Frame.Static, at))),
            _ => default,
        };
    }

    /// <summary>Counts what a library call may do on its own, before it does it.</summary>
    void Meter(IMethodSymbol method, object? receiver, object?[] arguments, SyntaxNode at)
    {
        // LINQ composes lazily: each call is a level that every element will pass.
        budget.Charge(method.ContainingType.Name == nameof(Enumerable) ? 20 : 1, at);
        var isText = method.ContainingType.SpecialType == SpecialType.System_String;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = method.Parameters[i];
            switch (arguments[i])
            {
                case string text when parameter.Name is "format":
                    CheckFormat(text, at);
                    break;
                case int count when isText && parameter.Name is "count" or "totalWidth":
                    budget.CheckCharacters(count, at);
                    break;
                case int count when parameter.Name is "capacity" or "newSize" or "length" or "size":
                    budget.CheckElements(count, at);
                    break;
                case string text when method.Name == "Replace":
                    budget.CheckCharacters((receiver as string ?? "").Length * (long)Math.Max(1, text.Length) / 16, at);
                    break;
                case string:
                    break;
                case ICollection collection:
                    budget.Charge(collection.Count + (collection is IEnumerable<string> texts ? texts.Sum(t => (t?.Length ?? 0) / 64) : 0), at);
                    break;
                case IEnumerable sequence when ElementType(parameter.Type) is { } element:
                    arguments[i] = Activator.CreateInstance(typeof(Metered<>).MakeGenericType(element), sequence, budget);
                    break;
            }
        }
        if (receiver is IList list && method.Name is not ("Add" or "get_Item" or "set_Item" or "get_Count" or "get_Length")) budget.Charge(list.Count / 8, at);
    }

    Type? ElementType(ITypeSymbol parameter) => parameter is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence
        ? types.Of(sequence.TypeArguments[0]) : null;

    /// <summary><c>{0:D999999999}</c> is a text of a gigabyte.</summary>
    static void CheckFormat(string format, SyntaxNode at)
    {
        var digits = 0;
        foreach (var c in format)
            if ((digits = char.IsDigit(c) ? digits + 1 : 0) > 3) throw Refusal.NotKnown(at, "a format with so large a number", "write a smaller one");
    }

    /// <summary>Why a member of another assembly cannot be used.</summary>
    public static Refusal Outside(ISymbol member, SyntaxNode at)
    {
        if (!IsLibrary(member.ContainingAssembly)) return Refusal.Because(Descriptors.OtherAssembly, at, Name(member), member.ContainingAssembly?.Name ?? "?");
        var instead = member.ContainingType is { SpecialType: SpecialType.System_String } ? "use an overload with StringComparison.Ordinal, or an invariant method" : Compute;
        return Refusal.NotKnown(at, $"'{Name(member)}'", instead);
    }

    /// <summary>A member as code names it.</summary>
    public static string Name(ISymbol member)
    {
        var type = member.ContainingType;
        return member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new " + type?.Name
            : (type is null || member is IMethodSymbol { IsExtensionMethod: true } ? "" : type.Name + ".") + ((member as IMethodSymbol)?.AssociatedSymbol ?? member).Name;
    }

    static bool IsLibrary(IAssemblySymbol? assembly) => assembly?.Name is not { } name
        || name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
