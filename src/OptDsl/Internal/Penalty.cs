using System;
using System.Linq;

namespace OptDsl;

/// <summary>What a loss adds for the size of the parameters that it depends on.</summary>
internal static class Penalty
{
    /// <summary>loss + strength·Σ of <paramref name="each"/> over the parameters. The same for every example, so its mean over a batch is itself.</summary>
    public static Expr Of(Expr loss, Expr strength, Func<Parameter, bool>? only, Func<Expr, Expr> each)
    {
        if (loss.KnownShape is not { Rank: 0 }) throw Error.Argument("loss", $"a penalty is added to one number, but got {loss.Describe()}; reduce it with .Sum() or .Mean()");
        if (!Build.IsOfTheStep(strength)) throw Error.Argument("strength", $"must be one number that depends on Step alone, but is {strength.Describe()}");
        var naming = Naming.Of(loss);
        var trained = naming.Parameters.Select(p => new Parameter(naming[p], p)).Where(p => !p.IsFixed).ToArray();
        if (trained.Length == 0) throw Error.NoParameters();
        var meant = trained.Where(p => only is null || only(p)).ToArray();
        return meant.Length > 0 ? loss + strength * meant.Select(p => each(p.Value)).Aggregate((sum, next) => sum + next)
            : throw Error.NothingCovered(trained.Select(p => p.Path), "only");
    }
}
