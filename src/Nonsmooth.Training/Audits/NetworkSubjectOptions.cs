using Nonsmooth.LibTorch;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Audits;

/// <summary>How a network is put before an audit.</summary>
public sealed record NetworkSubjectOptions : Configuration
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<int> _batch = _settings.Add("batch", 128, Ranges.From(1), "Examples in a batch");
    private static readonly Setting<DrawKind> _draw = _settings.Add(
        "init", DrawKind.Network, Ranges.OneOf(("network", DrawKind.Network), ("published", DrawKind.Published), ("fan-in", DrawKind.FanIn)), "How parameters are drawn: as for training, as the published volumes, or uniform on ±1/√fan-in");

    private static readonly Setting<ulong> _seed = _settings.Add("seed", 0ul, Ranges.Seed, "Seed of everything random");
    private static readonly Setting<Device> _device = _settings.Add("device", Device.Cpu, Device.Values, "Where gradients are computed: cpu, cuda or cuda:1");

    /// <summary>The settings there are.</summary>
    public static IReadOnlyList<Setting> All => _settings;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => All;

    /// <summary>Examples in a batch. Default 128, as published.</summary>
    public int Batch { get => Get(_batch); init => Set(_batch, value); }

    /// <summary>The seed of the first draw and of the shuffling. Default 0.</summary>
    public ulong Seed { get => Get(_seed); init => Set(_seed, value); }

    /// <summary>Where gradients are computed. Default the processor.</summary>
    public Device Device { get => Get(_device); init => Set(_device, value); }

    /// <summary>From which distribution parameters are drawn. Default as the network is initialised for training.</summary>
    public DrawKind Draw { get => Get(_draw); init => Set(_draw, value); }

    /// <summary>
    /// Whether the only batch is what whole batches leave of the data: fewer than <see cref="Batch"/> examples. Default false: the
    /// whole batches, without it.
    /// </summary>
    public bool Rest { get; init; }
}
