using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Audits;

/// <summary>What the user wants audited.</summary>
internal sealed record AuditRequest(
    Network Network,
    Dataset Data,
    NetworkSubjectOptions Subject,
    AuditOptions Audit,
    Checkpoint? Parameters,
    int TrainingSteps,
    int TrainingSeeds,
    string Rerun);

/// <summary>Formats by the names that users type.</summary>
internal static class Formats
{
    public static IReadOnlyList<(string Name, Precision Value)> All { get; } =
        [("f32", Precision.Float32), ("f16", Precision.Float16), ("bf16", Precision.BFloat16), ("f64", Precision.Float64)];

    public static string Name(Precision precision) => All.First(f => f.Value == precision).Name;

    public static string Words(Precision precision) => precision switch
    {
        Precision.Float16 => "16 bits (binary16)",
        Precision.BFloat16 => "16 bits (bfloat16)",
        Precision.Float64 => "64 bits",
        _ => "32 bits",
    };
}
