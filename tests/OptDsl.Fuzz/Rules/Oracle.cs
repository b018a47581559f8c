namespace OptDsl.Fuzz;

/// <summary>What can speak for a rule, none with the help of another: a column of the table in README.md.</summary>
enum Witness { Laws, Paper, Constant, Quadratic, Torch, Coincidence }

/// <summary>One reason to believe that a rule is what its paper says.</summary>
/// <param name="Word">The name of the method of <see cref="Dsl"/>.</param>
/// <param name="By">What kind of reason it is.</param>
/// <param name="Name">What exactly is compared.</param>
/// <param name="Check">Throws where the rule does something else.</param>
/// <param name="Note">What the table says beside the mark; else empty.</param>
/// <param name="Counts">Whether it speaks for the rule: a law that the paper's equation breaks is shown, and does not.</param>
sealed record Oracle(string Word, Witness By, string Name, Action Check, string Note = "", bool Counts = true);
