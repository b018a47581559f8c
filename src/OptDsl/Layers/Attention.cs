namespace OptDsl;

public static partial class Fluent
{
    /// <summary>
    /// Each position looks at others, in several heads at once: softmax(Q·Kᵀ/√d)·V, with Q = x·Wq + bq, K = y·Wk, V = y·Wv + bv cut into
    /// <paramref name="heads"/> of d columns; the heads side by side, times Wo, plus bo. x is [positions, c] per example, y is x or
    /// <paramref name="memory"/>. Makes <c>attentionN.query</c>, <c>queryBias</c>, <c>key</c>, …, <c>outputBias</c>; Glorot and zeros.
    /// https://arxiv.org/abs/1706.03762, equation 1 and §3.2.2.
    /// </summary>
    /// <param name="x">Who looks.</param>
    /// <param name="heads">How many heads; the columns are divided among them.</param>
    /// <param name="causal">A position looks at itself and at what comes before.</param>
    /// <param name="mask">Where it holds, or is not 0, may be looked at: for each position of y, or for each of x and each of y. A position that may look at nothing looks at all alike.</param>
    /// <param name="memory">What is looked at, [other positions, any], where it is not x itself.</param>
    /// <param name="weights">Where the four matrices start.</param>
    /// <exception cref="OptDslException">x or the memory is no matrix (OPT0102), the columns are no multiple of the heads, or the mask does not fit (OPT0101).</exception>
    public static Expr Attention(this Expr x, int heads, bool causal = false, Expr? mask = null, Expr? memory = null, Init? weights = null)
    {
        Dsl.CheckSizes("heads", [heads]);
        var (layer, y) = (new LayerInfo("attention"), memory ?? x);
        if (x.Rank != 2 || y.Rank != 2) throw Error.Argument("Attention", $"needs a row per position, [positions, columns], but got {(x.Rank != 2 ? x : y).Describe()}");
        var columns = x.Shape.Last;
        if (columns % heads != 0) throw Error.Argument("heads", $"{Text.Number(columns)} columns cannot be divided among {Text.Number(heads)} heads");

        var scores = Dsl.MatMul(Heads("query", x), Dsl.Transpose(Heads("key", y, hasBias: false))) / System.Math.Sqrt(columns / heads);
        if (causal) scores = Allowed(scores, Dsl.LessEqual(Dsl.Indices(y.Shape[0]), Dsl.Indices(x.Shape[0]).Reshape(x.Shape[0], 1)));
        if (mask is not null) scores = Allowed(scores, mask);
        return Linear("output", Dsl.MatMul(Dsl.Softmax(scores), Heads("value", y)).Permute(1, 0, 2).Reshape(x.Shape[0], columns));

        Expr Heads(string name, Expr from, bool hasBias = true) => Linear(name, from, hasBias).Reshape(from.Shape[0], heads, columns / heads).Permute(1, 0, 2);

        // A bias of the keys would add the same to all scores of a row, which softmax does not see.
        Expr Linear(string name, Expr from, bool hasBias = true)
        {
            var z = Dsl.MatMul(from, Dsl.LayerParameter(layer, name, [from.Shape.Last, columns], weights ?? Init.Glorot));
            return hasBias ? z + Dsl.LayerParameter(layer, name + "Bias", [columns], Init.Zero) : z;
        }

        // Far below every score, and a number: −∞ less itself would be none.
        static Expr Allowed(Expr scores, Expr mask) => Dsl.Where(mask, scores, -1e30);
    }
}
