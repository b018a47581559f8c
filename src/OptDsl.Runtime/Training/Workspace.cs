using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>The memory and the threads that a learner gives to its program.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class Workspace<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena<T> arena;
    readonly long batched;

    internal Workspace(Arena<T> arena, long batched, int capacity, Team team)
    {
        (this.arena, this.batched) = (arena, batched);
        (Capacity, Team) = (capacity, team);
    }

    /// <summary>Who shares the work.</summary>
    public Team Team { get; }

    /// <summary>The largest batch, rounded up to 16.</summary>
    public int Capacity { get; }

    /// <summary>A place in the fixed region, in elements from the arena's start.</summary>
    public Buffer<T> At(long offset) => arena.At(offset);

    /// <summary>A place in the batched region: the arena's start + Fixed + <paramref name="perExample"/>·<see cref="Capacity"/>.</summary>
    public Buffer<T> Batched(long perExample) => arena.At(checked(batched + perExample * Capacity));
}
