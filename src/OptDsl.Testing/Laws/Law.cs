using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace OptDsl.Testing;

/// <summary>
/// Runs a property on random cases and throws where it fails; FsCheck's own <c>Quick…</c> calls only print, so that a test
/// passes on a false property.
/// </summary>
public static class Law
{
    /// <summary>An environment variable <c>seed,gamma,size</c>: every law runs this case alone.</summary>
    public const string ReplayVariable = "OPTDSL_REPLAY";

    /// <summary>An environment variable: how many times as many cases as a test asks for.</summary>
    public const string CasesVariable = "OPTDSL_CASES";

    /// <summary>The law returns for every case; a case that it throws on is shrunk and printed with its replay token.</summary>
    /// <param name="cases">The generator with its shrinker.</param>
    /// <param name="law">Throws where it does not hold.</param>
    /// <param name="count">How many cases.</param>
    /// <exception cref="LawException">The law fails, or the generator gives up.</exception>
    public static void Holds<T>(Arbitrary<T> cases, Action<T> law, int count = 100) =>
        Holds(cases, law, count * Times(Environment.GetEnvironmentVariable(CasesVariable)), ReplayToken.Parse(Environment.GetEnvironmentVariable(ReplayVariable)));

    internal static void Holds<T>(Arbitrary<T> cases, Action<T> law, int count, ReplayToken? replay)
    {
        var runner = new Runner();
        var config = Config.Quick.WithMaxTest(count).WithRunner(runner);
        if (replay is { } token) config = config.WithReplay(FSharpOption<Replay>.Some(new(new(token.Seed, token.Gamma), token.Size)));
        FsCheck.Check.One(config, Prop.ForAll(cases, law));
        runner.ThrowIfFailed();
    }

    static int Times(string? factor) => factor is null ? 1 : int.Parse(factor, System.Globalization.CultureInfo.InvariantCulture);

    sealed class Runner : IRunner
    {
        TestResult? result;

        public void OnFinished(string name, TestResult result) => this.result = result;

        public void ThrowIfFailed()
        {
            if (result is TestResult.Passed) return;
            if (result is not TestResult.Failed failed) throw new LawException("the generator gave up: too many cases were refused", null, null, null);
            throw new LawException(failed.Item1.NumberOfTests + " cases until it failed", failed.Item3.Head, (failed.Item4 as FsCheck.Outcome.Failed)?.Item,
                new(failed.Item6.Seed, failed.Item6.Gamma, failed.Item7));
        }

        public void OnStartFixture(Type fixture)
        {
        }

        public void OnArguments(int test, Microsoft.FSharp.Collections.FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(Microsoft.FSharp.Collections.FSharpList<object> arguments, FSharpFunc<Microsoft.FSharp.Collections.FSharpList<object>, string> every)
        {
        }
    }
}
