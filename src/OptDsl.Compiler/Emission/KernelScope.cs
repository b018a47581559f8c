using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>What every kernel's writer needs: where values are, how they are called, and how operands are spelled.</summary>
internal sealed class KernelScope
{
    readonly Dictionary<string, Value> leaves;
    readonly HashSet<Value> gradients;
    readonly Dictionary<Value, string> next = [];

    public KernelScope(Plan plan, Program program, Dialect dialect, Uniforms uniforms)
    {
        (Plan, Program, Dialect, Uniforms) = (plan, program, dialect, uniforms);
        leaves = plan.Graph.Roots.Stored.ToDictionary(s => s.Name, s => s.Leaf);
        gradients = [.. plan.Graph.Roots.Gradients.Select(g => g.Value)];
        foreach (var write in program.Writes.Where(w => program.Overwrites(w.Value).Contains(w.Target)))
        {
            next[write.Value] = write.Target;
            if (Patterns.Of(write.Value) is { Name: "Flush" } flush) next[flush.Operand] = write.Target;
        }
    }

    public Plan Plan { get; }

    public Program Program { get; }

    public Dialect Dialect { get; }

    public Uniforms Uniforms { get; }

    public string BufferType => $"Buffer<{Dialect.Type}>";

    public bool IsPlaced(Value value) => Program.IsPlaced(value);

    /// <summary>What a copy copies.</summary>
    public Value Source(Value operand) => operand.Op == Primitive.Broadcast && !IsPlaced(operand) ? Source(operand.Operands[0]) : operand;

    /// <summary>The values that a value's text asks for: not those inside a pattern.</summary>
    public IEnumerable<Value> Asked(Value value) =>
        (Patterns.Of(value) is { } pattern ? [pattern.Operand] : value.Operands).SelectMany(o => Lifetimes.Sources(IsPlaced, o));

    /// <summary>A comparison that is spelled where it is used.</summary>
    public bool IsSpelled(Value value) => value.Op.IsTruth && !value.IsUniform && !IsPlaced(value);

    /// <summary>What a loop asks for to compute a value: a scatter, what each cell puts on its pixel.</summary>
    public static IReadOnlyList<Value> Operands(Value value) => value.Op == Primitive.Fold ? Picks.Parts(value) : value.Operands;

    /// <summary>Pixels that a loop reads where they lie.</summary>
    public bool IsPicked(Value value) => Picks.IsPick(value) && !IsPlaced(value);

    /// <summary>The caller's name of the memory that holds a value.</summary>
    public string Argument(Value value) =>
        value.Op == Primitive.Input && !Plan.IsStaged(value) ? Uniforms.Input(value)
        : Plan.Of(Program, value) is { } place ? place.Name
        : throw new InvalidOperationException($"{value} has no memory in {Program.Name}");

    /// <summary>The left matrix of a product: its rows and their distance, or the images that its window sees.</summary>
    public string Left(Value value) => Plan.Storage.IsFramed(value) ? Framed(value) : $"{Argument(value)}, {Text.Number(RowStride(value))}";

    /// <summary>Images in the frame that their window asks for.</summary>
    public string Framed(Value unfold)
    {
        var w = (WindowInfo)unfold.Data!;
        return $"new Framed<{Dialect.Type}>({Argument(unfold)}, [{Text.Number(w.Down)}, {Text.Number(w.Across)}], [{Text.Number(w.Height)}, {Text.Number(w.Width)}], {Text.Number(w.Stride)}, {Text.Number(unfold.Operands[0].Extent.Columns)})";
    }

    /// <summary>The row stride of a value in memory.</summary>
    public int Stride(Value value) => Plan.Storage.Width(value.Extent);

    /// <summary>The row stride as stored: data that a product reads in place has no padding.</summary>
    public int RowStride(Value value) => value.Op == Primitive.Input && !Plan.IsStaged(value) ? value.Extent.Columns : Stride(value);

    /// <summary>So many, once or for each example.</summary>
    public static string Times(bool batched, long size) => !batched ? Text.Number(size) : size == 1 ? "n" : "n * " + Text.Number(size);

    /// <summary>The rows of a value, those of all examples one after the other.</summary>
    public static string Rows(Extent x) => Times(x.Batched, x.Rows.Dims.Size);

    /// <summary>The parameter or slot of a name.</summary>
    public Value Leaf(string target) => leaves[target];

    /// <summary>Whether this is the derivative of the loss by a parameter.</summary>
    public bool IsGradient(Value value) => gradients.Contains(value);

    /// <summary>The role of a value in the method that reads it.</summary>
    public string Role(Value value) => value.Op.Name switch
    {
        "parameter" => "w",
        "slot" => Names.Camel(((string)value.Data!).Substring(((string)value.Data!).LastIndexOf('/') + 1)),
        "unfold" when Picks.IsPick(value) => Role(value.Operands[0]),
        "input" => value.Element == Element.Integer ? "label" : "x",
        _ when IsGradient(value) => "g",
        not "transpose" when value.Extent.Batched && value.Extent.Dims.Rank > 0 && Plan.Names.IsBackward(value) => "dz",
        "matmul" or "add" => "z",
        "where" or "tanh" or "sigmoid" or "softplus" => "h",
        "transpose" => "wT",
        "orthonormalize" => "q",
        "batchSum" => "total",
        "exp" => "e",
        _ => value.Op.Name,
    };

    /// <summary>The role of the parameter or slot whose next value this is, before or after its flush.</summary>
    public string? NextOf(Value value) => next.TryGetValue(value, out var target) ? Role(Leaf(target)) : null;
}
