using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Evaluation;

/// <summary>A function value: a lambda with what it captures, or a named function. <see cref="Type"/> is null until it is a delegate of the user's.</summary>
internal sealed class Closure(Func<object?[], object?> call, INamedTypeSymbol? type = null)
{
    public INamedTypeSymbol? Type { get; } = type;

    public object? Call(params object?[] arguments) => call(arguments);

    public Closure As(INamedTypeSymbol delegateType) => new(call, delegateType);
}

/// <summary>A local function in the block that declares it.</summary>
internal sealed record LocalFunction(ILocalFunctionOperation Declaration, Scope Scope);

/// <summary><c>System.Index</c>, which not every host of a generator has.</summary>
internal readonly record struct IndexValue(int Value, bool FromEnd)
{
    public int In(int length) => FromEnd ? length - Value : Value;
}

/// <summary><c>System.Range</c>, which not every host of a generator has.</summary>
internal readonly record struct RangeValue(IndexValue Start, IndexValue End);
