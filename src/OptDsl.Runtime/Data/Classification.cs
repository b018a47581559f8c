using System.Numerics;

namespace OptDsl.Data;

/// <summary>How often a classifier is right.</summary>
public static class Classification
{
    /// <summary>The part of the images whose largest output (the first of equal ones) is at their label; the first output has one number per class.</summary>
    public static double Accuracy<T>(this ILearner<T> learner, Dataset data) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] scores = new T[learner.MaxBatch * data.Classes];
        int right = 0, seen = 0;
        foreach (Batch batch in data.InOrder(learner.MaxBatch))
        {
            Span<T> given = scores.AsSpan(0, batch.Count * data.Classes);
            learner.Predict(batch, given);
            for (int e = 0; e < batch.Count; e++, seen++)
                if (Largest(given.Slice(e * data.Classes, data.Classes)) == data.Labels.Span[seen])
                    right++;
        }
        return (double)right / seen;
    }

    static int Largest<T>(ReadOnlySpan<T> scores) where T : IComparisonOperators<T, T, bool>
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best])
                best = i;
        return best;
    }
}
