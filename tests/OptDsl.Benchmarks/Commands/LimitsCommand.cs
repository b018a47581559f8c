using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Prints what this machine can do.</summary>
static class LimitsCommand
{
    const int Rounds = 15;
    const double Milliseconds = 10;

    public static int Run(int threads)
    {
        var table = new Table().AddColumns("limit", "parameters", "per ns", "each, ns");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        using (var any = MachineLimits.For(threads, 1024, UpdateKind.Adam))
            foreach (var limit in any.All.Except([any.Stream])) Add(limit, "");
        // In the second cache, in the third, in memory.
        foreach (var parameters in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
            foreach (var kind in Enum.GetValues<UpdateKind>())
            {
                using var streams = MachineLimits.For(threads, parameters, kind);
                Add(streams.Stream, FormattableString.Invariant($"{parameters:N0}"));
            }
        AnsiConsole.Write(table);
        return 0;

        void Add(Limit limit, string parameters)
        {
            double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => limit.Nanoseconds(Milliseconds))];
            double time = Statistics.Median(rounds);
            table.AddRow(limit.Name, parameters, $"{Statistics.Text(1 / time)} {limit.Unit}", Statistics.Spread(rounds));
        }
    }
}
