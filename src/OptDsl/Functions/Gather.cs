namespace OptDsl;

public static partial class Dsl
{
    /// <summary>The row of a table [size, c] for each integer, c numbers along a last dimension of their own. An integer that the data brings must be below size; else zeros.</summary>
    /// <exception cref="OptDslException">The index is real (OPT0103), or the table is no matrix or depends on the example (OPT0102).</exception>
    public static Expr Gather(Expr table, Expr index) => Build.Gather(table, index);
}
