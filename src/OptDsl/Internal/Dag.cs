using System;
using System.Collections.Generic;

namespace OptDsl;

/// <summary>Walks and rewrites expressions without recursion, so that depth never meets the stack.</summary>
internal static class Dag
{
    /// <summary>Every expression below the roots, operands before users, each once.</summary>
    public static List<Expr> PostOrder(params Expr[] roots)
    {
        var order = new List<Expr>();
        var seen = new HashSet<Expr>();
        var stack = new Stack<(Expr Node, int Next)>();
        foreach (var root in roots)
        {
            if (seen.Add(root)) stack.Push((root, 0));
            while (stack.Count > 0)
            {
                var (node, next) = stack.Pop();
                if (next == node.Operands.Count)
                {
                    order.Add(node);
                    continue;
                }
                stack.Push((node, next + 1));
                if (seen.Add(node.Operands[next])) stack.Push((node.Operands[next], 0));
            }
        }
        return order;
    }

    /// <summary>The expression with its leaves replaced; everything above is built again, so shapes are checked again.</summary>
    public static Expr Substitute(Expr root, Func<Expr, Expr?> replace)
    {
        var made = new Dictionary<Expr, Expr>();
        foreach (var node in PostOrder(root))
        {
            var operands = new Expr[node.Operands.Count];
            for (var i = 0; i < operands.Length; i++) operands[i] = made[node.Operands[i]];
            made[node] = replace(node) ?? Rebuild(node, operands);
        }
        return made[root];
    }

    static Expr Rebuild(Expr node, Expr[] operands)
    {
        var changed = false;
        for (var i = 0; i < operands.Length; i++) changed |= !ReferenceEquals(operands[i], node.Operands[i]);
        if (!changed) return node;
        if (node.Op.Kind == PrimitiveKind.Elementwise) return Build.Elementwise(node.Op, operands);
        if (node.Op.Kind == PrimitiveKind.Marker)
            return node.Op == Primitive.Size ? Build.Size(operands[0], (int?)node.Data)
                : node.Op == Primitive.Eye ? Build.Eye(operands[0])
                : node.Op == Primitive.Drawn ? Build.Drawn(operands[0], operands[1])
                : node.Op == Primitive.Tracked ? Build.Tracked(operands[0], operands[1])
                : node.Op == Primitive.Total ? new(node.Op, operands, null, Shape.Scalar, false, Element.Real)
                : Build.Marker(node.Op, operands[0], node.Data, operands.Length > 1 ? operands[1] : null, node.Element);
        if (node.Op == Primitive.MatMul || node.Op == Primitive.BatchMatMul) return Build.MatMul(operands[0], operands[1]);
        if (node.Op == Primitive.Transpose) return node.Data is OrderInfo order ? Build.Permute(operands[0], [.. order.Axes]) : Build.Transpose(operands[0]);
        if (node.Op == Primitive.Orthonormalize) return Build.Orthonormalize(operands[0]);
        if (node.Op == Primitive.Hyper) return Build.Hyper((string)node.Data!, operands[0]);
        if (node.Op == Primitive.BatchSum) return Build.BatchSum(operands[0]);
        if (node.Op == Primitive.Reshape) return Build.Reshape(operands[0], node.Shape);
        if (node.Data is SliceInfo slice) return Build.Slice(operands[0], slice.Axis, slice.Start, slice.Length);
        if (node.Data is ConcatInfo concat) return Build.Concat(operands[0], operands[1], concat.Axis);
        if (node.Op == Primitive.Gather) return Build.Gather(operands[0], operands[1]);
        if (node.Data is WindowInfo window) return node.Op == Primitive.Unfold ? Build.Unfold(operands[0], window) : Build.Fold(operands[0], window);
        if (node.Data is PadInfo pad) return Build.Pad(operands[0], pad.Axis, pad.Start, node.Shape[pad.Axis]);
        return node.Data is AxisInfo axis
            ? Build.Reduce(node.Op, operands[0], axis.Axis, axis.Keep)
            : Build.ReduceAll(node.Op, operands[0]);
    }
}
