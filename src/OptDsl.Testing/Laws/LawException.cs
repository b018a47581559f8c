namespace OptDsl.Testing;

/// <summary>A law that does not hold: the smallest case found, written as a declaration, why, and how to run it again.</summary>
public sealed class LawException : Exception
{
    internal LawException(string after, object? smallest, Exception? reason, ReplayToken? token)
        : base(token is null ? after : $"{reason?.Message}\n\n{smallest}\n\n{after}; this one again: {Law.ReplayVariable}={token}\n{reason?.StackTrace}", reason) =>
        (Case, Replay) = (smallest, token?.ToString());

    /// <summary>The smallest case found; null where the generator gave up.</summary>
    public object? Case { get; }

    /// <summary>The value of <see cref="Law.ReplayVariable"/> that makes the case again.</summary>
    public string? Replay { get; }
}
