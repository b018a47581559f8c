namespace OptDsl.Generators;

/// <summary>The names under which the driver tracks the pipeline's steps; the caching tests ask for them.</summary>
internal static class StepNames
{
    /// <summary>Each declaration, evaluated.</summary>
    public const string Declarations = nameof(Declarations);

    /// <summary>The C# of each declaration.</summary>
    public const string Learners = nameof(Learners);

    /// <summary>What each <c>[Export]</c> needs to travel.</summary>
    public const string Exports = nameof(Exports);

    /// <summary>What there is to report, declaration by declaration.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}
