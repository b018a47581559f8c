namespace OptDsl.Testing;

/// <summary>What came of one law.</summary>
public enum Outcome
{
    /// <summary>It held in every case.</summary>
    Holds,

    /// <summary>It says nothing of this subject; the note says why.</summary>
    DoesNotApply,

    /// <summary>Nothing that a law forbids, but something to know.</summary>
    Finding,

    /// <summary>A case breaks it.</summary>
    Fails,
}

/// <summary>One line of a report.</summary>
/// <param name="Law">The law's name, as a sentence.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Note">How many cases, why it does not apply, or what was found.</param>
public sealed record Verdict(string Law, Outcome Outcome, string Note)
{
    internal static Verdict Holds(string law, string note) => new(law, Outcome.Holds, note);

    internal static Verdict Finding(string law, string note) => new(law, Outcome.Finding, note);
}
