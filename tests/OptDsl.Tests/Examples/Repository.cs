namespace OptDsl.Tests.Examples;

/// <summary>The clone that these tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OptDsl.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"no OptDsl.sln above {AppContext.BaseDirectory}");
    }
}
