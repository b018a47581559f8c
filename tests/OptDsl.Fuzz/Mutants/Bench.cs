using System.Numerics;
using System.Text.RegularExpressions;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Emitted text that is to be compiled and run: whose it is, and how it runs.</summary>
sealed record Job(Subject Subject, string Text, Precision Precision, VectorWidth Width)
{
    const int Most = 17;

    static readonly int[] examples = [Most, 4, 1, 9, 16];

    static readonly VectorWidth[] widths = [VectorWidth.Bits128, VectorWidth.Scalar, VectorWidth.Bits256, VectorWidth.Bits512];

    /// <summary>A subject's own text; number type and vectors vary from one subject to the next.</summary>
    public static Job Of(Subject subject)
    {
        var precision = subject.Seed % 2 == 0 ? Precision.Double : Precision.Single;
        return new(subject, Widened(subject.Text(precision, 0)), precision, widths[subject.Seed / 2 % widths.Length]);
    }

    /// <summary>Room behind the arena, so that a loop that runs a little too far breaks a law and not the process.</summary>
    static string Widened(string text) => Regex.Replace(text, @"PerExample = (\d+),", m => $"PerExample = {int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 512},");

    /// <exception cref="MismatchException">It computes other bits than the interpreter.</exception>
    public void Check(Emitted emitted, int index)
    {
        // Two trainings: once compiled, a second one costs little.
        foreach (var seed in new[] { Subject.Seed, Subject.Seed + 1000 })
        {
            var settings = new Settings(seed, Most, 1, Width);
            if (Precision == Precision.Single) Check<float, Real32>(emitted, index, settings);
            else Check<double, Real64>(emitted, index, settings);
        }
    }

    /// <summary>This text and the one before it give other bits somewhere.</summary>
    public bool Differs(Emitted emitted, int right, int wrong)
    {
        var settings = new Settings(Subject.Seed, Most, 1, Width);
        return Precision == Precision.Single ? Differs<float>(emitted, right, wrong, settings) : Differs<double>(emitted, right, wrong, settings);
    }

    bool Differs<T>(Emitted emitted, int right, int wrong, Settings settings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using ILearner<T> a = emitted.Create<T>(right, settings), b = emitted.Create<T>(wrong, settings);
        return Twins.Differ(a, b, Subject);
    }

    void Check<T, S>(Emitted emitted, int index, Settings settings) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        using var learner = emitted.Create<T>(index, settings);
        SameBits.Check<T, S>(learner, Subject.Model, Subject.Compiled, examples, settings.Seed);
    }
}

/// <summary>Compiles many texts at once and runs each against the interpreter.</summary>
static class Bench
{
    const int Together = 48;

    public const string DoesNotCompile = "does not compile";

    public static IReadOnlyList<Judgement> Run(IReadOnlyList<Job> jobs) => Run(jobs, (emitted, index, job) => Judgement.Of([($"{CompilerLaws.Bits}, {job.Subject.Name}", () => job.Check(emitted, index))]));

    /// <summary>What a judge says of each; what does not compile has crashed.</summary>
    public static IReadOnlyList<Judgement> Run(IReadOnlyList<Job> jobs, Func<Emitted, int, Job, Judgement> judge)
    {
        var judgements = new Judgement[jobs.Count];
        foreach (var chunk in Enumerable.Range(0, jobs.Count).Chunk(Together))
        {
            var left = chunk.ToList();
            while (left.Count > 0)
            {
                using var emitted = TryCompile([.. left.Select((j, i) => Numbered(jobs[j].Text, i))], out var broken);
                foreach (var i in broken) judgements[left[i]] = new(Fate.Crashed, DoesNotCompile);
                if (emitted is null)
                {
                    left = [.. left.Where((_, i) => !broken.Contains(i))];
                    continue;
                }
                for (var i = 0; i < left.Count; i++) judgements[left[i]] = judge(emitted, i, jobs[left[i]]);
                break;
            }
        }
        return judgements;
    }

    public static string Numbered(string text, int index) => text.Replace("Model0", "Model" + index, StringComparison.Ordinal);

    /// <summary>Null where some texts do not compile; these are the ones that the compiler names.</summary>
    static Emitted? TryCompile(IReadOnlyList<string> texts, out HashSet<int> broken)
    {
        broken = [];
        try
        {
            return new(texts, stays: true);
        }
        catch (InvalidOperationException fault)
        {
            broken = [.. Regex.Matches(fault.Message, @"Model(\d+)\.cs").Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
            if (broken.Count == 0) throw;
            return null;
        }
    }
}
