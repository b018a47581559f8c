using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Checkpoints;

/// <summary>Parameters, slots, step and seed as a safetensors file.</summary>
static class Checkpoint
{
    public static void Save<T>(string path, CheckpointInfo info, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        AtomicFile.Write(path, stream => CheckpointWriter.Write(stream, info, tensors));

    /// <summary>Everything is checked and read before the first tensor is touched.</summary>
    public static CheckpointInfo Load<T>(string path, CheckpointInfo own, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            var reader = new CheckpointReader(stream);
            CheckpointInfo info = CheckpointInfo.FromMetadata(reader.Header.Metadata);
            reader.CheckDigest();
            Compare(info, reader.Header.Tensors, own, tensors);
            TensorView<T>[] views = [.. reader.Header.Tensors.Select(t => tensors.Find(t.Name))];
            List<T[]> values = [.. reader.Header.Tensors.Select(reader.Read<T>)];
            for (int i = 0; i < views.Length; i++)
                views[i].Write(values[i]);
            return info;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: {e.Message}.", e);
        }
    }

    static void Compare<T>(CheckpointInfo file, IReadOnlyList<SafeTensor> there, CheckpointInfo own, TensorTable<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string? difference = Difference(there, [.. tensors.All], CheckpointWriter.TypeOf<T>());
        if (difference is null && file.Fingerprint == own.Fingerprint)
            return;
        throw new InvalidDataException(
            $"this is a checkpoint of the model '{file.Model}' ({Short(file.Fingerprint)}), the learner is '{own.Model}' ({Short(own.Fingerprint)}); " +
            (difference ?? "all tensors agree, the loss, the rule or its numbers do not"));
    }

    static string? Difference<T>(IReadOnlyList<SafeTensor> there, TensorView<T>[] here, string type) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dictionary<string, SafeTensor> byName = there.ToDictionary(t => t.Name);
        foreach (TensorView<T> view in here)
        {
            if (!byName.Remove(view.Name, out SafeTensor? tensor))
                return $"the first difference: {view} is not in the file";
            if (!tensor.Shape.SequenceEqual(view.Shape.Select(d => (long)d)))
                return $"the first difference: {view.Name} is {Shapes.Text<long>(tensor.Shape)} in the file, {Shapes.Text<int>(view.Info.Shape)} here";
            if (tensor.Type != type)
                return $"the first difference: {view.Name} is {tensor.Type} in the file, {type} here";
        }
        return there.FirstOrDefault(t => byName.ContainsKey(t.Name)) is { } more ? $"the first difference: {more.Name} is only in the file" : null;
    }

    static string Short(string fingerprint) => fingerprint.Length > 12 ? fingerprint[..12] : fingerprint;
}
