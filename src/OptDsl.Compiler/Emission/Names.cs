using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OptDsl.Compiler;

/// <summary>Names as a person would choose them: unadorned, with a number only where the name is taken.</summary>
internal sealed class Names
{
    static readonly HashSet<string> keywords = [.. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new nint nuint null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' ')];

    readonly HashSet<string> taken = ["n", "all", "first", "r", "i", "workspace", "scratch", "loss", "step", "examples"];
    readonly Dictionary<Value, string> names = [];

    readonly HashSet<Value> forward;
    readonly Storage storage;

    public Names(Graph graph, Storage storage)
    {
        this.storage = storage;
        Value[] losses = [graph.Roots.Loss, graph.Roots.Evaluated];
        forward = [.. Graph.Order(graph.Roots.Outputs.Select(o => o.Value).Concat(losses))];
        foreach (var (name, value) in graph.Roots.Gradients) names[value] = Camel(name + ".gradient");
        foreach (var loss in losses) names[loss] = "meanLoss";
        foreach (var sum in losses.SelectMany(l => l.Operands).Where(o => o.Op == Primitive.BatchSum)) names[sum] = "totalLoss";
        foreach (var v in graph.Values) if (!names.ContainsKey(v)) names[v] = Hint(v);
    }

    /// <summary>Made by differentiation or the rule, not by the network.</summary>
    public bool IsBackward(Value value) => !forward.Contains(value);

    /// <summary>A hint; several values may share it.</summary>
    public string Of(Value value) => names.TryGetValue(value, out var name) ? name : value.Op.Name;

    public string Field(string path) => Fresh(Camel(path));

    /// <summary>What emitted code says of its base class and of the runtime: a local or a method of such a name would hide it.</summary>
    public static readonly string[] Reserved =
    [
        "Learn", "Evaluate", "Gradient", "Predict", "Start", "Team", "Step", "Real", "Integer", "CheckLoss", "Hyper", "Declared", "V",
        "Buffer", "Float32", "Float64", "Lanes", "Layouts", "MatMul", "Moves", "Orthonormal", "Reductions", "Windows", "Unsafe", "Vec1", "Workspace",
    ];

    /// <summary>A name of their own for the locals and formals of one method.</summary>
    public static Func<string, string> Locals(params string[] taken)
    {
        var used = new HashSet<string>(taken);
        return hint =>
        {
            var name = hint;
            for (var n = 2; keywords.Contains(name) || !used.Add(name); n++) name = hint + Text.Number(n);
            return name;
        };
    }

    public string Fresh(string hint)
    {
        var name = hint;
        for (var n = 2; keywords.Contains(name) || !taken.Add(name); n++) name = hint + (char.IsDigit(hint[hint.Length - 1]) ? "_" : "") + Text.Number(n);
        return name;
    }

    /// <summary>An identifier that is no keyword.</summary>
    public static string Identifier(string name) => keywords.Contains(name) ? "@" + name : name;

    /// <summary><c>dense1.weights/m</c> → <c>dense1WeightsM</c></summary>
    public static string Camel(string path)
    {
        var text = new StringBuilder();
        foreach (var part in path.Split('.', '/', '_').Where(p => p.Length > 0))
            text.Append(text.Length == 0 ? char.ToLowerInvariant(part[0]) : char.ToUpperInvariant(part[0])).Append(part.Substring(1));
        return text.ToString();
    }

    string Hint(Value v)
    {
        if (v.Data is string path) return Camel(path);
        if (v.Op == Primitive.Transpose) return Of(v.Operands[0]) + "Transposed";
        if (v.Op == Primitive.Orthonormalize) return "basis";
        if (v.Op == Primitive.Unfold) return Of(v.Operands[0]) + (storage.IsFramed(v) ? "Framed" : "Unfolded");
        if (v.Op == Primitive.MatMul && v.Operands[1] is { Op.Name: "parameter", Data: string weights }) return Camel(Layer(weights));
        if (v.Op == Primitive.MatMul && v.Operands[1].Op == Primitive.Transpose && v.Operands[1].Operands[0] is { Op.Name: "parameter", Data: string back }) return Camel(Layer(back) + ".inputGradient");
        // What follows a layer element by element, or only moves what it says, is the layer's output still.
        if (v.Operands.Skip(v.Op == Primitive.BatchMatMul ? 1 : 0).FirstOrDefault(o => v.Op.Kind == PrimitiveKind.Elementwise ? o.Op == Primitive.MatMul || ((o.Op.Kind == PrimitiveKind.Elementwise || Follows(o)) && !o.IsUniform && o.Extent.Equals(v.Extent)) : Follows(v)) is { } layer
            && names.TryGetValue(layer, out var name) && v.Extent.Batched && v.Extent.Dims.Rank > 0)
            return IsBackward(v) && !name.EndsWith("Gradient", StringComparison.Ordinal) ? name + "Gradient" : v.Op == Primitive.Exp ? name + "Exp" : name;
        return v.Op.Name;
    }

    static bool Follows(Value v) => v.Op == Primitive.BatchMatMul || v.Op == Primitive.Reshape || v.Op == Primitive.Slice || v.Op == Primitive.Concat || v.Op == Primitive.Fold || v.Op == Primitive.Unfold
        || (v.Op == Primitive.Broadcast && v.Operands[0].Extent is var from && from.Batched == v.Extent.Batched && from.Dims.Rank == v.Extent.Dims.Rank);

    static string Layer(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? path : path.Substring(0, dot);
    }
}
