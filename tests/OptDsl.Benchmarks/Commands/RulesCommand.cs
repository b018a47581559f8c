using System.Text.Json;
using Spectre.Console;

namespace OptDsl.Benchmarks;

/// <summary>A line of results.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Size">Parameters.</param>
/// <param name="Threads">Threads of the step, of the bound, and of PyTorch.</param>
/// <param name="NsPerParameter">Nanoseconds of the update alone.</param>
/// <param name="BytesPerParameter">Read and written, each array once.</param>
/// <param name="PercentOfBound">The bound's time as a part of the update's.</param>
/// <param name="BytesAllocatedPerStep">Managed bytes.</param>
/// <param name="TorchNsPerParameter">PyTorch's best form, where it has the rule and is installed.</param>
/// <param name="TorchPerBound">Its time as a multiple of the bound.</param>
/// <param name="TorchRatio">Its time as a multiple of the update's, in one round.</param>
sealed record RuleRow(string Rule, int Size, int Threads, double NsPerParameter, int BytesPerParameter, double PercentOfBound, double BytesAllocatedPerStep,
    double? TorchNsPerParameter, double? TorchPerBound, double? TorchRatio);

/// <summary>Times the updates of rules, beside the larger of the time that their bytes take to stream and their roots and quotients to compute.</summary>
static class RulesCommand
{
    const int Rounds = 15;
    const double LimitMilliseconds = 4;

    static readonly string[] forms = ["eager", "foreach"];
    static readonly JsonSerializerOptions snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(IReadOnlyList<RuleWork> works, int size, int threads, FileInfo? json)
    {
        var peers = Torch.StartAll("torch_rules.py", threads, size);
        if (peers.Count > 0) Console.WriteLine(peers[0].Description);
        var table = new Table().AddColumns("rule", "ns per parameter", "bytes per parameter", "bound, ns", "% of bound", "PyTorch ÷ bound", "PyTorch ÷ OptDsl", "bytes allocated");
        table.Columns[0].NoWrap();
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        using var file = json?.CreateText();
        foreach (var work in works)
        {
            var (row, bound) = Measure(work, size, threads, peers);
            table.AddRow(row.Rule, Statistics.Text(row.NsPerParameter), $"{row.BytesPerParameter}", Statistics.Text(bound), Statistics.Text(row.PercentOfBound),
                row.TorchPerBound is { } times ? Statistics.Text(times) : "", row.TorchRatio is { } ratio ? Statistics.Text(ratio) : "", Statistics.Text(row.BytesAllocatedPerStep));
            file?.WriteLine(JsonSerializer.Serialize(row, snake));
        }
        AnsiConsole.Write(table);
        foreach (var peer in peers) peer.Dispose();
        if (threads == 1 && works.FirstOrDefault(work => work.Name == "Adam") is { } adam) AnsiConsole.MarkupLine(InC(adam, size));
        return 0;
    }

    static (RuleRow Row, double Bound) Measure(RuleWork work, int size, int threads, IReadOnlyList<Torch> peers)
    {
        var (floats, roots, quotients) = work.Needs();
        // An array read, one read and written, or more: beyond that a byte costs what it costs there.
        var (kind, streamed) = floats <= 3 ? (UpdateKind.Sgd, 3) : floats <= 5 ? (UpdateKind.Momentum, 5) : (UpdateKind.Adam, 7);
        using var limits = MachineLimits.For(threads, size, kind);
        using var update = new Update(work, size, threads);
        foreach (var sample in new[] { limits.Stream.Sample, limits.RootAndQuotient.Sample, limits.Quotient.Sample }) sample.WarmUp(LimitMilliseconds);
        var torch = peers.Count > 0 && peers[0].Works.Contains(work.Name) ? TorchForm.Fastest(peers, forms, work.Name, update.Milliseconds) : [];
        var rounds = new List<(double Update, double Bound, double Torch)>();
        for (int i = 0; i < Rounds; i++)
        {
            var ns = update.Nanoseconds();
            var stream = limits.Stream.Nanoseconds(LimitMilliseconds) * floats / streamed;
            var divider = roots * limits.RootAndQuotient.Nanoseconds(LimitMilliseconds) + Math.Max(0, quotients - roots) * limits.Quotient.Nanoseconds(LimitMilliseconds);
            rounds.Add((ns, Math.Max(stream, divider), torch.Count > 0 ? 1e3 * TorchForm.Best(torch, work.Name, update.Milliseconds).Microseconds / size : 0));
        }
        double Median(Func<(double Update, double Bound, double Torch), double> of, int digits) => Math.Round(Statistics.Median(rounds.Select(of)), digits);
        double? OfTorch(Func<(double Update, double Bound, double Torch), double> of) => torch.Count > 0 ? Median(of, 3) : null;
        return (new(work.Name, size, threads, Median(r => r.Update, 4), 4 * floats, Median(r => 100 * r.Bound / r.Update, 1), update.BytesPerStep(),
            OfTorch(r => r.Torch), OfTorch(r => r.Torch / r.Bound), OfTorch(r => r.Torch / r.Update)), Median(r => r.Bound, 4));
    }

    /// <summary>Adam against a C programmer's loop, in turns.</summary>
    static string InC(RuleWork adam, int size)
    {
        if (Gcc.TryAdam(size) is not { } peer) return "gcc is not installed: no Adam in C to compare with.";
        using var update = new Update(adam, size, threads: 1);
        peer.WarmUp(update.Milliseconds);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Ours: update.Nanoseconds(), Theirs: 1e3 * peer.Microseconds(update.Milliseconds) / size)).ToList();
        return $"Adam in C: {Statistics.Spread([.. rounds.Select(r => r.Theirs)])} ns per parameter; C ÷ OptDsl {Statistics.Spread([.. rounds.Select(r => r.Theirs / r.Ours)])}";
    }

    /// <summary>A rule's update: the step less its loss.</summary>
    sealed class Update : IDisposable
    {
        readonly Trainee trainee;
        readonly int size;

        public Update(RuleWork work, int size, int threads)
        {
            this.size = size;
            trainee = new(work.Model(size).Compile(seed: 1, maxBatch: 1, threads: threads), Batch.Empty, threads);
            trainee.Steps.WarmUp(LimitMilliseconds);
            trainee.Losses.WarmUp(LimitMilliseconds);
        }

        /// <summary>Long enough for a few steps.</summary>
        public double Milliseconds => Math.Max(20, size / 1e5);

        public double Nanoseconds() => 1e3 * (trainee.Steps.Microseconds(Milliseconds) - trainee.Losses.Microseconds(Milliseconds)) / size;

        public double BytesPerStep() => trainee.BytesPerStep(20);

        public void Dispose() => trainee.Dispose();
    }
}
