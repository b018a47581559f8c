using System.Globalization;
using System.Text;
using static OptDsl.Reporting.TextTable;

namespace OptDsl.Reporting;

/// <summary>The tables behind <see cref="StepPlan"/>.</summary>
static class PlanTable
{
    public static string Text(StepPlan plan, Func<PlannedKernel, double>? microseconds)
    {
        var text = new StringBuilder($"step of {Number(plan.Examples)} example{(plan.Examples == 1 ? "" : "s")}{(plan.Part == 0 ? "" : $", {Number(plan.Part)} at a time")}\n");
        string[] Row(params string[] cells) => microseconds is null ? cells[..^1] : cells;
        Table(text,
        [
            Row("", "kernel", "FLOPs", "bytes", "FLOPs/byte", "µs"),
            .. plan.Kernels.Select((k, i) => Row(Number(i), k.Name, Number(plan.FlopsOf(k)), Number(plan.BytesOf(k)), Ratio(plan.FlopsOf(k), plan.BytesOf(k)), Time(microseconds?.Invoke(k) ?? 0))),
            Row("", "total", Number(plan.Flops), Number(plan.Bytes), Ratio(plan.Flops, plan.Bytes), Time(plan.Kernels.Sum(k => microseconds?.Invoke(k) ?? 0))),
        ]);
        text.Append('\n');
        Table(text,
        [
            ["", "buffer", "bytes", "kernels"],
            .. plan.Buffers.Select(b => new[] { "", b.Name, Number(plan.BytesOf(b)), $"{Number(b.From)} … {Number(b.To)}" }),
            ["", "most at once", Number(plan.PeakBytes), ""],
        ]);
        text.Append($"reserved for all: {Number(plan.ReservedBytes)} bytes\n");
        if (plan.OverBudget is { } excess) text.Append($"over budget: {excess}\n");
        return text.ToString();
    }

    static void Table(StringBuilder text, string[][] rows)
    {
        string[] lines = Lines(rows, isName: c => c == 1);
        for (int i = 0; i < lines.Length; i++)
        {
            if (i == 1 || i == lines.Length - 1) text.Append('─', lines[i].Length).Append('\n');
            text.Append(lines[i].TrimEnd()).Append('\n');
        }
    }

    static string Time(double microseconds) => microseconds.ToString("0.00", CultureInfo.InvariantCulture);

    static string Ratio(long flops, long bytes) => bytes == 0 ? "" : ((double)flops / bytes).ToString("0.0", CultureInfo.InvariantCulture);
}
