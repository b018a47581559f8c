namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// x·m/(1 − rate) while a step learns, with m = 1 or, with this probability, 0 for each element; x elsewhere. The mask is a function of the step,
    /// the seed and the place, as that of <see cref="Dsl.RandomUniform"/>. https://jmlr.org/papers/v15/srivastava14a.html, §10.
    /// </summary>
    /// <param name="x">Activations or data, not logits.</param>
    /// <param name="rate">The part that is dropped, from 0 to below 1: a number, a schedule or a hyperparameter.</param>
    /// <param name="seed">Another number draws other masks.</param>
    /// <exception cref="OptDslException">The rate or the seed is not one number that depends on Step alone, or the rate is outside [0, 1) (OPT0102).</exception>
    public static Expr Dropout(this Expr x, Expr rate, Expr? seed = null)
    {
        if (!Build.IsOfTheStep(rate)) throw Error.Argument("rate", $"must be one number that depends on Step alone, but is {rate.Describe()}");
        if (rate.Data is double part && !(part >= 0 && part < 1)) throw Error.Argument("rate", $"is the part that is dropped, from 0 to below 1, but is {Text.Number(part)}");
        return x * Dsl.Where(Dsl.Learning, Dsl.Where(Dsl.Less(Dsl.RandomUniform(x, seed), rate), 0, 1 / (1 - rate)), 1);
    }
}
