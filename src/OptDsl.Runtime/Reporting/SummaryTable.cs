using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using OptDsl.Runtime;
using static OptDsl.Reporting.TextTable;

namespace OptDsl.Reporting;

/// <summary>The table behind <see cref="ILearner{T}.Summary"/>.</summary>
static class SummaryTable
{
    public static string Text<T>(Definition<T> definition, int maxBatch, long arena) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string[][] rows =
        [
            ["layer", "shape", "parameters", "FLOPs/example"],
            .. definition.Summary.Select(row => new[] { row.Layer, row.Shape, Number(row.Parameters), Number(row.FlopsPerExample) }),
            ["total", "", Number(definition.Summary.Sum(row => row.Parameters)), Number(definition.Summary.Sum(row => row.FlopsPerExample))],
        ];
        string[] lines = Lines(rows, isName: c => c < 2);
        var text = new StringBuilder().Append(definition.Model).Append('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (i == 1 || i == lines.Length - 1)
                text.Append('─', lines[i].Length + 2).Append('\n');
            text.Append(lines[i]).Append('\n');
        }
        return text.Append(Footer(definition, maxBatch, arena)).ToString();
    }

    static string Footer<T>(Definition<T> definition, int n, long arena) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long flops = definition.FlopsPerStepFixed + n * definition.Summary.Sum(row => row.FlopsPerExample);
        // At least: each parameter and slot is read and written once, each column read once.
        long state = definition.Parameters.Concat(definition.Slots).Sum(t => (long)t.Count) * Unsafe.SizeOf<T>();
        long data = definition.Columns.Sum(c => (long)c.Size * (c.IsInteger ? 4 : Unsafe.SizeOf<T>()));
        return $"step of {Number(n)} examples: {Number(flops)} FLOPs, at least {Bytes(2 * state + n * data)} moved\n" +
               $"parameters and slots {Bytes(state)}, arena {Bytes(arena * Unsafe.SizeOf<T>())}\n";
    }

    static string Bytes(long bytes) => bytes < 10_000 ? Number(bytes) + " B"
        : bytes < 10_000_000 ? Number(bytes / 1024) + " KiB"
        : Number(bytes / (1024 * 1024)) + " MiB";
}
