using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A layer's line in the summary.</summary>
internal sealed record SummaryRow(string Layer, string Shape, long Parameters, long Flops);

/// <summary>What a model is made of: a row per layer with its parameters and the FLOPs of its products in one training step.</summary>
internal static class Summary
{
    public static IReadOnlyList<SummaryRow> Rows(Model model, Graph graph)
    {
        var rows = new List<SummaryRow>();
        foreach (var group in model.Trained.GroupBy(p => Layer(p.Path)))
        {
            var names = new HashSet<string>(group.Select(p => p.Path));
            var shape = group.OrderByDescending(p => p.Rank).First().Shape;
            rows.Add(new(group.Key, shape.ToString(), group.Sum(p => p.Shape.Size), graph.Values.Where(v => v.Op == Primitive.MatMul && Owner(graph, v, names)).Sum(Flops)));
        }
        return rows;
    }

    static string Layer(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? path : path.Substring(0, dot);
    }

    /// <summary>A product belongs to the layer whose weights it reads or whose gradient it makes.</summary>
    static bool Owner(Graph graph, Value product, HashSet<string> names) =>
        product.Operands.Any(o => o.Data is string leaf && names.Contains(leaf))
        || product.Operands.Any(o => o.Op == Primitive.Transpose && o.Operands[0].Data is string back && names.Contains(back))
        || graph.Roots.Gradients.Any(g => g.Value == product && names.Contains(g.Name));

    static long Flops(Value product)
    {
        Extent a = product.Operands[0].Extent, b = product.Operands[1].Extent;
        return 2 * a.Dims.Size * b.Columns;
    }
}
