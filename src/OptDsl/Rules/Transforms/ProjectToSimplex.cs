namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← max(0, w − u − τ), τ such that the elements of the tensor sum to 1; it stands last. τ is found by Newton's method, which reaches it
    /// from below in as many steps as elements drop out. https://doi.org/10.1007/s10107-015-0946-6, algorithm 1.
    /// </summary>
    public static Rule ProjectToSimplex(int iterations = 16) => Rule.Of(u =>
    {
        var w = Param - u;
        var tau = w.Max() - 1;
        for (var i = 0; i < iterations; i++)
        {
            var kept = Greater(w, tau);
            tau = (Where(kept, w, 0).Sum() - 1) / Sum(kept);
        }
        return Param - Max(w - tau, 0);
    });
}
