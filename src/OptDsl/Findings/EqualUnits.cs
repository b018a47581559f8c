using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

internal static partial class Findings
{
    /// <summary>
    /// Weights that start equal where nothing tells their units apart. That they start equal is not enough: what follows may start at random,
    /// and a branch that starts at 0, as of LoRA or behind a skip, is meant to.
    /// </summary>
    public static readonly FindingKind EqualUnits = new("OPT0202", "Hidden units start equal", model =>
        from parameter in model.Model.Trained
        where IsConstant(parameter.Value) && parameter.Rank == 2 && parameter.Shape[1] > 1 && !IsNoisy(model.Model.Rule)
        let users = model.Users(parameter.Value)
        where users.Count == 1 && users[0].Op == Primitive.MatMul && Anatomy.Plain(users[0].Operands[1]) == parameter.Value
        let advice = IsDead(model, parameter, users[0]) ? "starts at 0 before a relu, which passes no gradient there, so it never moves; start it with Init.He"
            : AreTwins(model, users[0]) ? "starts with equal columns, and nothing after it tells its units apart, so they stay equal; start it with Init.He or Init.Glorot"
            : null
        where advice is not null
        select (parameter.Value, model.Describe(parameter.Value) + " " + advice));

    static bool IsConstant(Expr value) => value.Data is ParameterInfo { Start.Kind: StartKind.Constant };

    /// <summary>Noise, and a basis that gives equal columns different ones, tell units apart.</summary>
    static bool IsNoisy(Rule rule) => rule.Stages.Any(s => s.Streams.Any()
        || Dag.PostOrder([.. s.Slots.Select(slot => slot.Next), s.Step]).Any(e => e.Op == Primitive.Orthonormalize));

    /// <summary>All that uses x·W + b is relu, and x·W + b is not above 0.</summary>
    static bool IsDead(Anatomy model, Parameter weights, Expr product)
    {
        var z = product;
        if (model.Users(z).Count == 1 && model.Users(z)[0] is var add && add.Op == Primitive.Add)
        {
            var bias = Anatomy.Plain(add.Operands[0]) == z ? Anatomy.Plain(add.Operands[1]) : Anatomy.Plain(add.Operands[0]);
            if (!IsConstant(bias) || ((ParameterInfo)bias.Data!).Start.Numbers[0] > 0 || model.Users(bias).Count > 1) return false;
            z = add;
        }
        var users = model.Users(z);
        return weights.Start.Numbers[0] == 0 && users.Any(u => u.IsRelu) && users.All(u => u.IsRelu || (u.Op == Primitive.LessEqual && model.Users(u).All(w => w.IsRelu)));
    }

    /// <summary>Whether exchanging two units changes nothing: all along the last dimension of x·W is treated alike, up to sums and equal rows of weights.</summary>
    static bool AreTwins(Anatomy model, Expr product)
    {
        var twins = new HashSet<Expr> { product };
        foreach (var node in model.Nodes)
        {
            var operands = node.Operands.Select(Anatomy.Plain).ToArray();
            if (!operands.Any(twins.Contains)) continue;
            bool IsOwn(Expr e) => IsConstant(e) && model.Users(e).Count == 1;
            if (node.Data is AxisInfo axis && axis.Axis == operands[0].Rank - 1) continue;
            if (node.Op == Primitive.MatMul && twins.Contains(operands[0]) && IsOwn(operands[1])) continue;
            if (node.Op.Kind == PrimitiveKind.Elementwise ? !operands.All(o => twins.Contains(o) || o.Rank == 0 || o.Shape.Last == 1 || IsOwn(o))
                : node.Op != Primitive.StopGradient && node.Op != Primitive.BatchSum && node.Data is not AxisInfo) return false;
            twins.Add(node);
        }
        return true;
    }
}
