using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Times this project and PyTorch in turns, so that both meet the same machine.</summary>
static class CompareCommand
{
    const int Rounds = 11, Contenders = 3;
    const double Milliseconds = 100;

    public static int Run(IReadOnlyList<Workload> works, int threads)
    {
        var peers = Torch.StartAll(threads);
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
        var forms = from peer in peers from form in Torch.Forms select (peer, form);
        var fastest = forms.Select(f => (f.peer, f.form, first: f.peer.Microseconds(work, f.form, Milliseconds, Console.WriteLine)))
            .OrderBy(f => f.first).Take(Contenders).ToList();
        List<double> ours = [], theirs = [], ratios = [];
        var wins = new Dictionary<string, int>();
        for (int i = 0; i < Rounds; i++)
        {
            ours.Add(trainee.Steps.Microseconds(Milliseconds));
            var best = fastest.Select(f => (time: f.peer.Microseconds(work, f.form, Milliseconds, Console.WriteLine), name: $"{f.form} ({f.peer.Name})")).MinBy(f => f.time);
            theirs.Add(best.time);
            ratios.Add(best.time / ours[^1]);
            wins[best.name] = wins.GetValueOrDefault(best.name) + 1;
        }
        return [work.Name, Statistics.Spread(ours), Statistics.Spread(theirs), wins.MaxBy(w => w.Value).Key, Statistics.Spread(ratios)];
    }
}
