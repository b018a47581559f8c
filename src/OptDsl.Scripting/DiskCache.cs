namespace OptDsl.Scripting;

/// <summary>Compiled models in the user's cache folder. A cache may be slow, full or gone: then models are compiled again.</summary>
internal static class DiskCache
{
    static string Folder => Runtime.CacheFolder.For("models");

    public static byte[]? Find(string key)
    {
        try
        {
            var path = Path.Combine(Folder, key + ".dll");
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Add(string key, byte[] image)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            var draft = Path.Combine(Folder, $"{key}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp");
            File.WriteAllBytes(draft, image);
            // A reader sees the whole file or none.
            File.Move(draft, Path.Combine(Folder, key + ".dll"), overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The model is compiled already; only the next run loses time.
        }
    }
}
