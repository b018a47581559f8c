using System.Text.Json;
using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>A line of results.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Size">Parameters.</param>
/// <param name="Threads">Threads of the step, and of the bound.</param>
/// <param name="NsPerParameter">Nanoseconds of the update alone.</param>
/// <param name="BytesPerParameter">Read and written, each array once.</param>
/// <param name="PercentOfBound">The bound's time as a part of the update's.</param>
/// <param name="BytesAllocatedPerStep">Managed bytes.</param>
sealed record RuleRow(string Rule, int Size, int Threads, double NsPerParameter, int BytesPerParameter, double PercentOfBound, double BytesAllocatedPerStep);

/// <summary>Times the updates of rules, beside the larger of the time that their bytes take to stream and their roots and quotients to compute.</summary>
static class RulesCommand
{
    const int Rounds = 15;
    const double LimitMilliseconds = 4;

    static readonly JsonSerializerOptions snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(IReadOnlyList<RuleWork> works, int size, int threads, FileInfo? json)
    {
        var table = new Table().AddColumns("rule", "ns per parameter", "bytes per parameter", "bound, ns", "% of bound", "bytes allocated");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        using var file = json?.CreateText();
        foreach (var work in works)
        {
            var (row, bound) = Measure(work, size, threads);
            table.AddRow(row.Rule, Statistics.Text(row.NsPerParameter), $"{row.BytesPerParameter}", Statistics.Text(bound), Statistics.Text(row.PercentOfBound), Statistics.Text(row.BytesAllocatedPerStep));
            file?.WriteLine(JsonSerializer.Serialize(row, snake));
        }
        AnsiConsole.Write(table);
        return 0;
    }

    static (RuleRow Row, double Bound) Measure(RuleWork work, int size, int threads)
    {
        var (floats, roots, quotients) = work.Needs();
        // An array read, one read and written, or more: beyond that a byte costs what it costs there.
        var (kind, streamed) = floats <= 3 ? (UpdateKind.Sgd, 3) : floats <= 5 ? (UpdateKind.Momentum, 5) : (UpdateKind.Adam, 7);
        using var limits = MachineLimits.For(threads, size, kind);
        using var trainee = new Trainee(work.Model(size).Compile(seed: 1, maxBatch: 1, threads: threads), Batch.Empty, threads);
        var milliseconds = Math.Max(20, size / 1e5);
        foreach (var sample in new[] { trainee.Steps, trainee.Losses, limits.Stream.Sample, limits.RootAndQuotient.Sample, limits.Quotient.Sample }) sample.WarmUp(LimitMilliseconds);
        var rounds = new List<(double Update, double Bound)>();
        for (int i = 0; i < Rounds; i++)
        {
            var update = 1e3 * (trainee.Steps.Microseconds(milliseconds) - trainee.Losses.Microseconds(milliseconds)) / size;
            var stream = limits.Stream.Nanoseconds(LimitMilliseconds) * floats / streamed;
            var divider = roots * limits.RootAndQuotient.Nanoseconds(LimitMilliseconds) + Math.Max(0, quotients - roots) * limits.Quotient.Nanoseconds(LimitMilliseconds);
            rounds.Add((update, Math.Max(stream, divider)));
        }
        double ns = Statistics.Median(rounds.Select(r => r.Update)), percent = Statistics.Median(rounds.Select(r => 100 * r.Bound / r.Update));
        return (new(work.Name, size, threads, Math.Round(ns, 4), 4 * floats, Math.Round(percent, 1), trainee.BytesPerStep(20)), Statistics.Median(rounds.Select(r => r.Bound)));
    }
}
