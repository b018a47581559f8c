using System.Globalization;

namespace OptDsl.Checkpoints;

/// <summary>What a checkpoint says besides its tensors.</summary>
sealed record CheckpointInfo(string Model, string Fingerprint, long Step, ulong Seed, IReadOnlyDictionary<string, double> Hyper)
{
    const string Format = "optdsl 1", HyperPrefix = "hyper.";

    /// <summary>As metadata; the digest is filled in once the bytes are known.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() =>
    [
        new("format", Format),
        new("model", Model),
        new("fingerprint", Fingerprint),
        new("step", Step.ToString(CultureInfo.InvariantCulture)),
        new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
        .. Hyper.Select(h => KeyValuePair.Create(HyperPrefix + h.Key, h.Value.ToString("R", CultureInfo.InvariantCulture))),
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
        return new(Get("model"), Get("fingerprint"), step, seed, Hypers(metadata));
    }

    static Dictionary<string, double> Hypers(IReadOnlyDictionary<string, string> metadata)
    {
        var hypers = new Dictionary<string, double>();
        foreach (var (key, text) in metadata.Where(m => m.Key.StartsWith(HyperPrefix, StringComparison.Ordinal)))
            hypers[key[HyperPrefix.Length..]] = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value : throw new InvalidDataException($"'{key}' is no finite number");
        return hypers;
    }
}
