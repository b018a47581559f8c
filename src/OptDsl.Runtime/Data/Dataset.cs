namespace OptDsl.Data;

/// <summary>Images with labels.</summary>
public sealed class Dataset
{
    /// <summary>Images row-major, one after another, 0 … 1; labels 0 … classes − 1.</summary>
    /// <exception cref="ArgumentException">The lengths do not agree, or a label is out of range.</exception>
    public Dataset(float[] images, int[] labels, int height, int width, int classes)
    {
        if (labels.Length == 0 || images.LongLength != (long)labels.Length * height * width)
            throw new ArgumentException($"{labels.Length} labels and {height} × {width} pixels do not make {images.Length} numbers.", nameof(images));
        if (labels.AsSpan().ContainsAnyExceptInRange(0, classes - 1))
            throw new ArgumentException($"A label is not in 0 … {classes - 1}.", nameof(labels));
        (Images, Labels, Height, Width, Classes) = (images, labels, height, width, classes);
        All = new(labels.Length, images, labels);
    }

    Dataset(Dataset whole, int start, int length)
    {
        (Height, Width, Classes) = (whole.Height, whole.Width, whole.Classes);
        All = whole.All.Slice(start, length);
        Images = whole.Images.Slice(start * Height * Width, length * Height * Width);
        Labels = whole.Labels.Slice(start, length);
    }

    /// <summary>The pixels of all images.</summary>
    public ReadOnlyMemory<float> Images { get; }

    /// <summary>The label of each image.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>How many labels there are.</summary>
    public int Classes { get; }

    /// <summary>How many images.</summary>
    public int Count => Labels.Length;

    /// <summary>Everything as one batch: images, labels.</summary>
    public Batch All { get; }

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<float> Image(int i) => Images.Span.Slice(i * Height * Width, Height * Width);

    /// <summary>Some of the images, in their order; nothing is copied. C# writes <c>data[..^5_000]</c>.</summary>
    public Dataset Slice(int start, int length) => new(this, start, length);

    /// <summary>One epoch in an order of its own: every image once, the last batch may be smaller. See <see cref="Batch.Shuffled"/>.</summary>
    public IEnumerable<Batch> Batches(int size, long seed = 0, long epoch = 0) => All.Shuffled(size, seed, epoch);

    /// <summary>Every image once, in order; the last batch may be smaller.</summary>
    public IEnumerable<Batch> InOrder(int size) => All.InOrder(size);
}
