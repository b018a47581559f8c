using System;

namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// Cosines of steps, steps·growth, steps·growth², … updates, each from start to final: cycle n begins at k = steps·(growthⁿ − 1)/(growth − 1).
    /// https://arxiv.org/abs/1608.03983, equation 5.
    /// </summary>
    public static Expr CosineRestarts(Expr start, int steps, int growth = 1, Expr? final = null)
    {
        CheckSizes("steps", [steps]);
        CheckSizes("growth", [growth]);
        Expr last = final ?? 0, at = Step % steps / steps;
        if (growth > 1)
        {
            // The logarithm is off by a rounding; powers of an integer and where cycles begin are not, so they decide.
            Expr Length(Expr n) => Floor(Exp(n * Math.Log(growth)) + 0.5);
            Expr Begin(Expr n) => steps * ((Length(n) - 1) / (growth - 1));
            var near = Floor(Log(1 + Step * (growth - 1) / steps) / Math.Log(growth) + 0.5);
            var cycle = Where(Less(Step, Begin(near)), near - 1, near);
            at = (Step - Begin(cycle)) / (steps * Length(cycle));
        }
        return last + (start - last) * (1 + Cos(Math.PI * at)) / 2;
    }
}
