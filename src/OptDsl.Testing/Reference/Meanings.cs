namespace OptDsl.Testing;

/// <summary>What each elementwise primitive means, one row each; truth is 1 or 0.</summary>
internal static class Meanings<S> where S : struct, IScalar<S>
{
    static readonly S one = S.Create(1), zero = S.Create(0);

    public static readonly IReadOnlyDictionary<Primitive, Func<S[], S>> Rows = new Dictionary<Primitive, Func<S[], S>>
    {
        [Primitive.Negate] = x => -x[0],
        [Primitive.Sqrt] = x => S.Sqrt(x[0]),
        [Primitive.Exp] = x => S.Exp(x[0]),
        [Primitive.Log] = x => S.Log(x[0]),
        [Primitive.Tanh] = x => S.Tanh(x[0]),
        [Primitive.Sigmoid] = x => S.Sigmoid(x[0]),
        [Primitive.Softplus] = x => S.Softplus(x[0]),
        [Primitive.NormalCdf] = x => S.NormalCdf(x[0]),
        [Primitive.Sin] = x => S.Sin(x[0]),
        [Primitive.Cos] = x => S.Cos(x[0]),
        [Primitive.Abs] = x => S.Abs(x[0]),
        [Primitive.Floor] = x => S.Floor(x[0]),
        [Primitive.Add] = x => x[0] + x[1],
        [Primitive.Subtract] = x => x[0] - x[1],
        [Primitive.Multiply] = x => x[0] * x[1],
        [Primitive.Divide] = x => x[0] / x[1],
        [Primitive.Fma] = x => S.Fma(x[0], x[1], x[2]),
        [Primitive.Where] = x => IsTrue(x[0]) ? x[1] : x[2],
        [Primitive.Random] = x => S.Random(x[0], x[1], x[2]),
        [Primitive.Larger] = x => S.Less(x[0], x[1]) ? x[1] : x[0],
        [Primitive.Smaller] = x => S.Less(x[1], x[0]) ? x[1] : x[0],
        [Primitive.Less] = x => Truth(S.Less(x[0], x[1])),
        [Primitive.LessEqual] = x => Truth(S.LessEqual(x[0], x[1])),
        [Primitive.Equal] = x => Truth(S.Equal(x[0], x[1])),
        [Primitive.And] = x => Truth(IsTrue(x[0]) && IsTrue(x[1])),
        [Primitive.Or] = x => Truth(IsTrue(x[0]) || IsTrue(x[1])),
        [Primitive.Not] = x => Truth(!IsTrue(x[0])),
    };

    static S Truth(bool value) => value ? one : zero;

    static bool IsTrue(S x) => S.Equal(x, one);
}
