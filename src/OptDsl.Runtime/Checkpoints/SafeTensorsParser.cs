using System.Text.Json;

namespace OptDsl.Checkpoints;

/// <summary>Reads a header and refuses everything that the format does not promise: holes, overlaps, doubles, surprises.</summary>
ref struct SafeTensorsParser
{
    readonly Dictionary<string, string> metadata = [];
    readonly Dictionary<string, SafeTensor> tensors = [];
    Utf8JsonReader reader;
    int digestAt = -1;

    SafeTensorsParser(ReadOnlySpan<byte> json) => reader = new(json, new JsonReaderOptions { MaxDepth = 4 });

    /// <summary>The header; <paramref name="dataLength"/> is what follows it in the file.</summary>
    /// <exception cref="InvalidDataException">It breaks a rule; the message says which, without the file's name.</exception>
    public static SafeTensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != '{')
            throw new InvalidDataException("the header is no JSON object");
        try
        {
            var parser = new SafeTensorsParser(json);
            parser.Header();
            return new(parser.metadata, parser.InOrder(dataLength), parser.digestAt);
        }
        // Text that is no UTF-8 comes as InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException("the header is no valid JSON or holds impossible numbers", e);
        }
    }

    void Header()
    {
        bool hasMetadata = false;
        Next(JsonTokenType.StartObject);
        while (Name() is { } name)
        {
            if (name == SafeTensorsHeader.MetadataKey)
            {
                Demand(!hasMetadata, "the metadata stands there twice");
                hasMetadata = true;
                Metadata();
                continue;
            }
            Demand(name.Length <= SafeTensorsHeader.LongestName, "a name is too long");
            Demand(tensors.Count < SafeTensorsHeader.MostTensors, "there are too many tensors");
            Demand(tensors.TryAdd(name, Tensor(name)), $"the tensor '{name}' stands there twice");
        }
        Demand(!reader.Read(), "something follows the header");
    }

    void Metadata()
    {
        Next(JsonTokenType.StartObject);
        while (Name() is { } key)
        {
            Next(JsonTokenType.String);
            Demand(metadata.TryAdd(key, reader.GetString()!), $"the metadata '{key}' stands there twice");
            if (key == SafeTensorsHeader.DigestKey && !reader.ValueIsEscaped && reader.ValueSpan.Length == SafeTensorsHeader.DigestLength)
                digestAt = (int)reader.TokenStartIndex + 1;
        }
    }

    SafeTensor Tensor(string name)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        Next(JsonTokenType.StartObject);
        while (Name() is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Next(JsonTokenType.String);
                    type = reader.GetString()!;
                    break;
                case "shape" when shape is null: shape = Numbers(); break;
                case "data_offsets" when offsets is null: offsets = Numbers(); break;
                default: throw new InvalidDataException($"'{key}' of the tensor '{name}' is unknown or stands there twice");
            }
        }
        Demand(type is not null && shape is not null && offsets is { Count: 2 }, $"the tensor '{name}' is incomplete");
        int size = SafeTensorsHeader.ElementSize(type!);
        Demand(size != 0, $"the tensor '{name}' has the type {type}; only F32 and F64 are read");
        Demand(offsets![0] <= offsets[1], $"the tensor '{name}' ends before it begins");
        long bytes = shape!.Aggregate((long)size, (product, d) => checked(product * d));
        Demand(bytes == offsets[1] - offsets[0], $"the tensor '{name}' has another size than its shape");
        return new(name, type!, [.. shape!], offsets[0], offsets[1]);
    }

    readonly List<SafeTensor> InOrder(long dataLength)
    {
        List<SafeTensor> ordered = [.. tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End)];
        long end = 0;
        foreach (SafeTensor tensor in ordered)
        {
            Demand(tensor.Begin == end, $"before the tensor '{tensor.Name}' is a hole or an overlap");
            end = tensor.End;
        }
        Demand(end <= dataLength, "the file is truncated");
        Demand(end == dataLength, "something follows the data");
        return ordered;
    }

    List<long> Numbers()
    {
        List<long> numbers = [];
        Next(JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            long number = 0;
            Demand(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number) && number >= 0, "a shape or an offset is no natural number");
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>The next property's name, or null at the end of the object.</summary>
    string? Name()
    {
        Demand(reader.Read(), "the header ends too early");
        return reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
    }

    void Next(JsonTokenType expected) => Demand(reader.Read() && reader.TokenType == expected, "the header has another form than safetensors");

    static void Demand(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidDataException(fault);
    }
}
