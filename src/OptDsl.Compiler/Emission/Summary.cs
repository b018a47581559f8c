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
        // A product belongs to the layer whose weights it reads or whose gradient it makes.
        var gradients = graph.Roots.Gradients.ToLookup(g => g.Value, g => g.Name);
        var products = graph.Values.Where(v => v.Op == Primitive.MatMul)
            .SelectMany(v => v.Operands.Select(Weights).OfType<string>().Concat(gradients[v]).Select(Layer).Distinct().Select(layer => (Layer: layer, Costs.Flops(v).Flops)))
            .ToLookup(p => p.Layer, p => p.Flops);
        return [.. model.Trained.GroupBy(p => Layer(p.Path)).Select(layer =>
            new SummaryRow(layer.Key, layer.OrderByDescending(p => p.Rank).First().Shape.ToString(), layer.Sum(p => p.Shape.Size), products[layer.Key].Sum()))];
    }

    static string Layer(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? path : path.Substring(0, dot);
    }

    static string? Weights(Value operand) => operand.Op == Primitive.Transpose ? Weights(operand.Operands[0]) : operand.Op == Primitive.Parameter ? (string)operand.Data! : null;
}
