using System.Text.RegularExpressions;
using Xunit;

namespace OptDsl.Generators.Tests;

/// <summary>Codes, descriptors, help pages and release notes agree.</summary>
public class DocumentationTests
{
    static readonly string root = Root(AppContext.BaseDirectory);

    static readonly string generator = Path.Combine(root, "generators", "OptDsl.Generators");

    static string Root(string folder) => File.Exists(Path.Combine(folder, "OptDsl.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [Fact]
    public void Every_code_of_the_language_has_a_descriptor_that_shows_its_own_words()
    {
        var codes = Regex.Matches(File.ReadAllText(Path.Combine(root, "src", "OptDsl", "Internal", "Error.cs")), "\"(OPT\\d{4})\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.StartsWith("OPT01", code));
        Assert.All(FindingKind.All, kind => Assert.StartsWith("OPT02", kind.Code));
        codes.AddRange(FindingKind.All.Select(k => k.Code));
        Assert.Equal(codes.Order(), Descriptors.ByCode.Keys.Where(c => string.CompareOrdinal(c, "OPT0101") >= 0).Order());
        Assert.All(codes, code => Assert.Equal("{0}", Descriptors.ByCode[code].MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_descriptor_has_a_page_and_every_page_a_descriptor()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(generator, "Diagnostics"), "OPT*.md").ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, File.ReadAllText);
        Assert.Equal(Descriptors.ByCode.Keys.Order(), pages.Keys.Order());
        foreach (var (code, descriptor) in Descriptors.ByCode)
        {
            var title = descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.StartsWith($"# {code}: {title}\n", pages[code]);
            Assert.EndsWith($"/generators/OptDsl.Generators/Diagnostics/{code}.md", descriptor.HelpLinkUri);
        }
    }

    [Fact]
    public void Every_descriptor_has_a_release_line()
    {
        var lines = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }.SelectMany(f => File.ReadLines(Path.Combine(generator, f)))
            .Where(l => l.StartsWith("OPT", StringComparison.Ordinal)).Order();
        Assert.Equal(Descriptors.ByCode.Values.Select(d => $"{d.Id} | OptDsl | {d.DefaultSeverity} | {d.Title}").Order(), lines);
    }

    [Fact]
    public void Findings_are_warnings_that_say_how_to_suppress_them() => Assert.All(FindingKind.All, kind =>
    {
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, Descriptors.ByCode[kind.Code].DefaultSeverity);
        Assert.Contains($"`#pragma warning disable {kind.Code}`", File.ReadAllText(Path.Combine(generator, "Diagnostics", kind.Code + ".md")));
    });

    public static TheoryData<string> Findings => [.. FindingKind.All.Select(k => k.Code)];

    /// <summary>The first block of code is told, and nothing else of it.</summary>
    [Theory]
    [MemberData(nameof(Findings))]
    public void What_a_page_says_is_reported_is(string code)
    {
        var block = Regex.Match(File.ReadAllText(Path.Combine(generator, "Diagnostics", code + ".md")), "## Reported\n\n```csharp\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        var body = block.Contains("return ") ? block : $"return {block};";
        var problem = Assert.Single(Generated.Of($"partial class Net {{ [Compile] static Model Model() {{ {body} }} }}").Diagnostics);
        Assert.Equal(code, problem.Id);
    }

    [Fact]
    public void Every_code_is_tested()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(root, "tests", "OptDsl.Generators.Tests"), "*Tests.cs").Select(File.ReadAllText).ToList();
        Assert.All(Descriptors.ByCode.Keys, code => Assert.Contains(tests, t => t.Contains($"\"{code}")));
    }
}
