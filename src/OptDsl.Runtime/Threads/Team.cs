namespace OptDsl.Runtime;

/// <summary>The threads that share the chunks of a job; the caller is always one of them.</summary>
public sealed class Team
{
    private static readonly Team Alone = new(1);

    private Team(int threads) => Threads = threads;

    /// <summary>How many threads work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>The team of a size; one thread runs everything inline.</summary>
    public static Team Get(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return Alone;
    }

    /// <summary>Runs chunks 0 … <paramref name="chunks"/> − 1 and returns when all are done.</summary>
    public void Run<J>(J job, int chunks) where J : struct, IJob
    {
        for (int chunk = 0; chunk < chunks; chunk++)
            job.Run(chunk);
    }
}
