using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>What netstandard2.0's sequences lack.</summary>
internal static class Sequences
{
    /// <summary>So many together, in order; the last may be fewer.</summary>
    public static IEnumerable<IReadOnlyList<T>> Chunks<T>(this IEnumerable<T> items, int size) =>
        items.Select((item, i) => (item, i)).GroupBy(p => p.i / size, p => p.item, (_, chunk) => (IReadOnlyList<T>)chunk.ToList());
}
