using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Audits;

/// <summary>What an audit looks at, and how much of it.</summary>
public sealed record AuditOptions : Configuration
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<string?> _layer = _settings.Add(
        new Setting<string?>("layer", null, Ranges.Text("a node or a module", "NODE").OrNull(), "Choose otherwise at one node or module only") { Unset = "everywhere" });

    private static readonly Setting<int> _draws = _settings.Add("draws", 20, Ranges.From(1), "Draws of the parameters, M; fewer than 20 give no interval");
    private static readonly Setting<int?> _batches = _settings.Add(
        new Setting<int?>("batches", null, Ranges.From(1).OrUnset(), "Batches of each draw, Q, or as many as there are") { Unset = $"{UsualPairs} over all draws" });

    private static readonly Setting<bool> _quick = _settings.Add(
        "no-replay", false, Ranges.Switch, "Tell zones apart by thresholds instead of replaying in 64 bits, and blame no node: quicker");

    private readonly int? _blamed;

    // Of a draw and a batch in each format: about what half a minute takes of LeNet-5 in all four.
    private const int UsualPairs = 40;

    /// <summary>The settings that an audit has by itself.</summary>
    public static IReadOnlyList<Setting> All => _settings;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => All;

    /// <summary>The formats. Default all four, from 16 bits up.</summary>
    public IReadOnlyList<Precision> Precisions { get; init; } = [Precision.Float16, Precision.BFloat16, Precision.Float32, Precision.Float64];

    /// <summary>The choices to test; those that no node of the network makes are left out. Default none, which means every one that the program's functions declare, by itself.</summary>
    public IReadOnlyList<AuditChoice> Choices { get; init; } = [];

    /// <summary>Names of the choices to test among those that the program's functions declare. Default none: all.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The selection that is used, from which each declared choice departs. Default <see cref="Selection.Default"/>.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>A node or module to change alone. Default none: everywhere.</summary>
    public string? Layer { get => Get(_layer); init => Set(_layer, value); }

    /// <summary>Draws of the parameters M. Default 20, the fewest that give an interval.</summary>
    public int Draws { get => Get(_draws); init => Set(_draws, value); }

    /// <summary>Batches of each draw Q, drawn anew for each; as many as there are where there are fewer. Default 40 over all draws, 2 of 20.</summary>
    public int Batches { get => Get(_batches) ?? Math.Max(1, UsualPairs / Draws); init => Set(_batches, value); }

    /// <summary>
    /// Whether zones are told apart by replaying decisions in 64 bits. Default true; without, by the calibrated threshold
    /// or the published one, at less than half the cost.
    /// </summary>
    public bool Replay { get => !Get(_quick); init => Set(_quick, !value); }

    /// <summary>Pairs that bifurcate, of each choice and format, in which each layer is tried alone; 0 for none. Default 3, without <see cref="Replay"/> 0.</summary>
    public int BlamedPairs { get => _blamed ?? (Replay ? 3 : 0); init => _blamed = value; }
}
