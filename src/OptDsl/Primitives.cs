using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>What a primitive is to the compiler's loops.</summary>
internal enum PrimitiveKind
{
    /// <summary>No operand: data, a parameter, a number.</summary>
    Leaf,

    /// <summary>Element by element; operands broadcast.</summary>
    Elementwise,

    /// <summary>Shapes differ between operands and result.</summary>
    Structural,

    /// <summary>Meaning for names and rules only; gone before the graph.</summary>
    Marker,
}

/// <summary>
/// The few operations that everything is composed of, one row each. A row's derivative is a row of
/// <c>Derivatives.cs</c>, its spelling one of <c>Spelling.cs</c>, its meaning one of <c>Meanings.cs</c>.
/// </summary>
internal sealed class Primitive
{
    static readonly Dictionary<string, Primitive> rows = [];

    public static readonly Primitive
        Constant = Leaf("constant"), Step = Leaf("step"), Examples = Leaf("examples"), Indices = Leaf("indices"), Row = Leaf("row"), Stream = Leaf("stream"), Learning = Leaf("learning"),
        Input = Leaf("input"), Parameter = Leaf("parameter"), Slot = Leaf("slot"), Gradient = Leaf("gradient"), Param = Leaf("param"), Loss = Leaf("loss");

    public static readonly Primitive
        Negate = Elementwise("negate", 1), Sqrt = Elementwise("sqrt", 1), Exp = Elementwise("exp", 1), Log = Elementwise("log", 1),
        Tanh = Elementwise("tanh", 1), Sigmoid = Elementwise("sigmoid", 1), Softplus = Elementwise("softplus", 1), NormalCdf = Elementwise("normalCdf", 1),
        Sin = Elementwise("sin", 1), Cos = Elementwise("cos", 1), Abs = Elementwise("abs", 1), Floor = Elementwise("floor", 1),
        Add = Elementwise("add", 2), Subtract = Elementwise("subtract", 2), Multiply = Elementwise("multiply", 2), Divide = Elementwise("divide", 2),
        Fma = Elementwise("fma", 3), Where = Elementwise("where", 3), Larger = Elementwise("larger", 2), Smaller = Elementwise("smaller", 2),
        Random = Elementwise("random", 3);

    /// <summary>Truth values: 1 or 0 where they are used as numbers.</summary>
    public static readonly Primitive
        Less = Elementwise("less", 2, truth: true), LessEqual = Elementwise("lessEqual", 2, truth: true), Equal = Elementwise("equal", 2, truth: true),
        And = Elementwise("and", 2, truth: true), Or = Elementwise("or", 2, truth: true), Not = Elementwise("not", 1, truth: true);

    public static readonly Primitive
        MatMul = Structural("matmul", 2), BatchMatMul = Structural("batchMatmul", 2), Transpose = Structural("transpose", 1), Sum = Structural("sum", 1), Max = Structural("max", 1),
        BatchSum = Structural("batchSum", 1), Broadcast = Structural("broadcast", 1), Reshape = Structural("reshape", 1),
        Slice = Structural("slice", 1), Pad = Structural("pad", 1), Concat = Structural("concat", 2), Unfold = Structural("unfold", 1), Fold = Structural("fold", 1), Gather = Structural("gather", 2), ScatterAdd = Structural("scatterAdd", 2), Hyper = Structural("hyper", 1), Orthonormalize = Structural("orthonormalize", 1);

    public static readonly Primitive
        Named = Marker("named", 1), ScopeStart = Marker("scopeStart", 1), Output = Marker("output", 2), Labels = Marker("labels", 1),
        StopGradient = Marker("stopGradient", 1), Total = Marker("total", 1), Size = Marker("size", 1), Eye = Marker("eye", 1), Drawn = Marker("drawn", 2), Tracked = Marker("tracked", 2);

    Primitive(string name, PrimitiveKind kind, int arity, bool truth)
    {
        (Name, Kind, Arity, IsTruth) = (name, kind, arity, truth);
        rows.Add(name, this);
    }

    public static IEnumerable<Primitive> All => rows.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    public string Name { get; }

    public PrimitiveKind Kind { get; }

    public int Arity { get; }

    public bool IsTruth { get; }

    public override string ToString() => Name;

    static Primitive Leaf(string name) => new(name, PrimitiveKind.Leaf, 0, false);

    static Primitive Elementwise(string name, int arity, bool truth = false) => new(name, PrimitiveKind.Elementwise, arity, truth);

    static Primitive Structural(string name, int arity) => new(name, PrimitiveKind.Structural, arity, false);

    static Primitive Marker(string name, int arity) => new(name, PrimitiveKind.Marker, arity, false);
}
