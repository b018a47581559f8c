using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Times this project and PyTorch in turns, so that both meet the same machine.</summary>
static class CompareCommand
{
    const int Rounds = 11;
    const double Milliseconds = 100;

    /// <summary>The forms of a step that torch_steps.py knows.</summary>
    static readonly string[] forms = ["eager", "foreach", "traced", "flat", "traced-flat", "whole"];

    public static int Run(IReadOnlyList<Workload> works, int threads)
    {
        var peers = Torch.StartAll("torch_steps.py", threads);
        if (peers.Count == 0)
        {
            Console.WriteLine("PyTorch is not installed (no python3 here imports torch): nothing to compare with.");
            return 0;
        }
        Console.WriteLine(peers[0].Description);
        var table = new Table().AddColumns("workload", "OptDsl, µs", "PyTorch, µs", "its best form", "PyTorch ÷ OptDsl");
        foreach (var work in works) table.AddRow(Row(work, threads, peers));
        AnsiConsole.Write(table);
        foreach (var peer in peers) peer.Dispose();
        return 0;
    }

    /// <summary>Each round times OptDsl and the forms of PyTorch that were fastest in a first look; the ratio is that of one round.</summary>
    static string[] Row(Workload work, int threads, IReadOnlyList<Torch> peers)
    {
        using var trainee = new Trainee(work, threads);
        trainee.Steps.WarmUp();
        var fastest = TorchForm.Fastest(peers, forms, work.Name, Milliseconds);
        List<double> ours = [], theirs = [], ratios = [];
        var wins = new Dictionary<string, int>();
        for (int i = 0; i < Rounds; i++)
        {
            ours.Add(trainee.Steps.Microseconds(Milliseconds));
            var best = TorchForm.Best(fastest, work.Name, Milliseconds);
            theirs.Add(best.Microseconds);
            ratios.Add(best.Microseconds / ours[^1]);
            wins[best.Name] = wins.GetValueOrDefault(best.Name) + 1;
        }
        return [work.Name, Statistics.Spread(ours), Statistics.Spread(theirs), wins.MaxBy(w => w.Value).Key, Statistics.Spread(ratios)];
    }
}
