using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>Options of Adam's family that say where weight decay goes: decoupled, or into the gradient.</summary>
public abstract record CoupledAdamOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(AdamFamilyOptions.Shared);
    private static readonly Setting<bool> _coupled = _settings.Add(DecoupledDecay.Coupled());

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The settings of them all, for an optimizer that adds its own.</summary>
    private protected static new IReadOnlyList<Setting> Shared => _settings;

    /// <summary>Add λθ to the gradient instead of decoupling the decay. Default false.</summary>
    public bool Coupled { get => Get(_coupled); init => Set(_coupled, value); }

    /// <inheritdoc/>
    protected override bool Decouples => !Coupled;
}
