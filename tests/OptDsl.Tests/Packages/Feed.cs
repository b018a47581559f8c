using OptDsl.Tests.Runtime;

namespace OptDsl.Tests.Packages;

/// <summary>The packages in a folder, and beside it a place where nobody knows the repository: own home, own cache, own sources.</summary>
public sealed class Feed : IDisposable
{
    readonly TemporaryFolder root = new();

    public Feed()
    {
        foreach (var folder in (string[])[Folder, Others, Home, Place]) Directory.CreateDirectory(folder);
        // What building these tests restored stands for the public source: nothing is downloaded, and the test needs no network.
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(root["nuget.config"], $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Folder}" />
                <add key="others" value="{Others}" />
                <add key="restored" value="{restored}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="restored" value="{restored}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        // The documented command; what it packs is built already.
        Log = Tool.Dotnet(Repository.Root, ["pack", "OptDsl.sln", "--no-build", "--no-restore", "-c", Repository.Configuration, "-o", Folder, $"-p:PackageVersion={Version}", "-nodeReuse:false"]);
    }

    /// <summary>What packing said.</summary>
    public string Log { get; }

    /// <summary>Newer than any that a cache or another source may hold.</summary>
    public string Version { get; } = $"9999.0.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";

    /// <summary>The folder feed.</summary>
    public string Folder => root["feed"];

    /// <summary>Another feed, for packages of strangers.</summary>
    public string Others => root["others"];

    /// <summary>The stranger's folder.</summary>
    public string Place => root["stranger"];

    string Home => root["home"];

    /// <summary>A folder of another project, with these files.</summary>
    public string Project(string name, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(root[name]);
        foreach (var file in files) File.WriteAllText(Path.Combine(root[name], file.Name), file.Text);
        return root[name];
    }

    /// <summary>Runs a command in the stranger's folder.</summary>
    public string Run(params string[] arguments) => RunIn(Place, arguments);

    /// <summary>Runs a command in a folder.</summary>
    public string RunIn(string folder, params string[] arguments) => Tool.Dotnet(folder, arguments,
        ("HOME", Home), ("DOTNET_CLI_HOME", Home), ("NUGET_PACKAGES", Path.Combine(Home, "packages")), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"));

    public void Dispose() => root.Dispose();
}
