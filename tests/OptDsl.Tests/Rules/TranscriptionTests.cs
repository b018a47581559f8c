using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Rules;

/// <summary>Every rule of the library takes the steps of its paper, written down a second time.</summary>
public class TranscriptionTests
{
    const int Steps = 50;

    /// <summary>Of the longest way that a weight has gone.</summary>
    const double Tolerance = 1e-12;

    static readonly Dictionary<string, Transcription> all = Transcription.All.ToDictionary(t => t.Name);

    public static TheoryData<string> Names => [.. all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_takes_the_steps_of_its_paper(string name)
    {
        var (_, rule, start, rows) = all[name];
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var size = rows == 0 ? 5 : rows * Transcription.Columns;
            double[] w = [.. Enumerable.Range(0, size).Select(_ => 4 * random.NextDouble() - 2)], first = [.. w];
            var gradients = Enumerable.Range(0, Steps).Select(_ => Enumerable.Range(0, size).Select(_ => Gradient(random)).ToArray()).ToArray();
            var loops = start(first);
            var (t, way) = (0, 0.0);
            foreach (var at in new RuleBench(rule, rows == 0 ? new(size) : new(rows, Transcription.Columns)).Run<Real64>(first, gradients))
            {
                loops(w, gradients[t], ++t);
                for (var i = 0; i < size; i++)
                {
                    way = Math.Max(way, Math.Abs(w[i] - first[i]));
                    Assert.True(Math.Abs(at[i] - w[i]) <= Tolerance * way, $"seed {seed}, step {t}, element {i}: {at[i]:R}, by the paper {w[i]:R}, {Math.Abs(at[i] - w[i]) / way:G2} of the way");
                }
            }
            Assert.True(way > 0, "nothing moved");
        }
    }

    /// <summary>Of either sign, over three decades, now and then 0.</summary>
    static double Gradient(Random random) => random.Next(20) == 0 ? 0 : (2 * random.NextDouble() - 1) * Math.Pow(10, 2 * random.NextDouble() - 2);
}
