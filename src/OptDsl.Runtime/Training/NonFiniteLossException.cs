using System.Globalization;

namespace OptDsl;

/// <summary>The loss became NaN or infinite; the update was not made and nothing was written.</summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    /// <summary>Names the step and the loss.</summary>
    public NonFiniteLossException(long step, double loss)
        : base(string.Create(CultureInfo.InvariantCulture, $"The loss at step {step} is {loss}; nothing was updated. A smaller learning rate or a look at the data may help."))
        => (Step, Loss) = (step, loss);

    /// <summary>Updates that were complete when it happened.</summary>
    public long Step { get; }

    /// <summary>NaN or ±∞.</summary>
    public double Loss { get; }
}
