using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>What every kernel's writer needs: where values are, how they are called, and how operands are spelled.</summary>
internal sealed class KernelScope
{
    readonly Dictionary<Value, int> home = [];

    public KernelScope(Plan plan, Program program, Dialect dialect, Uniforms uniforms)
    {
        (Plan, Program, Dialect, Uniforms) = (plan, program, dialect, uniforms);
        for (var i = 0; i < program.Kernels.Count; i++)
            foreach (var value in program.Kernels[i].Values) home[value] = i;
    }

    public Plan Plan { get; }

    public Program Program { get; }

    public Dialect Dialect { get; }

    public Uniforms Uniforms { get; }

    public string BufferType => $"Buffer<{Dialect.Type}>";

    public bool IsPlaced(Value value) => home.ContainsKey(value);

    /// <summary>What a copy copies.</summary>
    public Value Source(Value operand) => operand.Op == Primitive.Broadcast && !IsPlaced(operand) ? Source(operand.Operands[0]) : operand;

    /// <summary>A comparison that is spelled where it is used.</summary>
    public bool IsSpelled(Value value) => value.Op.IsTruth && !value.IsUniform && !IsPlaced(value);

    /// <summary>The caller's name of the memory that holds a value.</summary>
    public string Argument(Value value) =>
        value.Op == Primitive.Input && !Plan.IsStaged(value) ? Uniforms.Input(value)
        : Plan.Of(Program, value) is { } place ? place.Name
        : throw new InvalidOperationException($"{value} has no memory in {Program.Name}");

    /// <summary>The row stride of a value in memory.</summary>
    public int Stride(Value value) => Plan.Storage.Width(value.Extent);

    /// <summary>The row stride as stored: data that a product reads in place has no padding.</summary>
    public int RowStride(Value value) => value.Op == Primitive.Input && !Plan.IsStaged(value) ? value.Extent.Columns : Stride(value);

    /// <summary>The parameter or slot of a name.</summary>
    public Value Leaf(string target) => Plan.Graph.Roots.Stored.First(s => s.Name == target).Leaf;

    /// <summary>The role of a value in the method that reads it.</summary>
    public string Role(Value value) => value.Op.Name switch
    {
        "parameter" => "w",
        "slot" => Names.Camel(((string)value.Data!).Substring(((string)value.Data!).LastIndexOf('/') + 1)),
        "input" => value.Element == Element.Integer ? "label" : "x",
        _ when Plan.Graph.Roots.Gradients.Any(g => g.Value == value) => "g",
        not "transpose" when value.Extent.Batched && value.Extent.Dims.Rank > 0 && Plan.Names.IsBackward(value) => "dz",
        "matmul" or "add" => "z",
        "where" or "tanh" or "sigmoid" or "softplus" => "h",
        "transpose" => "wT",
        "batchSum" => "total",
        "exp" => "e",
        _ => value.Op.Name,
    };

    /// <summary>The targets that a loop stores a value to at once.</summary>
    public IEnumerable<string> InPlaceTargets(Value value) =>
        Program.Writes.Where(w => w.Value == value && Lifetimes.IsInPlace(Program, w)).Select(w => w.Target);

    /// <summary>The role of the parameter or slot whose next value this is, before or after its flush.</summary>
    public string? NextOf(Value value) => Program.Writes
        .Where(w => (w.Value == value || (Patterns.Of(w.Value) is { Name: "Flush" } flush && flush.Operand == value)) && Lifetimes.IsInPlace(Program, w))
        .Select(w => Role(Leaf(w.Target))).FirstOrDefault();
}
