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
    public void Every_code_is_tested()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(root, "tests", "OptDsl.Generators.Tests"), "*Tests.cs").Select(File.ReadAllText).ToList();
        Assert.All(Descriptors.ByCode.Keys, code => Assert.Contains(tests, t => t.Contains($"\"{code}")));
    }
}
