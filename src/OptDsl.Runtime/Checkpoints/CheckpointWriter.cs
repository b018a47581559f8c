using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OptDsl.Runtime;

namespace OptDsl.Checkpoints;

/// <summary>
/// Eight bytes of header length, the header, the data. The digest covers every byte of the file, its own 64 digits read as zeros, so that no
/// flipped bit goes unnoticed, not even one in the step.
/// </summary>
static class CheckpointWriter
{
    public static void Write<T>(FileStream stream, CheckpointInfo info, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] header = Header(info, tensors);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        Append(length);
        Append(header);
        foreach (TensorView<T> view in tensors.All)
            Append(TensorTable<T>.LittleEndian(view));
        stream.Position = length.Length + SafeTensorsParser.Parse(header, tensors.All.Sum(Bytes)).DigestAt;
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.GetHashAndReset())));

        void Append(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            digest.AppendData(bytes);
        }
    }

    public static string TypeOf<T>() where T : unmanaged => Unsafe.SizeOf<T>() == 4 ? "F32" : "F64";

    static long Bytes<T>(TensorView<T> view) where T : unmanaged, IBinaryFloatingPointIeee754<T> => (long)view.Count * Unsafe.SizeOf<T>();

    static byte[] Header<T>(CheckpointInfo info, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafeTensorsHeader.MetadataKey);
            foreach ((string key, string value) in info.ToMetadata())
                json.WriteString(key, value);
            json.WriteEndObject();
            long end = 0;
            foreach (TensorView<T> view in tensors.All)
                Tensor(json, view, ref end);
            json.WriteEndObject();
        }
        // Spaces, so that the data begin at a multiple of 8.
        while (memory.Length % 8 != 0)
            memory.WriteByte((byte)' ');
        return memory.ToArray();
    }

    static void Tensor<T>(Utf8JsonWriter json, TensorView<T> view, ref long end) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        json.WriteStartObject(view.Name);
        json.WriteString("dtype", TypeOf<T>());
        json.WriteStartArray("shape");
        foreach (int d in view.Shape)
            json.WriteNumberValue(d);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(end);
        json.WriteNumberValue(end += Bytes(view));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
