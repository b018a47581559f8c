using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class TeamTests
{
    private readonly struct Count(int[] hits) : IJob
    {
        public void Run(int chunk) => Interlocked.Increment(ref hits[chunk]);
    }

    private readonly struct Fail(int at, int[] hits) : IJob
    {
        public void Run(int chunk)
        {
            if (chunk == at)
                throw new InvalidTimeZoneException("chunk " + chunk);
            Interlocked.Increment(ref hits[chunk]);
        }
    }

    private readonly struct Nested(Team team, int[] hits) : IJob
    {
        public void Run(int chunk) => team.Run(new Count(hits), hits.Length);
    }

    private readonly struct Work(long[] sums) : IJob
    {
        public void Run(int chunk)
        {
            for (int i = 0; i < 1000; i++)
                sums[chunk] += i;
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(7)]
    public void EveryChunkRunsOnce(int threads)
    {
        Team team = Team.Get(threads);
        Assert.Equal(threads, team.Threads);
        Assert.Same(team, Team.Get(threads));
        for (int round = 0; round < 3000; round++)
        {
            var hits = new int[round % 41];
            team.Run(new Count(hits), hits.Length);
            Assert.All(hits, hit => Assert.Equal(1, hit));
            if (round % 500 == 0)
                Thread.Sleep(1);     // the workers fall asleep
        }
    }

    [Fact]
    public void TheMostChunksRun()
    {
        var hits = new int[Team.MaxChunks];
        Team.Get(3).Run(new Count(hits), hits.Length);
        Assert.All(hits, hit => Assert.Equal(1, hit));
        Assert.Throws<ArgumentOutOfRangeException>(() => Team.Get(3).Run(new Count(hits), Team.MaxChunks + 1));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public void AnExceptionArrivesAndTheTeamLives(int threads)
    {
        Team team = Team.Get(threads);
        for (int at = 0; at < 20; at++)
        {
            var hits = new int[20];
            var thrown = Assert.Throws<InvalidTimeZoneException>(() => team.Run(new Fail(at, hits), 20));
            Assert.Equal("chunk " + at, thrown.Message);
            Array.Clear(hits);
            team.Run(new Count(hits), 20);
            Assert.All(hits, hit => Assert.Equal(1, hit));
        }
    }

    [Fact]
    public void JobsInsideJobsAndBesideJobsRun()
    {
        var hits = new int[10];
        Team.Get(3).Run(new Nested(Team.Get(2), hits), 12);
        Assert.All(hits, hit => Assert.Equal(12, hit));
        Array.Clear(hits);
        Parallel.For(0, 200, _ => Team.Get(3).Run(new Count(hits), 10));
        Assert.All(hits, hit => Assert.Equal(200, hit));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void RunningAllocatesNothing(int threads)
    {
        Team team = Team.Get(threads);
        var sums = new long[16];
        long runs = 0;
        Allocations.AssertNone(() =>
        {
            team.Run(new Work(sums), 16);
            runs++;
        });
        Assert.All(sums, sum => Assert.Equal(runs * 499_500, sum));
    }

    [Fact]
    public void KernelsAllocateNothing()
    {
        using var a = Native<float>.Random(256 * 256, new Random(1));
        using var c = new Native<float>(256 * 256);
        var sink = new RowSink<float>(c.Buffer, 256);
        void Step()
        {
            MatMul<Vec512<float>, float>.Multiply(Team.Get(2), 256, 256, 256, a.Buffer, 256, a.Buffer, 256, sink);
            MatMul<Vec512<float>, float>.MultiplyTransposed(Team.Get(2), 256, 256, 256, a.Buffer, 256, a.Buffer, 256, sink);
            Layouts<Vec512<float>, float>.Transpose(Team.Get(2), a.Buffer, 256, 256, 256, c.Buffer, 32);
            Reductions<Vec512<float>, float>.SumRows(Team.Get(2), a.Buffer, 256, 256, 256, c.Buffer);
        }
        Allocations.AssertNone(Step, calls: 20);
    }
}
