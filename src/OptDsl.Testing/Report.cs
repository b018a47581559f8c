using System.Text;

namespace OptDsl.Testing;

/// <summary>What a check has shown of one model, rule, layer or loss: a line per law.</summary>
public sealed class Report
{
    readonly List<Verdict> verdicts = [];

    internal Report(string subject) => Subject = subject;

    /// <summary>What was checked, in a few words.</summary>
    public string Subject { get; }

    /// <summary>One per law, in order.</summary>
    public IReadOnlyList<Verdict> Verdicts => verdicts;

    /// <summary>The smallest case found of the first law that fails; null where all hold.</summary>
    internal LawException? Fault { get; private set; }

    internal void Add(Verdict verdict) => verdicts.Add(verdict);

    /// <summary>Runs a law; a case that breaks it is kept. What the language refuses, say a rule for one size at another, the law cannot ask.</summary>
    internal void Try(string law, Func<Verdict> run)
    {
        try
        {
            Add(run());
        }
        catch (LawException fault)
        {
            Fault ??= fault;
            Add(new(law, Outcome.Fails, fault.Why));
        }
        catch (OptDslException fault)
        {
            Add(new(law, Outcome.DoesNotApply, fault.Message));
        }
    }

    /// <summary>Throws where a law failed, with the whole report and the smallest case.</summary>
    internal Report OrThrow() => Fault is null ? this : throw new LawException(this, Fault);

    /// <summary>A table of the laws.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Subject).Append('\n');
        foreach (var (law, outcome, note) in verdicts)
        {
            var sign = outcome switch { Outcome.Holds => "✓", Outcome.Fails => "✗", Outcome.Finding => "!", _ => "–" };
            text.Append("  ").Append(sign).Append(' ').Append(law.PadRight(46)).Append("  ").Append(note.ReplaceLineEndings(" ")).Append('\n');
        }
        return text.ToString();
    }
}
