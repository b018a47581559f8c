using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>How a broadcast maps: operand dimension i is result dimension Axes[i], in any order; an unbatched operand is repeated over the batch.</summary>
internal sealed record BroadcastInfo(IReadOnlyList<int> Axes)
{
    public override string ToString() => "(" + string.Join(" ", Axes.Select(Text.Number)) + ")";
}

/// <summary>One operation of the graph: single assignment, typed, statically shaped.</summary>
internal sealed class Value
{
    public Value(int id, Primitive op, Value[] operands, object? data, Extent extent, Element element)
    {
        (Id, Op, Operands, Data, Extent, Element) = (id, op, operands, data, extent, element);
        IsUniform = op == Primitive.Constant || op == Primitive.Step || op == Primitive.Examples || op == Primitive.Hyper
            || (op.Kind == PrimitiveKind.Elementwise && operands.All(o => o.IsUniform));
    }

    public int Id { get; }

    public Primitive Op { get; }

    public IReadOnlyList<Value> Operands { get; }

    public object? Data { get; }

    public Extent Extent { get; }

    public Element Element { get; }

    /// <summary>Depends on the step, hyperparameters and the number of examples alone: computed once per step, in double.</summary>
    public bool IsUniform { get; }

    public bool IsConstant(double value) => Data is double number && number.Equals(value);

    /// <summary>The number that every element is, if it is known.</summary>
    public double? Constant => Data as double? ?? (Op == Primitive.Broadcast ? Operands[0].Constant : null);

    /// <summary>The uniform scalar that every element is, if it is one.</summary>
    public Value? Uniform => IsUniform ? this : Op == Primitive.Broadcast ? Operands[0].Uniform : null;

    /// <summary>Copies of a vector down the rows.</summary>
    public bool IsDown => Op == Primitive.Broadcast && Operands[0].Extent is { Batched: false, Dims.Rank: 1 } && ((BroadcastInfo)Data!).Axes[0] == Extent.Dims.Rank - 1;

    public static string Detail(object? data) => data switch
    {
        double number => Text.Number(number),
        string name => Text.Quote(name),
        AxisInfo axis => Text.Number(axis.Axis),
        SliceInfo slice => Text.Number(slice.Axis) + " " + Text.Number(slice.Start) + " " + Text.Number(slice.Length),
        PadInfo pad => Text.Number(pad.Axis) + " " + Text.Number(pad.Start),
        TableInfo table => Text.Number(table.Rows),
        ConcatInfo concat => Text.Number(concat.Axis),
        bool transposed => transposed ? "transposed" : "",
        null => "",
        _ => data.ToString()!,
    };

    public override string ToString() =>
        $"%{Text.Number(Id)} {Op.Name}{string.Concat(Operands.Select(o => " %" + Text.Number(o.Id)))}"
        + (Detail(Data) is { Length: > 0 } detail ? " " + detail : "") + " " + Extent;
}
