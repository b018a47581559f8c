namespace OptDsl.Runtime;

/// <summary>Where this user's downloads and compiled models are kept; <c>OPTDSL_CACHE</c> names another place.</summary>
public static class CacheFolder
{
    /// <summary>The folder for one purpose, such as <c>mnist</c>; it may not exist yet.</summary>
    public static string For(string purpose) => Path.Combine(Root(), purpose);

    static string Root()
    {
        if (Environment.GetEnvironmentVariable("OPTDSL_CACHE") is { Length: > 0 } chosen)
            return chosen;
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "OptDsl", "Cache");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Caches", "optdsl");
        // https://specifications.freedesktop.org/basedir-spec/: a relative path is to be ignored.
        string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.Combine(Path.IsPathRooted(xdg) ? xdg : Path.Combine(home, ".cache"), "optdsl");
    }
}
