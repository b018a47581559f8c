using System.Numerics;
using System.Security.Cryptography;
using OptDsl.Runtime;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>What a fixed sample of random networks computes in three steps, as one hash: the same on every machine and at every vector width.</summary>
static class SampleHash
{
    const int Together = 250;

    /// <summary>The sample's hash after each of these many networks.</summary>
    public static IEnumerable<(int Count, string Hash)> After(params IReadOnlyList<int> counts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var done = 0;
        foreach (var count in counts)
        {
            for (; done < count; done += Math.Min(Together, count - done))
                foreach (var numbers in Numbers(Enumerable.Range(done, Math.Min(Together, count - done)))) hash.AppendData(BitConverter.GetBytes(numbers));
            yield return (count, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
    }

    static IEnumerable<double> Numbers(IEnumerable<int> numbers)
    {
        NetCase[] nets = [.. numbers.Select(n => new NetCase(n, isSteady: true)).Select(n => n.With(n.Run with { Width = VectorWidth.Auto }))];
        using var emitted = new Emitted([.. nets.Select((n, i) => LightText.Of(n.Text(i), i, n.Run.Precision, VectorWidths.Resolve(VectorWidth.Auto)))], stays: true, typeof(SampleHash).Assembly);
        for (var i = 0; i < nets.Length; i++)
            foreach (var number in nets[i].Run.Precision == Precision.Single ? Numbers<float>(nets[i], emitted.Class(LightText.Class(i))) : Numbers<double>(nets[i], emitted.Class(LightText.Class(i))))
                // Every NaN is one NaN.
                yield return double.IsNaN(number) ? double.NaN : number;
    }

    /// <summary>The losses, and after each step parameters and slots.</summary>
    static IEnumerable<double> Numbers<T>(NetCase net, Type program) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var learner = new Learner<T>((Definition<T>)program.GetField("Definition")!.GetValue(null)!, net.Run.Seed, net.Run.MaxBatch, net.Run.Threads, net.Run.Width);
        for (var step = 0; step < net.Run.Examples.Count; step++)
        {
            var loss = Learn(learner, new RandomData(net.Model, net.Graph, net.Run.Examples[step], net.Run.Seed + step).Batch(net.Run.Precision));
            yield return loss;
            if (!double.IsFinite(loss)) yield break;
            foreach (var tensor in learner.Parameters.Concat(learner.Slots))
                foreach (var number in tensor.ToArray()) yield return double.CreateChecked(number);
        }
    }

    static double Learn<T>(ILearner<T> learner, Batch batch) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return learner.Learn(batch);
        }
        catch (NonFiniteLossException)
        {
            return double.NaN;
        }
    }
}
