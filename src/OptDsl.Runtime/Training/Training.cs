using System.Diagnostics;
using System.Numerics;

namespace OptDsl;

/// <summary>Training as a sequence: each step is made when the next element is asked for, so every operator on sequences works, and <c>break</c> stops.</summary>
public static class Training
{
    /// <summary>One step for each batch. Nothing happens before the sequence is enumerated; a step allocates nothing.</summary>
    public static IEnumerable<TrainStep> Train<T>(this ILearner<T> learner, IEnumerable<Batch> batches)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(batches);
        return Steps(learner, batches);
    }

    /// <summary>That many steps of a problem without data.</summary>
    public static IEnumerable<TrainStep> Train<T>(this ILearner<T> learner, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return learner.Train(Enumerable.Repeat(Batch.Empty, steps));
    }

    /// <summary>The steps whose number is a multiple of <paramref name="n"/>; all of them are made.</summary>
    public static IEnumerable<TrainStep> Every(this IEnumerable<TrainStep> steps, int n)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return steps.Where(step => step.Step % n == 0);
    }

    /// <summary>Tells each step to <paramref name="progress"/> and hands it on.</summary>
    public static IEnumerable<TrainStep> Report(this IEnumerable<TrainStep> steps, IProgress<TrainStep> progress)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(progress);
        return Told(steps, progress);
    }

    static IEnumerable<TrainStep> Steps<T>(ILearner<T> learner, IEnumerable<Batch> batches) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long began = Stopwatch.GetTimestamp();
        foreach (Batch batch in batches)
        {
            double loss = learner.Learn(batch);
            yield return new(learner.Steps, loss, batch.Count, Stopwatch.GetElapsedTime(began));
        }
    }

    static IEnumerable<TrainStep> Told(IEnumerable<TrainStep> steps, IProgress<TrainStep> progress)
    {
        foreach (TrainStep step in steps)
        {
            progress.Report(step);
            yield return step;
        }
    }
}
