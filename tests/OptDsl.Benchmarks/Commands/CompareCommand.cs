using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>Times this project, PyTorch and C in turns, so that all meet the same machine.</summary>
static class CompareCommand
{
    const int Rounds = 11;
    const double Milliseconds = 100;

    /// <summary>The forms of a step that torch_steps.py knows.</summary>
    static readonly string[] forms = ["eager", "foreach", "traced", "flat", "traced-flat", "whole"];

    public static int Run(IReadOnlyList<Workload> works, int threads)
    {
        var peers = Torch.StartAll("torch_steps.py", threads);
        Console.WriteLine(peers.Count > 0 ? peers[0].Description : "PyTorch is not installed: no python3 here imports torch.");
        var table = new Table().AddColumns("workload", "OptDsl, µs", "PyTorch, µs", "its best form", "PyTorch ÷ OptDsl", "C with OpenBLAS, µs", "C ÷ OptDsl");
        foreach (var work in works) table.AddRow(Row(work, threads, peers));
        AnsiConsole.Write(table);
        foreach (var peer in peers) peer.Dispose();
        return 0;
    }

    /// <summary>Each round times OptDsl, the forms of PyTorch that were fastest in a first look, and C; the ratios are those of one round.</summary>
    static string[] Row(Workload work, int threads, IReadOnlyList<Torch> peers)
    {
        using var trainee = new Trainee(work, threads);
        trainee.Steps.WarmUp();
        var inC = Gcc.TryPerceptron(work, threads);
        inC?.WarmUp();
        var fastest = peers.Count > 0 ? TorchForm.Fastest(peers, forms, work.Name, Milliseconds) : null;
        List<(double Ours, double Torch, double C)> rounds = [];
        var wins = new Dictionary<string, int>();
        for (int i = 0; i < Rounds; i++)
        {
            var ours = trainee.Steps.Microseconds(Milliseconds);
            var best = fastest is null ? default : TorchForm.Best(fastest, work.Name, Milliseconds);
            rounds.Add((ours, best.Microseconds, inC?.Microseconds(Milliseconds) ?? 0));
            if (best.Name is not null) wins[best.Name] = wins.GetValueOrDefault(best.Name) + 1;
        }
        string Times(Func<(double Ours, double Torch, double C), double> of, bool isThere = true) => isThere ? Statistics.Spread([.. rounds.Select(of)]) : "–";
        return [work.Name, Times(r => r.Ours), Times(r => r.Torch, fastest is not null), wins.Count > 0 ? wins.MaxBy(w => w.Value).Key : "–", Times(r => r.Torch / r.Ours, fastest is not null),
            Times(r => r.C, inC is not null), Times(r => r.C / r.Ours, inC is not null)];
    }
}
