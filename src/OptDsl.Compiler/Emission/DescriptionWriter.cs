using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace OptDsl.Compiler;

/// <summary>The static class that tells the engine what a model is made of: columns, tensors and where they lie.</summary>
internal sealed class DescriptionWriter(Model model, Graph graph, Plan plan, string type, IReadOnlyList<DataColumn> columns)
{
    /// <summary>Rows of a table in one method, for the reason that <see cref="Lines"/> gives.</summary>
    public const int Most = 100;

    /// <summary>Methods that hold the rows of long tables.</summary>
    readonly List<Action<SourceWriter>> parts = [];

    public void Write(SourceWriter text, string name, string program) => text.Block($"file static class {program}", () =>
    {
        text.Line($"public static readonly Definition<{type}> Definition = new()");
        text.Line("{");
        text.Line($"    Model = {Text.Quote(name)},");
        text.Line($"    Fingerprint = \"{Fingerprint(model)}\",");
        Table(text, "Column", "Columns", columns.Select(c => $"new(\"{c.Name}\", {Bool(c.IsInteger)}, {c.Shape}, {Text.Number(Below(c))}, {Bool(c.Predicts)})"));
        Table(text, "OutputInfo", "Outputs", graph.Roots.Outputs.Select(Output));
        Table(text, "TensorInfo", "Parameters", model.Trained.Select(p => Tensor(p.Path, p.Path, p.Start)));
        Table(text, "TensorInfo", "Slots", graph.Roots.Stored.Where(s => s.IsSlot).Select(s => Tensor(s.Name, s.Name, new(StartKind.Constant, [s.Start?.Constant ?? 0]))));
        Table(text, "TensorInfo", "Gradients", model.Trained.Select(p => Tensor(p.Path, "gradient of " + p.Path, new(StartKind.Constant, [0]))));
        if (model.Hypers.Count > 0) text.Line($"    Hypers = [{string.Join(", ", model.Hypers.Select(h => Text.Quote((string)h.Data!)))}],");
        text.Line($"    Fixed = {Text.Number(plan.Fixed)},");
        text.Line($"    PerExample = {Text.Number(plan.PerExample)},");
        Table(text, "SummaryRow", "Summary", Summary.Rows(model, graph).Select(r => $"new({Text.Quote(r.Layer)}, {Text.Quote(r.Shape)}, {Text.Number(r.Parameters)}, {Text.Number(r.Flops)})"));
        var elementSize = type == "float" ? sizeof(float) : sizeof(double);
        if (Budgets.Excess(plan, elementSize) is { } excess) text.Line($"    OverBudget = {Text.Quote(excess)},");
        if (plan.Learn.Part is { } some) text.Line($"    Part = {Text.Number(some.Examples)},");
        var costs = new Costs(plan, plan.Learn, elementSize);
        text.Line("    // A step, kernel by kernel: FLOPs and those of each example, bytes and those of each example.");
        Table(text, "PlannedKernel", "Kernels", costs.Kernels.Select(c =>
            $"new({Text.Quote(c.Name)}, {Text.Number(c.Flops)}, {Text.Number(c.FlopsPerExample)}, {Text.Number(c.Bytes)}, {Text.Number(c.BytesPerExample)})"), isLater: true);
        text.Line("    // What it needs for a while: bytes and those of each example, the first kernel and the last.");
        Table(text, "PlannedBuffer", "Buffers", costs.Buffers.Select(b =>
            $"new({Text.Quote(b.Name)}, {Text.Number(b.Batched ? 0 : b.Bytes)}, {Text.Number(b.Batched ? b.Bytes : 0)}, {Text.Number(b.From)}, {Text.Number(b.To)})"), isLater: true);
        text.Line($"    Program = (workspace, width) => width switch");
        text.Line("    {");
        foreach (var (width, vector) in new[] { ("Bits512", "Vec512"), ("Bits256", "Vec256"), ("Bits128", "Vec128"), (null, "Vec1") })
            text.Line($"        {(width is null ? "_" : "VectorWidth." + width)} => new {program}<{vector}<{type}>>(workspace),");
        text.Line("    },");
        text.Line("};");
        foreach (var part in parts) part(text);
    });

    /// <summary>A table, at once or when it is asked for.</summary>
    void Table(SourceWriter text, string element, string property, IEnumerable<string> rows, bool isLater = false)
    {
        var chunks = rows.Chunks(Most).ToList();
        var later = isLater ? " () =>" : "";
        if (chunks.Count <= 1)
        {
            text.Line($"    {property} ={later}");
            Rows(text, chunks.Count == 0 ? [] : chunks[0], "    ", ",");
            return;
        }
        text.Line($"    {property} ={later} [{string.Join(", ", Enumerable.Range(1, chunks.Count).Select(i => $".. {property}{Text.Number(i)}()"))}],");
        parts.AddRange(chunks.Select((chunk, i) => (Action<SourceWriter>)(text =>
        {
            text.Line();
            text.Line($"static {element}[] {property}{Text.Number(i + 1)}() =>");
            Rows(text, chunk, "", ";");
        })));
    }

    static void Rows(SourceWriter text, IEnumerable<string> rows, string indent, string end)
    {
        text.Line(indent + "[");
        foreach (var row in rows) text.Line($"{indent}    {row},");
        text.Line(indent + "]" + end);
    }

    static string Bool(bool value) => value ? "true" : "false";

    /// <summary>One more than the largest label that a loss knows, 0 where any integer will do.</summary>
    int Below(DataColumn c) => Dag.PostOrder(model.Loss)
        .Where(e => (e.Op == Primitive.Gather || (e.Op == Primitive.Equal && e.Operands[0].Op == Primitive.Indices)) && Compared(e.Operands[1]) == c.Input)
        .Select(e => e.Operands[0].Shape[0]).DefaultIfEmpty(0).Min();

    /// <summary>The data that indices are compared with, as labels or for each row.</summary>
    static Expr Compared(Expr x) => x.Op == Primitive.Labels || x.Op == Primitive.Reshape ? Compared(x.Operands[0]) : x;

    string Output((string Name, Value Value) output)
    {
        var program = plan.Programs.First(p => p.Name == "Predict");
        var place = plan.Of(program, output.Value)!;
        return $"new(\"{output.Name}\", {output.Value.Extent.Dims}, {Text.Number(place.Offset)}, {Text.Number(output.Value.Extent.Dims.Rank == 0 ? 1 : plan.Storage.Width(output.Value.Extent))})";
    }

    string Tensor(string path, string kept, Start start)
    {
        var leaf = graph.Roots.Stored.First(s => s.Name == path).Leaf;
        var width = leaf.Extent.Dims.Rank == 0 ? 16 : plan.Storage.Width(leaf.Extent);
        var numbers = string.Join(", ", start.Numbers.Select(new Dialect(Precision.Double).Literal));
        var first = start.Kind == StartKind.Values ? $"Start.Values([{numbers}])" : $"Start.{start.Kind}({numbers})";
        return $"new({Text.Quote(path)}, {leaf.Extent.Dims}, {Text.Number(width)}, {Text.Number(plan.Kept(kept).Offset)}, {first})";
    }

    static string Fingerprint(Model model)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(CanonicalText.Of(model))).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
