using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// A number from [0, 1) for each element of x, other ones at each step, from each call and under each seed. It is a function of the step, the
    /// seed, the call's place in the model or rule (which has a path as a parameter has), the row and the column: nothing is remembered, and the
    /// same bits come at every vector width and on any number of threads. A value used twice is drawn once; x gives its shape, no gradient.
    /// </summary>
    /// <exception cref="OptDslException">The seed is not one number that depends on Step alone (OPT0102).</exception>
    public static Expr RandomUniform(Expr x, Expr? seed = null)
    {
        seed ??= 0;
        if (!Build.IsOfTheStep(seed)) throw Error.Argument("seed", $"must be one number that depends on Step alone, but is {seed.Describe()}");
        return Build.Drawn(x, Build.Elementwise(Primitive.Random, Build.Leaf(Primitive.Stream, Shape.Scalar), seed, Step));
    }

    /// <summary>√(−2·log(1 − u))·cos 2πv with u and v from <see cref="RandomUniform"/>: N(0, 1) for each element of x. https://doi.org/10.1214/aoms/1177706645</summary>
    /// <exception cref="OptDslException">The seed is not one number that depends on Step alone (OPT0102).</exception>
    public static Expr RandomNormal(Expr x, Expr? seed = null)
    {
        Expr u = RandomUniform(x, seed), v = RandomUniform(x, seed);
        return Sqrt(-2 * Log(1 - u)) * Cos(2 * Math.PI * v);
    }
}
