namespace OptDsl.Data;

/// <summary>One of the four files.</summary>
/// <param name="Name">As published.</param>
/// <param name="Sha256">Of the content without compression, so that any gzip of it is right.</param>
sealed record MnistFile(string Name, string Sha256)
{
    /// <summary>Its path in a folder, under any of the names in use; null if it is not there.</summary>
    public string? In(string folder)
    {
        string dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { Name, Name + ".gz", dotted, dotted + ".gz" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}

/// <summary>The four files and how a pair of them becomes a data set.</summary>
static class MnistFiles
{
    const int Side = 28, Classes = 10;

    public static readonly MnistFile
        TrainImages = new("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        TrainLabels = new("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        TestImages = new("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        TestLabels = new("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    public static readonly MnistFile[] All = [TrainImages, TrainLabels, TestImages, TestLabels];

    public static Dataset Read(string folder, MnistFile imageFile, MnistFile labelFile)
    {
        (string imagePath, string labelPath) = (Demand(folder, imageFile), Demand(folder, labelFile));
        IdxFile images = IdxFile.Read(imagePath), labels = IdxFile.Read(labelPath);
        if (images.Shape is not [> 0, Side, Side])
            throw new InvalidDataException($"{imagePath}: the shape is [{string.Join(", ", images.Shape)}], not [images, {Side}, {Side}].");
        if (labels.Shape is not [var count] || count != images.Shape[0])
            throw new InvalidDataException($"{labelPath}: the shape is [{string.Join(", ", labels.Shape)}], not [{images.Shape[0]}], a label for each image.");
        int bad = labels.Data.Span.IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        if (bad >= 0)
            throw new InvalidDataException($"{labelPath}: label {bad} is {labels.Data.Span[bad]}, no digit.");
        return new(Pixels(images.Data.Span), [.. labels.Data.ToArray().Select(l => (int)l)], Side, Side, Classes);
    }

    static float[] Pixels(ReadOnlySpan<byte> bytes)
    {
        float[] pixels = new float[bytes.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = bytes[i] / 255f;
        return pixels;
    }

    static string Demand(string folder, MnistFile file) => !Directory.Exists(folder)
        ? throw new DirectoryNotFoundException($"{folder}: there is no such folder.")
        : file.In(folder) ?? throw new FileNotFoundException($"{folder}: {file.Name} is missing, with .gz or without.");
}
