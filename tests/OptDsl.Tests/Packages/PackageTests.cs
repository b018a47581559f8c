using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using OptDsl.Tests.Examples;
using Xunit;

namespace OptDsl.Tests.Packages;

/// <summary>What a stranger gets, who has the packages and not the repository.</summary>
public class PackageTests(Feed feed) : IClassFixture<Feed>
{
    [Fact]
    public void ThereAreThreePackagesAndPackingWarnsOfNothing()
    {
        Assert.Equal(["OptDsl", "OptDsl.Scripting", "OptDsl.Testing"],
            Directory.GetFiles(feed.Folder).Select(file => Path.GetFileName(file).Replace($".{feed.Version}.nupkg", "")).Order());
        Assert.DoesNotContain("warning", feed.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("OptDsl", "analyzers/dotnet/cs/OptDsl.Generators.dll lib/net10.0/OptDsl.Runtime.dll lib/net10.0/OptDsl.dll", "System.Numerics.Tensors")]
    [InlineData("OptDsl.Scripting", "lib/net10.0/OptDsl.Compiler.dll lib/net10.0/OptDsl.Scripting.dll", "OptDsl Microsoft.CodeAnalysis.CSharp")]
    [InlineData("OptDsl.Testing", "lib/net10.0/OptDsl.Testing.dll", "OptDsl.Scripting FsCheck FSharp.Core")]
    public void APackageHoldsItsAssembliesWithSymbolsAndDocumentation(string id, string assemblies, string dependencies)
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{id}.{feed.Version}.nupkg"));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Equal(assemblies.Split(' '), files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(assemblies.Split(' '), assembly => Assert.True(HasSymbols(package.GetEntry(assembly)!), assembly));
        Assert.All(assemblies.Split(' ').Where(file => file.StartsWith("lib/", StringComparison.Ordinal)), file => Assert.Contains(Path.ChangeExtension(file, ".xml"), files));
        Assert.Contains("README.md", files);

        using var text = package.GetEntry($"{id}.nuspec")!.Open();
        var nuspec = XDocument.Load(text).Root!;
        IEnumerable<XElement> All(string name) => nuspec.Descendants(nuspec.Name.Namespace + name);
        Assert.Equal(dependencies.Split(' '), All("dependency").Select(d => d.Attribute("id")!.Value));
        // One compiler writes for one runtime.
        Assert.All(All("dependency").Where(d => d.Attribute("id")!.Value.StartsWith("OptDsl", StringComparison.Ordinal)), d => Assert.Equal($"[{feed.Version}]", d.Attribute("version")!.Value));
        Assert.Equal("MIT", All("license").Single().Value);
        Assert.NotEmpty(All("description").Single().Value);
        Assert.Contains("autodiff", All("tags").Single().Value);
    }

    [Fact]
    public void AProjectBuildsWithoutWarningsAndTrains()
    {
        File.WriteAllText(Path.Combine(feed.Place, "Shop.csproj"), Stranger.Project(feed.Version));
        File.WriteAllText(Path.Combine(feed.Place, "Program.cs"), Stranger.Program);
        File.WriteAllText(Path.Combine(feed.Place, "Models.cs"), Stranger.Library);
        Assert.Contains("0 Warning(s)", feed.Run("build", "-nodeReuse:false"));
        var output = feed.Run("run", "--no-build");
        Assert.Contains("curve fell", output);
        Assert.Contains("step 300  loss", output);
        Assert.Contains("sides fell", output);
    }

    [Fact]
    public void AProjectTrainsWithARuleAndALayerThatAnotherPackageExports()
    {
        string parts = feed.Project("parts", ("Parts.csproj", Stranger.Parts(feed.Version)), ("Parts.cs", Fence.Marked("shared parts")));
        Assert.DoesNotContain("warning", feed.RunIn(parts, "pack", "-o", feed.Others, "-nodeReuse:false"), StringComparison.OrdinalIgnoreCase);
        string user = feed.Project("user", ("User.csproj", Stranger.User), ("Program.cs", Stranger.UserProgram), ("Curve.cs", Fence.Marked("shared use")));
        Assert.Contains("0 Warning(s)", feed.RunIn(user, "build", "-nodeReuse:false"));
        Assert.Contains("curve fell", feed.RunIn(user, "run", "--no-build"));
    }

    [Fact]
    public void AScriptCompilesAModelAndTrains()
    {
        File.WriteAllText(Path.Combine(feed.Place, "curve.fsx"), Stranger.Script(feed.Folder));
        var output = feed.Run("fsi", "--warnaserror+", "curve.fsx");
        Assert.Contains("step 300  loss", output);
        Assert.Contains("curve fell", output);
    }

    [Fact]
    public void AScriptChecksARuleOfItsOwn()
    {
        File.WriteAllText(Path.Combine(feed.Place, "check.fsx"), Stranger.Checks(feed.Folder));
        var output = feed.Run("fsi", "--warnaserror+", "check.fsx");
        Assert.Contains("lion keeps its laws", output);
        Assert.Contains("the slip is found", output);
    }

    static bool HasSymbols(ZipArchiveEntry assembly)
    {
        using var memory = new MemoryStream();
        using (var content = assembly.Open()) content.CopyTo(memory);
        memory.Position = 0;
        using var image = new PEReader(memory);
        return image.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
    }
}
