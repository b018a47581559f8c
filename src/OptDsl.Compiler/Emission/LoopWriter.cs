using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>A loop kernel as a method: a flat walk where nothing depends on rows or columns, else rows, and passes within a row.</summary>
internal sealed class LoopWriter(KernelScope scope, LoopKernel loop)
{
    readonly LoopOperands operands = new(scope, loop);
    readonly List<string> foot = [];

    /// <summary>Only numbers: written in place of a call.</summary>
    public bool IsInline => operands.IsInline;

    /// <summary>The name that fits, the method's text with <c>{name}</c> for it, the extent and the call's arguments.</summary>
    public (string Hint, string Method, string Count, IReadOnlyList<(string Type, string Argument)> Arguments) Write()
    {
        var lines = new SourceWriter();
        if (operands.IsFlat) Flat(lines);
        else Rows(lines);
        var size = operands.IsFlat ? "nint count" : loop.Rows.IsScalar ? "" : "nint rows";
        var text = new SourceWriter();
        Equations.Write(text, scope, loop.Values);
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        text.Block($"static void {{name}}({Join(size, operands.Formals.Parameters)})", () => text.Lines(lines.ToString()));
        return (Hint(), text.ToString(), Extent(), operands.Formals.Rows);
    }

    public void WriteInline(SourceWriter text)
    {
        Numbers(-1);
        Numbers(0);
        Flush(operands.Before, text);
        Flush(foot, text);
    }

    static string Join(params string[] parts) => string.Join(", ", parts.Where(p => p.Length > 0));

    string Hint() => loop.Values.Any(v => scope.Program.Overwrites(v).Any()) ? "Update"
        : loop.Values.Any(v => v.Op == Primitive.BatchSum) ? "Loss"
        : Pascal(scope.Plan.Names.Of(loop.Values[loop.Values.Count - 1]));

    static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    string Extent()
    {
        if (!operands.IsFlat && loop.Rows.IsScalar) return "";
        var size = operands.IsFlat ? scope.Plan.Storage.Size(operands.WideExtent) : loop.Rows.Dims.Size;
        return KernelScope.Times(loop.Rows.Batched, size);
    }

    void Flat(SourceWriter lines)
    {
        Pass(0);
        Flush(operands.Head, lines);
        lines.Block("for (nint i = 0; i < count; i += V.Count)", () => Flush(operands.Body, lines));
    }

    void Rows(SourceWriter lines)
    {
        var row = new SourceWriter();
        Numbers(-1);
        Flush(operands.Before, row);
        var last = loop.Phase.Values.Max();
        for (var phase = 0; phase <= last; phase++)
        {
            Pass(phase);
            Flush(operands.Before, row);
            if (operands.Body.Count > 0)
                row.Block($"for (nint i = 0; i < {Text.Number(loop.Columns)}; i += V.Count)", () => Flush(operands.Body, row));
            Numbers(phase);
            Flush(operands.Before, row);
        }
        Flush(operands.Head, lines);
        if (loop.Rows.IsScalar) lines.Lines(row.ToString());
        else lines.Block("for (nint r = 0; r < rows; r++)", () =>
        {
            Flush(operands.RowHead, lines);
            lines.Lines(row.ToString());
        });
        Flush(foot, lines);
    }

    static void Flush(List<string> from, SourceWriter to)
    {
        foreach (var line in from) to.Line(line);
        from.Clear();
    }

    /// <summary>One pass over the columns: wide values, reductions, and stores last, so that every load sees the old value.</summary>
    void Pass(int phase)
    {
        var stores = new List<string>();
        foreach (var v in loop.Values.Where(v => loop.Phase[v] == phase))
        {
            if (LoopOperands.IsRowReduction(v)) operands.Accumulate(v, phase);
            else if (!loop.Narrow.Contains(v))
            {
                var isStored = scope.Plan.Of(scope.Program, v) is not null;
                // Locals before stores: a store may go over what a later line loads. A flush reads locals only.
                var isNamed = isStored || (scope.Program.Overwrites(v).Any() && Patterns.Of(v) is not { Name: "Flush" });
                // What only later passes ask for is spelled there.
                if (!isNamed && !IsAsked(v, phase)) continue;
                if (v.Op == Primitive.Fold)
                {
                    stores.AddRange(operands.Scatter(v, phase));
                    continue;
                }
                var code = operands.Wide(v, phase, isNamed);
                if (isStored) stores.Add(operands.Store(v, v, code));
            }
        }
        // The old value of a parameter or slot may be read in every pass, so the new one goes over it in the last.
        if (phase == loop.Phase.Values.Max())
            foreach (var v in loop.Values.Where(v => !loop.Narrow.Contains(v)))
                foreach (var target in scope.Program.Overwrites(v))
                    stores.Add(operands.Store(scope.Leaf(target), v, operands.Wide(v, phase, Patterns.Of(v) is not { Name: "Flush" })));
        operands.Body.AddRange(stores);
    }

    bool IsAsked(Value v, int phase) => loop.Values.Any(u => loop.Phase[u] == phase && scope.Asked(u).Contains(v));

    /// <summary>What is one number per row, after the pass that makes what it needs.</summary>
    void Numbers(int phase)
    {
        foreach (var v in loop.Values.Where(v => loop.Narrow.Contains(v) && loop.Phase[v] == phase))
        {
            if (v.Op == Primitive.BatchSum)
            {
                operands.Total(v, foot);
                continue;
            }
            if (operands.IsLast(v))
            {
                operands.Before.Add($"{operands.Cell(v)} = {operands.Number(v)};");
                continue;
            }
            var name = operands.Narrow(v);
            if (scope.Plan.Of(scope.Program, v) is not null) operands.Before.Add($"{operands.Cell(v)} = {operands.AsNumber(v, name)};");
            foreach (var target in scope.Program.Overwrites(v)) foot.Add($"{operands.Cell(scope.Leaf(target))} = {name};");
        }
    }
}
