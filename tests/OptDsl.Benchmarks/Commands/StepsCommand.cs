using System.Text.Json;
using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>A line of results.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Threads">Threads of the step, and of the bound.</param>
/// <param name="UsPerStep">Microseconds.</param>
/// <param name="BytesAllocatedPerStep">Managed bytes.</param>
/// <param name="PercentOfBound">The bound's time as a part of the step's: 100 cannot be passed but by noise.</param>
sealed record StepRow(string Workload, int Threads, double UsPerStep, double BytesAllocatedPerStep, double PercentOfBound);

/// <summary>Times training steps beside what bounds them.</summary>
static class StepsCommand
{
    const int Rounds = 15;
    const double StepMilliseconds = 30, LimitMilliseconds = 4;

    static readonly JsonSerializerOptions snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(IReadOnlyList<Workload> works, int threads, FileInfo? json)
    {
        var table = new Table().AddColumns("workload", "threads", "µs per step", "bytes per step", "bound, µs", "% of bound");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        using var file = json?.CreateText();
        foreach (var work in works)
        {
            var (row, bound) = Measure(work, threads);
            table.AddRow(row.Workload, $"{row.Threads}", Statistics.Text(row.UsPerStep), Statistics.Text(row.BytesAllocatedPerStep), Statistics.Text(bound), Statistics.Text(row.PercentOfBound));
            file?.WriteLine(JsonSerializer.Serialize(row, snake));
        }
        AnsiConsole.Write(table);
        return 0;
    }

    static (StepRow Row, double Bound) Measure(Workload work, int threads)
    {
        using var trainee = new Trainee(work, threads);
        using var limits = MachineLimits.For(threads, (int)work.Work().Parameters, work.Update);
        trainee.Steps.WarmUp();
        foreach (var limit in limits.All) limit.Sample.WarmUp(LimitMilliseconds);
        var rounds = new List<(double Step, double Bound)>();
        for (int i = 0; i < Rounds; i++)
            rounds.Add((trainee.Steps.Microseconds(StepMilliseconds), Bound.Microseconds(work, limits, LimitMilliseconds)));
        double step = Statistics.Median(rounds.Select(r => r.Step)), percent = Statistics.Median(rounds.Select(r => 100 * r.Bound / r.Step));
        return (new(work.Name, threads, Math.Round(step, 3), trainee.BytesPerStep(), Math.Round(percent, 1)), Statistics.Median(rounds.Select(r => r.Bound)));
    }
}
