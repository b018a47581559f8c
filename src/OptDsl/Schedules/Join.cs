namespace OptDsl;

public static partial class Dsl
{
    /// <summary><paramref name="first"/> for so many steps, then <paramref name="next"/> as if it began there: in it, Step counts from the join.</summary>
    public static Expr Join(Expr first, int steps, Expr next)
    {
        CheckSizes("steps", [steps]);
        return Where(Less(Step, steps), first, Dag.Substitute(next, e => e.Op == Primitive.Step ? Step - steps : null));
    }
}
