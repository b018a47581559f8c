namespace OptDsl;

public static partial class Dsl
{
    /// <summary>z ← z − lr·g; x the mean of the z, weighted by lr²; y = (1 − b1)·z + b1·x holds the weights. https://arxiv.org/abs/2405.15682, equations 2 to 4.</summary>
    public static Rule ScheduleFreeSgd(Expr lr, Expr? b1 = null) => Scale(Rate(lr)).Then(ScheduleFree(lr, b1));
}
