namespace OptDsl.Fuzz;

/// <summary>What a scan of a function found.</summary>
/// <param name="Name">The function.</param>
/// <param name="Count">How many floats.</param>
/// <param name="Worst">The largest error in units of the last place of the true result.</param>
/// <param name="At">Its argument.</param>
/// <param name="Fault">What is plainly wrong, if anything is: other bits at another width, an oracle that the others contradict.</param>
readonly record struct UlpResult(string Name, long Count, double Worst, float At, string? Fault)
{
    public UlpResult With(UlpResult other) => (other.Worst > Worst ? other : this) with { Count = Count + other.Count, Fault = Fault ?? other.Fault };
}
