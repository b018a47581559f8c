using System.Globalization;

namespace OptDsl.Checkpoints;

/// <summary>What a checkpoint says besides its tensors.</summary>
sealed record CheckpointInfo(string Model, string Fingerprint, long Step, ulong Seed)
{
    const string Format = "optdsl 1";

    /// <summary>As metadata; the digest is filled in once the bytes are known.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() =>
    [
        new("format", Format),
        new("model", Model),
        new("fingerprint", Fingerprint),
        new("step", Step.ToString(CultureInfo.InvariantCulture)),
        new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
        new(SafeTensorsHeader.DigestKey, new string('0', SafeTensorsHeader.DigestLength)),
    ];

    /// <exception cref="InvalidDataException">The file is no checkpoint of ours; the message says why, without the file's name.</exception>
    public static CheckpointInfo FromMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        string Get(string key) => metadata.GetValueOrDefault(key)
            ?? throw new InvalidDataException($"this is safetensors, but no checkpoint of OptDsl: it has no '{key}'");

        string format = Get("format");
        if (format != Format)
            throw new InvalidDataException($"the format is '{format}', this version of OptDsl reads '{Format}'");
        if (!long.TryParse(Get("step"), NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            throw new InvalidDataException("'step' is no number of updates");
        if (!ulong.TryParse(Get("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            throw new InvalidDataException("'seed' is no 64-bit number");
        return new(Get("model"), Get("fingerprint"), step, seed);
    }
}
