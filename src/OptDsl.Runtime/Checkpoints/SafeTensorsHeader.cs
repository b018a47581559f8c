namespace OptDsl.Checkpoints;

/// <summary>One tensor of a safetensors file; its bytes are Begin … End − 1 of the data.</summary>
sealed record SafeTensor(string Name, string Type, long[] Shape, long Begin, long End)
{
    public long Bytes => End - Begin;
}

/// <summary>What stands before the data. https://github.com/huggingface/safetensors#format</summary>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Tensors">In the order of their data.</param>
/// <param name="DigestAt">Where the 64 hex digits of the metadata's <c>sha256</c> begin within the header; −1 without them.</param>
sealed record SafeTensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafeTensor> Tensors, int DigestAt)
{
    public const string MetadataKey = "__metadata__", DigestKey = "sha256";

    /// <summary>Hex digits of SHA-256.</summary>
    public const int DigestLength = 64;

    /// <summary>The reference loader's limit.</summary>
    public const int MostBytes = 100_000_000;

    public const int MostTensors = 1_000_000;

    public const int LongestName = 1024;

    /// <summary>Bytes per element of a type that we read; 0 of any other.</summary>
    public static int ElementSize(string type) => type switch { "F32" => 4, "F64" => 8, _ => 0 };
}
