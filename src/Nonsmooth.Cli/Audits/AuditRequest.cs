using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Audits;

/// <summary>What the user wants audited.</summary>
internal sealed record AuditRequest(
    Model Network,
    Dataset Data,
    NetworkSubjectOptions Subject,
    AuditOptions Audit,
    Checkpoint? Parameters,
    AuditTrials Trials,
    string Rerun);

/// <summary>Formats as users type them and read of them.</summary>
internal static class Formats
{
    /// <summary>The names that users type.</summary>
    public static IEnumerable<string> Names => Precisions.All.Select(p => p.Name());

    /// <summary>The format of a name; another name is bad usage.</summary>
    public static Precision Find(string option, string name) => Precisions.All.Cast<Precision?>().FirstOrDefault(p => p!.Value.Name() == name)
        ?? throw new UsageException($"{option} is '{name}': {Nearest.Mend(name, Names)}");

    public static string Words(Precision precision) => precision switch
    {
        Precision.Float16 => "16 bits (binary16)",
        Precision.BFloat16 => "16 bits (bfloat16)",
        Precision.Float64 => "64 bits",
        _ => "32 bits",
    };
}
