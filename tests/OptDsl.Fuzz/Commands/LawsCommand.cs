using System.CommandLine;
using System.Diagnostics;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Every word of the language under all its laws, on many cases.</summary>
static class LawsCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var count = new Option<int>("--n") { Description = "How many times as many random cases as in a test.", DefaultValueFactory = _ => 10 };
        var only = new Option<string>("--only") { Description = "Only words whose name contains this.", DefaultValueFactory = _ => "" };
        count.Validators.Add(given => { if (given.GetValueOrDefault<int>() < 1) given.AddError("at least once"); });
        var command = new Command("laws", "Every rule, schedule, loss, function and layer of the library under all its laws.") { count, only };
        command.SetAction(given =>
        {
            Environment.SetEnvironmentVariable(Law.CasesVariable, $"{given.GetValue(count)}");
            return Run(given.GetValue(only)!, Console.Out);
        });
        return command;
    }

    static int Run(string part, TextWriter to)
    {
        var (words, laws, faults, watch) = (0, 0, 0, Stopwatch.StartNew());
        foreach (var word in new[] { typeof(Dsl), typeof(Fluent) }.SelectMany(Vocabulary.Of).Where(w => w.Kind != WordKind.Unknown && w.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            // A gradient that is stopped is no derivative: that is its meaning.
            if (word.Name.StartsWith("StopGradient", StringComparison.Ordinal)) continue;
            words++;
            var (report, fault) = Try(word);
            laws += report?.Verdicts.Count(v => v.Outcome is Outcome.Holds or Outcome.Fails) ?? 0;
            var failing = report?.Verdicts.Where(v => v.Outcome == Outcome.Fails).Select(v => v.Law) ?? [];
            if (report is not null && failing.SequenceEqual(BrokenLaws.Of(word.Name))) continue;
            faults++;
            to.WriteLine($"{word.Name}: {fault}");
        }
        to.WriteLine(FormattableString.Invariant($"{words} words, {laws} laws, {faults} words not as they should be, {watch.Elapsed.TotalSeconds:F0} s"));
        return faults == 0 && words > 0 ? 0 : 1;
    }

    static (Report? Report, Exception? Fault) Try(VocabularyWord word)
    {
        try
        {
            return (Vocabulary.Laws(word), null);
        }
        catch (LawException fault)
        {
            return (fault.Report, fault);
        }
        // Whatever else is thrown is a fault of the library, and the next word is asked all the same.
        catch (Exception fault)
        {
            return (null, fault);
        }
    }
}
