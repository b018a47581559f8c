using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>All that speaks for the rules of the library.</summary>
static class Oracles
{
    public static IReadOnlyList<Oracle> All { get; } =
    [
        .. Vocabulary.Of(typeof(Dsl)).Where(w => w.Kind == WordKind.Rule).Select(w => Laws(w.Name[..w.Name.IndexOf('(', StringComparison.Ordinal)], w.Name, (Rule)w.Value!, "")),
        Laws(nameof(Dsl.RmsProp), BrokenLaws.CentredRmsProp, Dsl.RmsProp(0.05, centred: true), "centred: "),
        .. Transcription.All.Select(t => new Oracle(t.Word, Witness.Paper, t.Name, t.Check)),
        .. ClosedForm.All.Select(c => new Oracle(c.Word, Witness.Constant, c.ToString(), c.Check)),
        .. Orbit.All.Select(o => new Oracle(o.Word, o.By, o.ToString(), o.Check)),
        .. Trace.Torch.Where(t => t.Word.Length > 0).Select(t => new Oracle(t.Word, Witness.Torch, t.ToString(), t.Check)),
        .. Coincidence.Same.Select(c => new Oracle(c.Word, Witness.Coincidence, c.ToString(), c.CheckSame, c.Other)),
    ];

    /// <summary>All laws hold, or just those fail that the paper's equation breaks.</summary>
    static Oracle Laws(string word, string name, Rule rule, string which)
    {
        var broken = BrokenLaws.Of(name);
        return new(word, Witness.Laws, name, () =>
        {
            var failing = BrokenLaws.Seen(() => Check.Laws(rule));
            if (!failing.SequenceEqual(broken)) throw new MismatchException($"these laws fail: {string.Join("; ", failing)}");
        }, broken.Count == 0 ? "" : $"{which}all but *{string.Join("*, *", broken)}*", broken.Count == 0);
    }
}
