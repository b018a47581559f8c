using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>
/// A sink with an elementary function in it. It is applied in a loop over the finished tile: inlined once per accumulator, sixteen times,
/// it would exceed what the JIT inlines, silently and eight times slower.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
public interface IHeavySink<T> : ISink<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
