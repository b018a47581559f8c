using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>The threads that share the chunks of a job; the caller is always one of them. The workers are one set for the whole process.</summary>
public sealed unsafe class Team
{
    /// <summary>The largest number of chunks of one job.</summary>
    public const int MaxChunks = ushort.MaxValue;

    private static readonly Lock Gate = new();
    private static readonly Team Alone = new(1);
    private static Team[] teams = [Alone];

    private Team(int threads) => Threads = threads;

    /// <summary>How many threads work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>The team of a size; one thread runs everything inline.</summary>
    public static Team Get(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Team[] known = Volatile.Read(ref teams);
        return threads <= known.Length ? known[threads - 1] : Grow(threads);
    }

    /// <summary>
    /// Wakes the workers, so that the kernels that follow share even small work: once at the start of a step, because waking costs 24 µs
    /// and a worker spins for 50.
    /// </summary>
    public void Wake()
    {
        if (Threads > 1)
            Crew.Wake(Threads - 1);
    }

    /// <summary>Runs chunks 0 … <paramref name="chunks"/> − 1 and returns when all are done; throws the first exception of a chunk.</summary>
    /// <remarks>The caller takes chunks from the front, the workers from the back. Inside a chunk, or while another thread runs a job, everything runs inline.</remarks>
    public void Run<J>(J job, int chunks) where J : struct, IJob
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunks, MaxChunks);
        if (Threads > 1 && chunks > 1 && Crew.TryEnter())
        {
            // The job stays on this stack, which does not move, until every chunk is done.
            Crew.Run(&Chunk<J>, Unsafe.AsPointer(ref job), chunks, Threads - 1);
            return;
        }
        for (int chunk = 0; chunk < chunks; chunk++)
            job.Run(chunk);
    }

    /// <summary>Whether work of so many floating-point operations is worth sharing: measured, a gain from 0.5 M when the workers spin, from 10 M when they sleep.</summary>
    internal bool IsWorthSharing(double flops) => Threads > 1 && flops >= (Crew.IsAwake ? 0.5e6 : 1e7);

    private static void Chunk<J>(void* job, int chunk) where J : struct, IJob => Unsafe.AsRef<J>(job).Run(chunk);

    private static Team Grow(int threads)
    {
        lock (Gate)
        {
            while (teams.Length < threads)
                Volatile.Write(ref teams, [.. teams, new Team(teams.Length + 1)]);
            Crew.Grow(threads - 1);
            return teams[threads - 1];
        }
    }
}
