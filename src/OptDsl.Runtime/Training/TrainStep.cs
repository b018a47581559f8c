using System.Globalization;

namespace OptDsl;

/// <summary>What one update tells: <c>step 100  loss 0.412</c>.</summary>
/// <param name="Step">Updates that are complete, this one included.</param>
/// <param name="Loss">The mean loss over the batch, before the update.</param>
/// <param name="Examples">How many examples the batch had.</param>
/// <param name="Elapsed">Since the training began.</param>
public readonly record struct TrainStep(long Step, double Loss, int Examples, TimeSpan Elapsed)
{
    /// <summary><c>step 100  loss 0.412</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"step {Step}  loss {Loss:G4}");
}
