namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// The outputs h of long short-term memory after each row of x, [positions, c] per example; <c>[^1]</c> is the last. From h = c = 0, with
    /// i, f, o = σ(x·W + b + h·U) and g = tanh(x·W + b + h·U), each with columns of its own: c′ = f·c + i·g, h′ = o·tanh c′. Makes <c>lstmN.weights</c>
    /// [c, 4·units] (i, f, g, o side by side), <c>bias</c> and <c>recurrent</c> [units, 4·units]. Glorot, zeros and orthogonal.
    /// https://doi.org/10.1162/neco.1997.9.8.1735, with the gate f of https://doi.org/10.1162/089976600300015015
    /// </summary>
    /// <param name="x">A row per position.</param>
    /// <param name="units">How many numbers an output has, and the memory.</param>
    /// <param name="weights">Where the matrix of the inputs starts.</param>
    /// <param name="recurrent">Where the matrix of the outputs starts.</param>
    /// <param name="bias">Where the bias starts.</param>
    /// <exception cref="OptDslException">Units below 1, or x is no matrix (OPT0102).</exception>
    public static Expr Lstm(this Expr x, int units, Init? weights = null, Init? recurrent = null, Init? bias = null)
    {
        Dsl.CheckSizes("units", [units]);
        Expr c = 0;
        return Recurrence.Over(new LayerInfo("lstm"), x, units, gates: 4, weights, recurrent, bias, (given, own, _) =>
        {
            var all = given + own;
            Expr i = Dsl.Sigmoid(Gate(0)), f = Dsl.Sigmoid(Gate(1)), g = Dsl.Tanh(Gate(2)), o = Dsl.Sigmoid(Gate(3));
            c = f * c + i * g;
            return o * Dsl.Tanh(c);

            Expr Gate(int gate) => Recurrence.Gate(all, gate, units);
        });
    }
}
