using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Times steps under a memory budget just below what they need, in turns with the same steps without one.</summary>
static class BudgetCommand
{
    const int Rounds = 15;
    const double Milliseconds = 100;

    public static int Run(IReadOnlyList<Workload> works, int threads)
    {
        var table = new Table().AddColumns("workload", "µs per step", "under a budget", "budget ÷ default", "bytes for a while", "under a budget", "same bits");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var work in works) table.AddRow(Row(work, threads));
        AnsiConsole.Write(table);
        return 0;
    }

    static string[] Row(Workload work, int threads)
    {
        using var usual = work.Model().Compile(seed: 1, maxBatch: work.Batch, threads: threads);
        using var lean = work.Model().MemoryBudget(usual.Plan.PeakBytes - 1, work.Batch).Compile(seed: 1, maxBatch: work.Batch, threads: threads);
        Trainee first = new(usual, work.Data(), threads), second = new(lean, work.Data(), threads);
        for (int i = 0; i < 10; i++)
            if (usual.Learn(work.Data()) != lean.Learn(work.Data())) break;
        bool areSame = usual.ParametersHash == lean.ParametersHash;
        first.Steps.WarmUp();
        second.Steps.WarmUp();
        List<double> ours = [], theirs = [];
        for (int i = 0; i < Rounds; i++)
        {
            ours.Add(first.Steps.Microseconds(Milliseconds));
            theirs.Add(second.Steps.Microseconds(Milliseconds));
        }
        return [work.Name, Statistics.Spread(ours), Statistics.Spread(theirs), Statistics.Spread([.. theirs.Zip(ours, (b, a) => b / a)]), $"{usual.Plan.PeakBytes:N0}", $"{lean.Plan.PeakBytes:N0}", areSame ? "yes" : "NO"];
    }
}
