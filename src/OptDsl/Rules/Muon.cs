namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// w ← w − lr·(m orthogonalised + decay·w), see <see cref="ScaleByMuon"/>; biases and embeddings take another rule:
    /// <c>Muon(0.02).Only(p => p.Rank == 2).Then(AdamW(1e-3).Only(p => p.Rank != 2))</c>. https://kellerjordan.github.io/posts/muon.
    /// </summary>
    public static Rule Muon(Expr lr, Expr? b = null, int steps = 5, bool nesterov = true, Expr? decay = null) =>
        ScaleByMuon(b, steps, nesterov).Then(AddDecayedWeights(decay ?? 0)).Then(Scale(Rate(lr)));
}
