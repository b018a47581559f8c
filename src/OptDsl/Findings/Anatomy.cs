using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>A model as findings read it: the operations of its loss, who uses what, and which way derivatives take.</summary>
internal sealed class Anatomy
{
    readonly Dictionary<Expr, List<Expr>> users = [];

    public Anatomy(Model model)
    {
        (Model, Nodes) = (model, [.. Dag.PostOrder(model.Loss).Where(n => Plain(n) == n)]);
        foreach (var node in Nodes)
            foreach (var operand in node.Operands.Select(Plain).Distinct())
                if (users.TryGetValue(operand, out var known)) known.Add(node);
                else users.Add(operand, [node]);
    }

    public Model Model { get; }

    /// <summary>The loss.</summary>
    public Expr Root => Plain(Model.Loss);

    /// <summary>Operands before users, without names.</summary>
    public IReadOnlyList<Expr> Nodes { get; }

    /// <summary>The operations that take a value; that it is also predicted is no use of it.</summary>
    public IReadOnlyList<Expr> Users(Expr value) => users.TryGetValue(value, out var found) ? found : [];

    /// <summary>A parameter with its shape, for messages.</summary>
    public string Describe(Expr parameter) => $"'{Model.Naming[parameter]}' {parameter.Shape}";

    /// <summary>What stands behind names and the mark of an output.</summary>
    public static Expr Plain(Expr value)
    {
        while (value.Op == Primitive.Named || value.Op == Primitive.ScopeStart || value.Op == Primitive.Output) value = value.Operands[0];
        return value;
    }

    /// <summary>The first operand, if this is the operation.</summary>
    public static Expr? Under(Expr? value, Primitive op) => value?.Op == op ? value.Operands[0] : null;

    /// <summary>x of x − max x, with which softmax and its losses begin.</summary>
    public static Expr? Shifted(Expr? value) =>
        Under(value, Primitive.Subtract) is { } x && Under(Under(value!.Operands[1], Primitive.StopGradient), Primitive.Max) == x ? x : null;

    /// <summary>x of Softmax(x).</summary>
    public static Expr? Softmax(Expr value) =>
        Under(value, Primitive.Divide) is { } e && Under(value.Operands[1], Primitive.Sum) == e ? Shifted(Under(e, Primitive.Exp)) : null;

    /// <summary>Whether a derivative passes from a value to one of its operands; without exception these are the rows without one.</summary>
    public static bool Passes(Expr value, int operand) =>
        !value.Op.IsTruth && value.Op != Primitive.StopGradient && value.Op != Primitive.Floor && value.Op != Primitive.Random && value.Op != Primitive.Labels
        && !(value.Op == Primitive.Where && operand == 0)
        && !(value.Op == Primitive.Multiply && value.Operands[1 - operand].Data is 0.0);
}
