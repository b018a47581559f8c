namespace OptDsl.Testing;

/// <summary>Which random declarations are declarations: what the language refuses is no case.</summary>
internal static class Cases
{
    /// <summary>A generator that makes each case from one number, with its shrinker.</summary>
    public static FsCheck.Arbitrary<T> Of<T>(Func<Dice, int, T> random, Func<T, IEnumerable<T>> shrink) => FsCheck.Fluent.Arb.From(
        FsCheck.Fluent.Gen.Sized(size => FsCheck.Fluent.Gen.Select(FsCheck.Fluent.Gen.Choose(0, int.MaxValue), seed => random(new(seed), size))), shrink);

    public static bool IsModel(NetworkCase network) => TryModel(() => network.Build().Minimize(Dsl.Sgd(0.1))) is not null;

    /// <summary>A random chain may never read the gradient, say.</summary>
    public static bool IsRule(RuleCase rule) => Try(rule.Build) is not null;

    public static Model? TryModel(Func<Model> build) => Try(build);

    static T? Try<T>(Func<T> build) where T : class
    {
        try
        {
            return build();
        }
        catch (OptDslException)
        {
            return null;
        }
    }
}
