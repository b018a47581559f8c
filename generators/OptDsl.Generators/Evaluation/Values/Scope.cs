using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Evaluation;

/// <summary>A variable. Lambdas that capture it share it.</summary>
internal sealed class Cell(object? value = null)
{
    public object? Value { get; set; } = value;
}

/// <summary>What a call fixes for all scopes inside it: <c>this</c> and the meaning of type parameters.</summary>
internal sealed record Frame(Cell? This, TypeArguments Types)
{
    public static readonly Frame Static = new(null, TypeArguments.None);
}

/// <summary>The variables of a block, each execution of it anew, as C# has it.</summary>
internal sealed class Scope(Frame frame, Scope? outer = null)
{
    Dictionary<ISymbol, Cell>? cells;

    public Frame Frame { get; } = frame;

    public Scope Child() => new(Frame, this);

    public Cell Declare(ISymbol variable, object? value) => Bind(variable, new Cell(value));

    public Cell Bind(ISymbol variable, Cell cell) =>
        (cells ??= new(SymbolEqualityComparer.Default))[variable] = cell;

    public Cell? Find(ISymbol variable)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope.cells is not null && scope.cells.TryGetValue(variable, out var cell)) return cell;
        return null;
    }

    Scope? Outer { get; } = outer;
}
