using System.Numerics;

namespace OptDsl;

/// <summary>The range of useful learning rates: the loss while the rate grows. https://arxiv.org/abs/1506.01186, section 3.3.</summary>
public static class RateRange
{
    /// <summary>
    /// One step per batch, the hyperparameter growing by equal factors from <paramref name="from"/> to <paramref name="to"/>; ends early where the loss is
    /// no number, or more above the least so far than three times its size. The learner is trained on the way: use one made for this. The hyperparameter is as declared afterwards.
    /// </summary>
    /// <returns>The rates with the loss that each step began with, as they are made.</returns>
    /// <exception cref="KeyNotFoundException">There is no hyperparameter of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; from &lt; to, or fewer than two steps.</exception>
    public static IEnumerable<(double Rate, double Loss)> RateSearch<T>(this ILearner<T> learner, IEnumerable<Batch> batches, string name, double from = 1e-7, double to = 10, int steps = 100)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        _ = learner.Hyperparameters[name];
        return Steps(learner, batches, name, from, Math.Log(to / from) / (steps - 1), steps);
    }

    static IEnumerable<(double Rate, double Loss)> Steps<T>(ILearner<T> learner, IEnumerable<Batch> batches, string name, double from, double growth, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Lost = 3;
        double least = double.PositiveInfinity;
        int step = 0;
        try
        {
            foreach (Batch batch in batches.Take(steps))
            {
                double rate = from * Math.Exp(growth * step++);
                learner.Hyperparameters[name] = rate;
                double loss = TryLearn(learner, batch);
                if (!double.IsFinite(loss))
                    yield break;
                yield return (rate, loss);
                least = Math.Min(least, loss);
                if (loss - least > Lost * Math.Abs(least))
                    yield break;
            }
        }
        finally
        {
            learner.Hyperparameters.Reset(name);
        }
    }

    /// <summary>Too large a rate is what is looked for.</summary>
    static double TryLearn<T>(ILearner<T> learner, Batch batch) where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
