using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>What an element is.</summary>
internal enum Element { Real, Integer, Truth }

/// <summary>
/// A symbolic tensor of static shape, the batch implicit: an input, a parameter, a layer's output, a loss, a schedule or
/// the body of a rule. Immutable; built by operators and functions; prints as canonical text.
/// </summary>
public sealed partial class Expr
{
    internal Expr(Primitive op, Expr[] operands, object? data, Shape? shape, bool batched, Element element)
    {
        (Op, Operands, Data) = (op, operands, data);
        (KnownShape, Batched, Element) = (shape, batched, element);
    }

    internal Primitive Op { get; }

    internal IReadOnlyList<Expr> Operands { get; }

    /// <summary>What the primitive needs beside its operands: a number, an axis, a name.</summary>
    internal object? Data { get; }

    /// <summary>Null inside a rule, where the shape is not known yet.</summary>
    internal Shape? KnownShape { get; }

    internal bool Batched { get; }

    internal Element Element { get; }

    /// <summary>The dimensions, without the batch. Throws <see cref="OptDslException"/> inside a rule, where they are unknown.</summary>
    public Shape Shape => KnownShape ?? throw Error.ShapeUnknown("Shape");

    /// <summary>The number of dimensions, without the batch.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The size of the first dimension; with it C# writes <c>w[^1]</c> and <c>w[1..3]</c>.</summary>
    public int Length => Rank > 0 ? Shape[0] : throw Error.Argument("Length", "a scalar has no elements to index");

    /// <summary>The shape of a target that holds a label for each row of an output of this shape.</summary>
    internal Shape LabelShape => Rank == 0 ? Shape : Shape.Without(Rank - 1);

    internal string? InputName => (Data as InputInfo)?.Name;

    /// <summary>The value as canonical text: a numbered line per operation, numbers exact.</summary>
    public override string ToString() => CanonicalText.Of(this);

    /// <summary>The last operation and the shape, for messages: <c>relu of dense [128]</c>.</summary>
    internal string Describe()
    {
        var shape = KnownShape?.ToString() ?? "a value of unknown shape";
        return Data switch
        {
            InputInfo input => $"{(input.IsTarget ? "target" : "input")}{(input.Name is null ? "" : $" '{input.Name}'")} {shape}",
            ParameterInfo parameter => $"parameter{(parameter.Label is null ? "" : $" '{parameter.Label}'")} {shape}",
            double number => Text.Number(number),
            _ => $"{Origin()} {shape}",
        };
    }

    string Origin()
    {
        var names = new List<string>();
        for (var at = this; at.Operands.Count > 0 && names.Count < 3; at = at.Source)
            if (at.Op == Primitive.Add && at.Operands[1].Data is ParameterInfo { Layer: { } layer })
            {
                names.Add(layer.Kind);
                if (at.Operands[0].Op == Primitive.MatMul) at = at.Operands[0];
            }
            else if (at.Op == Primitive.Divide && at.Operands[0].Op == Primitive.Sum && at.Operands[1].Data is double)
            {
                names.Add("mean");
                at = at.Operands[0];
            }
            else names.Add(at.IsRelu ? "relu" : at.Op.Name);
        return names.Count == 0 ? Op.Name : string.Join(" of ", names);
    }

    /// <summary>The operand that a reader follows upstream: a choice is about its branches, a number is about nothing.</summary>
    Expr Source => Operands.Skip(Op == Primitive.Where ? 1 : 0).FirstOrDefault(o => o.Data is not double) ?? Operands[0];

    internal bool IsRelu => Op == Primitive.Where && Operands[1].Data is 0.0 && Operands[0] is { Operands: var compared } && Operands[0].Op == Primitive.LessEqual
        && ReferenceEquals(compared[0], Operands[2]) && compared[1].Data is 0.0;
}

/// <summary>A column of data: what a batch must bring.</summary>
internal sealed record InputInfo(string? Name, bool IsTarget);

/// <summary>The layer call that a parameter belongs to; its identity is the reference.</summary>
internal sealed class LayerInfo(string kind)
{
    public string Kind { get; } = kind;
}

/// <summary>A tensor that is trained, or fixed: kept like a trained one, changed by no rule. Its identity is the expression that holds it.</summary>
internal sealed class ParameterInfo(LayerInfo? layer, string? name, Init init, Shape shape, bool isFixed)
{
    public bool IsFixed { get; } = isFixed;

    public LayerInfo? Layer { get; } = layer;

    public string? Name { get; } = name;

    public Start Start { get; } = init.Resolve(shape);

    /// <summary>As it was written.</summary>
    public Init Init { get; } = init;

    public string? Label => Layer is null ? Name : $"{Layer.Kind}.{Name}";
}

/// <summary>A name for what lies upstream; with a start, for what lies between the start and here.</summary>
internal sealed record ScopeInfo(string Name, Expr? Start);

internal sealed record AxisInfo(int Axis, bool Keep);

internal sealed record SliceInfo(int Axis, int Start, int Length);

/// <summary>The rows of the table that indices pick from.</summary>
internal sealed record TableInfo(int Rows);

/// <summary>Zeros around x, which begins at <paramref name="Start"/>.</summary>
internal sealed record PadInfo(int Axis, int Start);

/// <summary>The dimension along which two tensors follow each other.</summary>
internal sealed record ConcatInfo(int Axis);

/// <summary>
/// How a window of height × width walks over an image of rows × columns: at place (y, x) it sees what lies at (y·stride + i·dilation − top,
/// x·stride + j·dilation − left), and zeros outside.
/// </summary>
internal sealed record WindowInfo(int Rows, int Columns, int Height, int Width, int Stride, int Dilation, int Top, int Left)
{
    /// <summary>How many places the window fits into, downwards.</summary>
    public int Down { get; } = (Rows + 2 * Top - Dilation * (Height - 1) - 1) / Stride + 1;

    /// <summary>How many places the window fits into, across.</summary>
    public int Across { get; } = (Columns + 2 * Left - Dilation * (Width - 1) - 1) / Stride + 1;

    public override string ToString() => string.Join(" ", new[] { Rows, Columns, Height, Width, Stride, Dilation, Top, Left, Down, Across }.Select(Text.Number));
}

/// <summary>Dimension i of the result is dimension Axes[i] of the operand.</summary>
internal sealed record OrderInfo(IReadOnlyList<int> Axes);
