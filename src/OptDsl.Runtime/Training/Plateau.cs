namespace OptDsl;

/// <summary>
/// Lowers a hyperparameter where a loss or a metric stops falling: after more than <c>patience</c> observations in a row that were not below
/// (1 − threshold) times the best, it is multiplied by <c>factor</c>, and <c>cooldown</c> observations pass before patience counts again.
/// </summary>
public sealed class Plateau
{
    readonly Hyperparameters hyper;
    readonly string name;
    readonly double factor, threshold, min;
    readonly int patience, cooldown;
    int bad, cooling;

    /// <summary>Watches for a hyperparameter of a learner: <c>new Plateau(learner.Hyperparameters, "lr")</c>.</summary>
    /// <param name="hyper">The learner's.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="factor">What it is multiplied by, between 0 and 1.</param>
    /// <param name="patience">How many observations may bring nothing.</param>
    /// <param name="threshold">The part of the best by which an observation must be below it.</param>
    /// <param name="cooldown">How many observations count nothing after it was lowered.</param>
    /// <param name="min">It is never set below this.</param>
    /// <exception cref="KeyNotFoundException">There is no hyperparameter of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not between 0 and 1, or another number is negative.</exception>
    public Plateau(Hyperparameters hyper, string name, double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double min = 0)
    {
        ArgumentNullException.ThrowIfNull(hyper);
        _ = hyper[name];
        if (!(factor > 0 && factor < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        ArgumentOutOfRangeException.ThrowIfNegative(min);
        (this.hyper, this.name, this.factor, this.patience, this.threshold, this.cooldown, this.min) = (hyper, name, factor, patience, threshold, cooldown, min);
    }

    /// <summary>The least that was observed.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Tells it a loss, or a metric that should fall; true when the hyperparameter was lowered.</summary>
    /// <param name="value">NaN brings nothing. Of an accuracy, hand in what is missing to 1.</param>
    public bool Observe(double value)
    {
        if (value < Best - threshold * Math.Abs(Best) || (double.IsPositiveInfinity(Best) && double.IsFinite(value)))
            (Best, bad) = (value, 0);
        else
            bad++;
        if (cooling > 0)
            (cooling, bad) = (cooling - 1, 0);
        if (bad <= patience)
            return false;
        (cooling, bad) = (cooldown, 0);
        double before = hyper[name], lowered = Math.Max(before * factor, min);
        if (lowered >= before)
            return false;
        hyper[name] = lowered;
        return true;
    }
}
