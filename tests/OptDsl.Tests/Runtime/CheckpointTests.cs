using System.Text;
using System.Text.Json;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

public sealed class CheckpointTests : IDisposable
{
    static readonly float[] Inputs = [1, 2, -1, 0.5f, 3, -2, 0.25f, 1], Targets = [1, -1, 2, 0.5f];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_loaded_learner_continues_as_if_nothing_had_happened()
    {
        using var whole = Linear.New(seed: -11);
        using var resumed = Linear.New(seed: 99);
        for (int step = 0; step < 3; step++)
            whole.Learn(Inputs, Targets);
        whole.Save(folder["a.safetensors"]);
        resumed.Load(folder["a.safetensors"]);
        Assert.Equal(3, resumed.Steps);
        Assert.Equal(-11L, resumed.Seed);
        for (int step = 0; step < 3; step++)
            Assert.Equal(whole.Learn(Inputs, Targets), resumed.Learn(Inputs, Targets));
        Assert.Equal(Everything(whole), Everything(resumed));
    }

    [Fact]
    public void Every_bit_survives()
    {
        using var saved = Linear.New();
        using var loaded = Linear.New();
        float[] odd = [BitConverter.Int32BitsToSingle(0x7fc12345), -0f, float.Epsilon, float.NegativeInfinity];
        saved["dense1.weights"].CopyFrom(odd.AsSpan(0, 2));
        saved["dense1.weights/m"].CopyFrom(odd.AsSpan(2, 2));
        saved.Save(folder["a.safetensors"]);
        loaded.Load(folder["a.safetensors"]);
        Assert.Equal(odd.Select(BitConverter.SingleToInt32Bits),
            loaded["dense1.weights"].ToArray().Concat(loaded["dense1.weights/m"].ToArray()).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_file_is_plain_safetensors()
    {
        using var learner = Linear.New(seed: 5);
        learner["dense1.weights"].CopyFrom([1, 2]);
        learner.Save(folder["a.safetensors"]);
        byte[] file = File.ReadAllBytes(folder["a.safetensors"]);
        int length = (int)BitConverter.ToInt64(file);
        Assert.Equal(0, (8 + length) % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        JsonElement weights = header.RootElement.GetProperty("dense1.weights");
        Assert.Equal("F32", weights.GetProperty("dtype").GetString());
        Assert.Equal("[2]", weights.GetProperty("shape").GetRawText());
        Assert.Equal("[0,8]", weights.GetProperty("data_offsets").GetRawText());
        Assert.Equal("5", header.RootElement.GetProperty("__metadata__").GetProperty("seed").GetString());
        Assert.Equal(1, BitConverter.ToSingle(file, 8 + length));
        Assert.Equal(2, BitConverter.ToSingle(file, 12 + length));
        Assert.Equal(8 + length + 4 * 8, file.Length);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_is_noticed()
    {
        using var saved = Linear.New();
        saved.Learn(Inputs, Targets);
        saved.Save(folder["a.safetensors"]);
        byte[] file = File.ReadAllBytes(folder["a.safetensors"]);
        using var learner = Linear.New(seed: 1);
        for (int length = 0; length < file.Length; length++)
            Refused(learner, file[..length]);
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << bit % 8);
            Refused(learner, file);
            file[bit / 8] ^= (byte)(1 << bit % 8);
        }
        Refused(learner, [.. file, 0]);
        File.WriteAllBytes(folder["b.safetensors"], file);
        learner.Load(folder["b.safetensors"]);
        Assert.Equal(saved.ParametersHash, learner.ParametersHash);
    }

    [Fact]
    public void Another_model_is_refused_by_name_with_the_first_difference()
    {
        using var saved = Linear.New();
        saved.Save(folder["a.safetensors"]);
        byte[] file = File.ReadAllBytes(folder["a.safetensors"]);
        using var wider = Linear.New(definition: Linear.Definition("Wider", "fedcba9876543210", inputs: 3));
        string message = Refused(wider, file);
        Assert.Contains("'Linear' (0123456789ab)", message, StringComparison.Ordinal);
        Assert.Contains("'Wider' (fedcba987654)", message, StringComparison.Ordinal);
        Assert.Contains("dense1.weights is [2] in the file, [3] here", message, StringComparison.Ordinal);
        using var slower = Linear.New(definition: Linear.Definition("Slower", "fedcba9876543210"));
        Assert.Contains("all tensors agree, the loss, the rule or its numbers do not", Refused(slower, file), StringComparison.Ordinal);
        using var bare = StartTests.OneTensor([2], 16);
        Assert.Contains("w [2] is not in the file", Refused(bare, file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_forged_file_that_keeps_the_rules_loads()
    {
        using var learner = Linear.New();
        File.WriteAllBytes(folder["a.safetensors"], Forged.File(Forged.Good));
        learner.Load(folder["a.safetensors"]);
        Assert.Equal((3L, 5L), (learner.Steps, learner.Seed));
        // Another order of the header is the same file to a reader.
        File.WriteAllBytes(folder["b.safetensors"], Forged.File("{" + Forged.Rest + "," + Forged.Weights + "," + Forged.Metadata + "}  "));
        learner.Load(folder["b.safetensors"]);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "[1]", "no JSON object" },
        { " {}", "no JSON object" },
        { "{", "no valid JSON" },
        { "{} {}", "no valid JSON" },
        { "{}", "something follows the data" },
        { Forged.Good.Replace("[0,8]", "[0,7]"), "another size than its shape" },
        { Forged.Good.Replace("[0,8]", "[8,0]"), "ends before it begins" },
        { Forged.Good.Replace("[0,8]", "[4,12]"), "a hole or an overlap" },
        { Forged.Good.Replace("[24,32]", "[28,36]"), "a hole or an overlap" },
        { Forged.Good.Replace("[0,8]", "[-8,0]"), "no natural number" },
        { Forged.Good.Replace("[0,8]", "[0,8.0]"), "no natural number" },
        { Forged.Good.Replace("[0,8]", "[0]"), "is incomplete" },
        { Forged.Good.Replace("[0,8]", "\"0\""), "another form" },
        { Forged.Good.Replace(",\"data_offsets\":[0,8]", ""), "is incomplete" },
        { Forged.Good.Replace("[2],\"data_offsets\":[0", "[4294967296,4294967296,4294967296],\"data_offsets\":[0"), "impossible numbers" },
        { Forged.Good.Replace("[2],\"data_offsets\":[0", "[9223372036854775808],\"data_offsets\":[0"), "no natural number" },
        { Forged.Good.Replace("[2],\"data_offsets\":[0", "[[2]],\"data_offsets\":[0"), "no natural number" },
        { Forged.Good.Replace("\"F32\",\"shape\":[2],\"data_offsets\":[0,8]", "\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1"), "'more' of the tensor 'dense1.weights'" },
        { Forged.Good.Replace("\"F32\",\"shape\":[2],\"data_offsets\":[0,8]", "\"I32\",\"shape\":[2],\"data_offsets\":[0,8]"), "the type I32" },
        { Forged.Good.Replace("\"dense1.bias\":", "\"dense1.weights\":"), "stands there twice" },
        { Forged.Good.Replace("\"step\":\"3\"", "\"step\":\"3\",\"step\":\"3\""), "'step' stands there twice" },
        { Forged.Good.Replace("\"step\":\"3\"", "\"step\":3"), "another form" },
        { Forged.Good.Replace("\"step\":\"3\"", "\"step\":\"-3\""), "'step' is no number" },
        { Forged.Good.Replace("\"step\":\"3\",", ""), "it has no 'step'" },
        { Forged.Good.Replace("\"seed\":\"5\"", "\"seed\":\"18446744073709551616\""), "'seed' is no" },
        { Forged.Good.Replace("optdsl 1", "optdsl 2"), "the format is 'optdsl 2'" },
        { Forged.Good.Replace("\"format\"", "\"Format\""), "no checkpoint of OptDsl" },
        { Forged.Good.Replace(Forged.Metadata + ",", ""), "no checkpoint of OptDsl" },
        { Forged.Good.Replace(Forged.Weights, Forged.Metadata + "," + Forged.Weights), "the metadata stands there twice" },
        { Forged.Good.Replace("\"sha256\":\"0", "\"sha256\":\"00"), "SHA-256 is not readable" },
        { Forged.Good.Replace("\"dense1.weights\":", "\"" + new string('w', 1025) + "\":"), "a name is too long" },
        { Forged.Good.Replace("\"dense1.weights\":", "\"dense2.weights\":"), "dense1.weights [2] is not in the file" },
        { "{" + Forged.Metadata + "," + string.Concat(Enumerable.Repeat("\"a\":{", 10)), "of the tensor 'a' is unknown" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Every_broken_rule_is_named(string header, string fault)
    {
        using var learner = Linear.New();
        Assert.Contains(fault, Refused(learner, Forged.File(header)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_checked_before_anything_is_allocated()
    {
        using var learner = Linear.New();
        byte[] huge = Forged.File(Forged.Good.Replace("[2],\"data_offsets\":[0,8]", "[250000000000],\"data_offsets\":[0,1000000000000]"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("a hole or an overlap", Refused(learner, huge), StringComparison.Ordinal);
        Assert.Contains("longer than any", Refused(learner, [.. BitConverter.GetBytes(100_000_001L), .. "{}"u8]), StringComparison.Ordinal);
        Assert.Contains("longer than any", Refused(learner, [.. BitConverter.GetBytes(-1L), .. "{}"u8]), StringComparison.Ordinal);
        Assert.Contains("truncated within its header", Refused(learner, [.. BitConverter.GetBytes(99_999_999L), .. "{}"u8]), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Refused(learner, Forged.File([.. Encoding.UTF8.GetBytes(Forged.Good.Replace("}}", "")), 0xff, 0xfe]));
    }

    [Fact]
    public void One_tensor_too_many_or_of_another_type_is_refused()
    {
        using var learner = Linear.New();
        string more = Forged.Good[..^1] + ",\"extra\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[32,36]}}";
        Assert.Contains("extra is only in the file", Refused(learner, Forged.File(more, 36)), StringComparison.Ordinal);
        string wide = Forged.Good.Replace("\"F32\",\"shape\":[2],\"data_offsets\":[24,32]", "\"F64\",\"shape\":[2],\"data_offsets\":[24,40]");
        Assert.Contains("dense1.weights/slow is F64 in the file, F32 here", Refused(learner, Forged.File(wide, 40)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_nothing_else()
    {
        using var learner = Linear.New();
        learner.Save(folder["a.safetensors"]);
        learner.Save(folder["a.safetensors"]);
        Directory.CreateDirectory(folder["taken"]);
        File.WriteAllText(Path.Combine(folder["taken"], "x"), "");
        Assert.ThrowsAny<Exception>(() => learner.Save(folder["taken"]));
        Assert.Throws<DirectoryNotFoundException>(() => learner.Save(folder["missing/a.safetensors"]));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a.safetensors"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal([folder["a.safetensors"], folder["taken"]], Directory.GetFileSystemEntries(folder.Path).Order());
        learner.Load(folder["a.safetensors"]);
        Assert.Throws<FileNotFoundException>(() => learner.Load(folder["nothing"]));
    }

    [Fact]
    public void Two_writers_leave_one_whole_file()
    {
        Parallel.For(0, 2, seed =>
        {
            using var learner = Linear.New(seed);
            for (int i = 0; i < 20; i++)
                learner.Save(folder["a.safetensors"]);
        });
        using var reader = Linear.New(seed: 9);
        reader.Load(folder["a.safetensors"]);
        using var same = Linear.New(reader.Seed);
        Assert.Equal(same.ParametersHash, reader.ParametersHash);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    string Refused<T>(Learner<T> learner, byte[] file) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        File.WriteAllBytes(folder["broken.safetensors"], file);
        string before = Everything(learner);
        var e = Assert.Throws<InvalidDataException>(() => learner.Load(folder["broken.safetensors"]));
        Assert.Equal(before, Everything(learner));
        Assert.StartsWith(folder["broken.safetensors"] + ": ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        return e.Message;
    }

    static string Everything<T>(Learner<T> learner) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        string.Join(' ', learner.Parameters.Concat(learner.Slots).SelectMany(t => t.ToArray()).Prepend(T.CreateChecked(learner.Steps)).Prepend(T.CreateChecked(learner.Seed)));
}
