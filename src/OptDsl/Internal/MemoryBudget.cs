namespace OptDsl;

/// <summary>At most so many bytes for what a step of so many examples needs for a while. It changes no bit, so it is no part of a checkpoint's model.</summary>
internal sealed record MemoryBudget(long Bytes, int Examples)
{
    public override string ToString() => $"memory {Text.Number(Bytes)} bytes for {Text.Number(Examples)} examples\n";
}
