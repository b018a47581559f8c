using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OptDsl.Tests.Runtime;

/// <summary>Safetensors files by hand, with a digest that is right however wrong the rest.</summary>
static class Forged
{
    const string Blank = "0000000000000000000000000000000000000000000000000000000000000000";

    public const string Metadata = $$"""
        "__metadata__":{"format":"optdsl 1","model":"Linear","fingerprint":"0123456789abcdef","step":"3","seed":"5","sha256":"{{Blank}}"}
        """;

    public const string Weights = """
        "dense1.weights":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}
        """;

    public const string Rest = """
        "dense1.bias":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"dense1.weights/m":{"dtype":"F32","shape":[2],"data_offsets":[12,20]},
        "dense1.bias/m":{"dtype":"F32","shape":[],"data_offsets":[20,24]},"dense1.weights/slow":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}
        """;

    /// <summary>A file that loads into <see cref="Linear"/>.</summary>
    public const string Good = "{" + Metadata + "," + Weights + "," + Rest + "}";

    public static byte[] File(string header, int data = 32)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return File(text, data);
    }

    /// <summary>A checkpoint as if so many steps were done.</summary>
    public static byte[] AtStep(byte[] file, long step)
    {
        int length = (int)BitConverter.ToInt64(file);
        string header = Regex.Replace(Encoding.UTF8.GetString(file, 8, length).TrimEnd(), "(?<=\"step\":\")[0-9]+", $"{step}");
        header = Regex.Replace(header, "(?<=\"sha256\":\")[0-9a-f]+", Blank);
        return File(Encoding.UTF8.GetBytes(header.PadRight((header.Length + 7) / 8 * 8)), file[(8 + length)..]);
    }

    public static byte[] File(byte[] header, int data = 32) => File(header, [.. Enumerable.Range(0, data).Select(i => (byte)i)]);

    static byte[] File(byte[] header, byte[] data)
    {
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Blank));
        if (at >= 0)
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(file))).CopyTo(file, at);
        return file;
    }
}
