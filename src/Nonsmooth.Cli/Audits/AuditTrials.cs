using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Audits;

/// <summary>How training is tried under each choice of an audit.</summary>
internal sealed record AuditTrials : Configuration
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<int> _steps = _settings.Add("training-steps", 100, Ranges.From(0), "Steps of each training run that is tried; 0 tries none");
    private static readonly Setting<int> _seeds = _settings.Add(
        "training-seeds", 6, Ranges.From(2), "Seeds that are trained under both choices; fewer than 6 give no interval");

    /// <summary>The settings there are.</summary>
    public static IReadOnlyList<Setting> All => _settings;

    public override IReadOnlyList<Setting> Declared => All;

    public int Steps { get => Get(_steps); init => Set(_steps, value); }

    public int Seeds { get => Get(_seeds); init => Set(_seeds, value); }
}
