namespace OptDsl.Testing;

/// <summary>A law that does not hold: the smallest case found, written as a declaration, why, and how to run it again.</summary>
public sealed class LawException : Exception
{
    internal LawException(string after, object? smallest, Exception? reason, ReplayToken? token)
        : base(token is null ? smallest is null ? after : $"{after}\n\n{smallest}" : $"{reason?.Message}\n\n{smallest}\n\n{after}; this one again: {Law.ReplayVariable}={token}\n{(reason is MismatchException ? "" : reason?.StackTrace)}", reason) =>
        (Case, Replay, Why) = (smallest, token?.ToString(), reason?.Message ?? after);

    /// <summary>The same fault under a longer message.</summary>
    internal LawException(string message, LawException fault) : base(message, fault.InnerException) => (Case, Replay, Why) = (fault.Case, fault.Replay, fault.Why);

    /// <summary>The smallest case found; null where the generator gave up.</summary>
    public object? Case { get; }

    /// <summary>The value of <see cref="Law.ReplayVariable"/> that makes the case again.</summary>
    public string? Replay { get; }

    /// <summary>What was wrong, in one line.</summary>
    internal string Why { get; }
}
