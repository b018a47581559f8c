using System.CommandLine;
using System.Diagnostics;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Random networks, losses and rules: generated code has the interpreter's bits over three steps, gradients are derivatives.</summary>
static class NetsCommand
{
    const int Together = 64;

    public static Command Command { get; } = Make();

    static Command Make()
    {
        var count = new Option<int>("--n") { Description = "How many networks.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "The first of the random seeds.", DefaultValueFactory = _ => 1 };
        var command = new Command("nets", "Random networks × losses × rules, generated code against the interpreter.") { count, seed };
        command.SetAction(given => Run(given.GetValue(count), given.GetValue(seed)));
        return command;
    }

    static int Run(int count, int seed)
    {
        var (watch, failed) = (Stopwatch.StartNew(), 0);
        for (var done = 0; done < count; done += Together)
        {
            var runs = Enumerable.Range(done, Math.Min(Together, count - done)).Select(i => RunCase.Random(new(seed + i), 5 + i % 95, new())).ToArray();
            using var emitted = new Emitted([.. runs.Select(r => (r.Declaration.Model, r.Precision))]);
            for (var i = 0; i < runs.Length; i++) if (!Holds(emitted, i, runs[i])) failed++;
        }
        Console.WriteLine($"{count} networks, {failed} mismatches, {count / watch.Elapsed.TotalSeconds:F0} networks per second");
        return failed == 0 ? 0 : 1;
    }

    static bool Holds(Emitted emitted, int index, RunCase run)
    {
        var settings = new Settings(run.Seed, run.MaxBatch, run.Threads, run.Width);
        try
        {
            if (run.Precision == Precision.Single)
            {
                using var learner = emitted.Create<float>(index, settings);
                SameBits.Check<float, Real32>(learner, run.Declaration.Model, run.Examples, run.Seed);
            }
            else
            {
                using var learner = emitted.Create<double>(index, settings);
                SameBits.Check<double, Real64>(learner, run.Declaration.Model, run.Examples, run.Seed);
            }
            return true;
        }
        catch (MismatchException fault)
        {
            Console.WriteLine($"{fault.Message}\n{run}");
            return false;
        }
    }
}
