namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// The states h of gated recurrent units after each row of x, [positions, c] per example; <c>[^1]</c> is the last. From h = 0, with
    /// r = σ(x·Wr + br + h·Ur) and z = σ(x·Wz + bz + h·Uz): n = tanh(x·Wn + bn + r·(h·Un + cn)), h′ = (1 − z)·n + z·h. Makes <c>gruN.weights</c>
    /// [c, 3·units] (r, z, n side by side), <c>bias</c>, <c>recurrent</c> [units, 3·units] and <c>recurrentBias</c>, which is cn. Glorot, orthogonal and zeros.
    /// https://arxiv.org/abs/1406.1078, §2.3, in the usual variant: r stands after the product, so that the three are one.
    /// </summary>
    /// <param name="x">A row per position.</param>
    /// <param name="units">How many numbers a state has.</param>
    /// <param name="weights">Where the matrix of the inputs starts.</param>
    /// <param name="recurrent">Where the matrix of the states starts.</param>
    /// <param name="bias">Where all of the bias starts but cn.</param>
    /// <exception cref="OptDslException">Units below 1, or x is no matrix (OPT0102).</exception>
    public static Expr Gru(this Expr x, int units, Init? weights = null, Init? recurrent = null, Init? bias = null)
    {
        Dsl.CheckSizes("units", [units]);
        var layer = new LayerInfo("gru");
        var c = Dsl.LayerParameter(layer, "recurrentBias", [units], Init.Zero);
        return Recurrence.Over(layer, x, units, gates: 3, weights, recurrent, bias, (given, own, h) =>
        {
            var both = given + own;
            Expr r = Dsl.Sigmoid(Recurrence.Gate(both, 0, units)), z = Dsl.Sigmoid(Recurrence.Gate(both, 1, units));
            var n = Dsl.Tanh(Recurrence.Gate(given, 2, units) + r * (Recurrence.Gate(own, 2, units) + c));
            return (1 - z) * n + z * h;
        });
    }
}
