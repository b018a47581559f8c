using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Checkpoints;

/// <summary>What a checkpoint says besides its tensors.</summary>
sealed record CheckpointInfo(string Model, string Fingerprint, long Step, ulong Seed);

/// <summary>Parameters, slots, step and seed as a safetensors file.</summary>
static class Checkpoint
{
    public static void Save<T>(string path, CheckpointInfo info, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotImplementedException();

    public static CheckpointInfo Load<T>(string path, string model, string fingerprint, TensorTable<T> tensors) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotImplementedException();
}
