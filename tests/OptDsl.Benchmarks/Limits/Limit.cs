using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>A loop that does one thing as fast as the machine can.</summary>
/// <param name="name">What it measures.</param>
/// <param name="unit">What is counted.</param>
/// <param name="perCall">How many of them one call does, over all threads.</param>
/// <param name="call">The loop.</param>
sealed class Limit(string name, string unit, double perCall, Action call)
{
    /// <summary>The loop on every thread of a team at once.</summary>
    public static Limit Of<J>(string name, string unit, double perThread, int threads, J job) where J : struct, IJob
    {
        var team = Team.Get(threads);
        return new(name, unit, perThread * threads, () => team.Run(job, threads));
    }

    public string Name => name;

    public string Unit => unit;

    public Sample Sample { get; } = new(call);

    /// <summary>The time of one of them, measured now.</summary>
    public double Nanoseconds(double milliseconds) => Sample.Microseconds(milliseconds) * 1e3 / perCall;
}
