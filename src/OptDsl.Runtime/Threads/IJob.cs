namespace OptDsl.Runtime;

/// <summary>Work cut into independent chunks; a struct, so that running it allocates nothing.</summary>
public interface IJob
{
    /// <summary>Does one chunk; chunks may run in any order and at the same time.</summary>
    void Run(int chunk);
}
