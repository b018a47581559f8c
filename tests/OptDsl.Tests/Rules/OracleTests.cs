using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;

namespace OptDsl.Tests.Rules;

/// <summary>What speaks for the rules, counted; other tests ask the oracles themselves.</summary>
public class OracleTests
{
    [Fact]
    public void Every_rule_has_witnesses_enough() => Assert.Empty(RuleDoc.Rules.Where(rule => RulesTable.Count(rule) < RulesTable.Least).Select(rule => rule.Name));

    /// <summary>The names come from the source, so a rule in another place would be in no table.</summary>
    [Fact]
    public void Every_rule_of_the_language_is_a_rule_or_a_transform() => Assert.Equal(
        Vocabulary.Of(typeof(Dsl)).Where(w => w.Kind == WordKind.Rule).Select(w => w.Name[..w.Name.IndexOf('(', StringComparison.Ordinal)]).Order(StringComparer.Ordinal),
        RuleDoc.Rules.Concat(RuleDoc.Transforms).Select(rule => rule.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_oracle_is_about_a_rule_of_the_language() =>
        Assert.Empty(Oracles.All.Select(o => o.Word).Distinct().Except(RuleDoc.Rules.Concat(RuleDoc.Transforms).Select(rule => rule.Name)));

    /// <summary>Where this fails, <c>rules --write</c> of OptDsl.Fuzz asks every oracle and writes the table anew.</summary>
    [Fact]
    public void The_table_of_the_readme_is_what_there_is() => Assert.Equal(RulesTable.Expected, RulesTable.Written);

    [Fact]
    public void A_rule_that_breaks_a_law_by_its_paper_is_shown_so() =>
        Assert.Contains("| all but *without a gradient the weights settle* |", RulesTable.Row(RuleDoc.Rules.Single(rule => rule.Name == nameof(Dsl.AdEMAMix)), _ => true), StringComparison.Ordinal);

    [Fact]
    public void An_oracle_that_fails_leaves_no_mark_of_its_kind()
    {
        var row = RulesTable.Row(RuleDoc.Rules.Single(rule => rule.Name == nameof(Dsl.Sgd)), oracle => oracle.By != Witness.Paper);
        Assert.EndsWith("| ✓ | ✗ |  | ✓ | ✓ |  |", row, StringComparison.Ordinal);
    }
}
