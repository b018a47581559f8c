namespace OptDsl.Testing;

/// <summary>A law that does not hold: the smallest case found, written as a declaration, why, and how to run it again.</summary>
public sealed class LawException : Exception
{
    internal LawException(string after, object? smallest, Exception? reason, ReplayToken? token)
        : base(token is null ? smallest is null ? after : $"{after}\n\n{smallest}" : $"{reason?.Message}\n\n{smallest}\n\n{after}; this one again: {Law.ReplayVariable}={token}\n{(reason is MismatchException ? "" : reason?.StackTrace)}", reason) =>
        (Case, Replay, Why) = (smallest, token?.ToString(), reason?.Message ?? after);

    /// <summary>The fault of a report.</summary>
    internal LawException(Report report, LawException fault) : base($"{report}\n{fault.Message}", fault.InnerException) =>
        (Report, Case, Replay, Why) = (report, fault.Case, fault.Replay, fault.Why);

    /// <summary>The fault of one of several subjects.</summary>
    internal LawException(string subject, LawException fault) : base($"{subject}: {fault.Message}", fault.InnerException) =>
        (Report, Case, Replay, Why) = (fault.Report, fault.Case, fault.Replay, fault.Why);

    /// <summary>What the check found up to here, where a check made it.</summary>
    public Report? Report { get; }

    /// <summary>The smallest case found; null where the generator gave up.</summary>
    public object? Case { get; }

    /// <summary>The value of <see cref="Law.ReplayVariable"/> that makes the case again.</summary>
    public string? Replay { get; }

    /// <summary>What was wrong, in one line.</summary>
    internal string Why { get; }
}
