using System.CommandLine;
using System.Diagnostics;

namespace OptDsl.Fuzz;

/// <summary>Random networks, losses and rules: generated code has the interpreter's bits over three steps, gradients are derivatives.</summary>
static class NetsCommand
{
    const int Together = 2000, OfOneProcess = 10_000, OfOneSeed = 1 << 20, MostAttempts = 400;

    /// <summary>One thread a process, no profile, a nursery that holds many networks: what many short computations want.</summary>
    static readonly (string, string)[] environment = [("DOTNET_PROCESSOR_COUNT", "1"), ("DOTNET_TieredPGO", "0"), ("DOTNET_GCgen0size", "0x4000000")];

    public static Command Command { get; } = Make();

    static Command Make()
    {
        var count = new Option<int>("--n") { Description = "How many networks.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "Of the numbers of the networks, below 2000: each has a million of its own.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "How many processes at a time.", DefaultValueFactory = _ => 1 };
        var only = new Option<int?>("--only") { Description = "The number of a network: from it on, in this process." };
        var command = new Command("nets", "Random networks × losses × rules: generated code against the interpreter, gradients against derivatives.") { count, seed, threads, only };
        command.SetAction(given =>
        {
            var watch = Stopwatch.StartNew();
            var counts = given.GetValue(only) is { } number ? Here(number, given.GetResult(count)?.Implicit == false ? given.GetValue(count) : 1, Console.Out)
                : Elsewhere(given.GetValue(seed) * OfOneSeed, given.GetValue(count), given.GetValue(threads));
            Console.WriteLine($"{counts}, {counts.Networks / watch.Elapsed.TotalSeconds:F1} networks per second");
            return counts.Mismatches == 0 && counts.Networks > 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Compiled code stays in memory, so a process has an end.</summary>
    static NetCounts Elsewhere(int first, int count, int threads)
    {
        var most = Math.Clamp((count + threads - 1) / threads, 1, OfOneProcess);
        var pieces = Enumerable.Range(0, (count + most - 1) / most).Select(i => i * most);
        var counts = new NetCounts();
        Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var size = Math.Min(most, count - piece);
            var lines = Itself.Run(["nets", "--only", $"{first + piece}", "--n", $"{size}"], environment).TrimEnd().Split('\n');
            var found = NetCounts.Parse(lines[^1]);
            lock (pieces)
            {
                // A process that died has not passed.
                counts += found ?? new NetCounts { Mismatches = 1 };
                foreach (var line in found is null ? lines : lines[..^1]) Console.WriteLine(line);
            }
        });
        return counts;
    }

    public static NetCounts Here(int first, int count, TextWriter to)
    {
        var counts = new NetCounts();
        // The compiler takes long to begin, so those that are compiled wait for each other; the others leave nothing behind.
        foreach (var together in Enumerable.Range(first, count).Chunk(Together).SelectMany(chunk => chunk.GroupBy(n => NetCase.IsCompiled(n) ? -1 : n)))
        {
            NetCase[] nets = [.. together.Select(n => new NetCase(n))];
            var (found, faults) = NetBatch.Run(nets);
            counts += found;
            for (var i = 0; i < nets.Length; i++)
                if (faults[i] is { } fault) to.WriteLine($"{fault}\nnets --only {nets[i].Number}:\n{nets[i].Run}\nshrunk:\n{Smallest(nets[i])}");
        }
        return counts;
    }

    static string Smallest(NetCase net)
    {
        var (at, attempts) = (net.Run, 0);
        while (attempts < MostAttempts && at.Shrink().TakeWhile(_ => attempts++ < MostAttempts).FirstOrDefault(r => NetBatch.Run([net.With(r)]).Faults[0] is not null) is { } smaller) at = smaller;
        return $"{at}{NetBatch.Run([net.With(at)]).Faults[0]}\n";
    }
}
