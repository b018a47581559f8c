using System.Numerics;

namespace OptDsl.Testing;

/// <summary>What parameters start from.</summary>
internal static class FirstValues
{
    /// <summary>The values, row-major, that a parameter has in a learner of this seed.</summary>
    public static T[] First<T>(this Parameter parameter, long seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (kind, numbers) = parameter.Start;
        var start = kind switch
        {
            StartKind.Constant => Runtime.Start.Constant(numbers[0]),
            StartKind.Uniform => Runtime.Start.Uniform(numbers[0], numbers[1]),
            StartKind.Normal => Runtime.Start.Normal(numbers[0], numbers[1]),
            StartKind.Orthogonal => Runtime.Start.Orthogonal(numbers[0]),
            _ => Runtime.Start.Values(numbers),
        };
        var first = new T[parameter.Shape.Size];
        start.Fill<T>((ulong)seed, parameter.Path, parameter.Shape.Last, first);
        return first;
    }
}
