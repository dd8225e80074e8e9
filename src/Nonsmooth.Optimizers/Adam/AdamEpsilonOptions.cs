using System.Numerics;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>Options of Adam's family that say where ε goes: √(v̂ + ε′) + ε, or before the bias correction.</summary>
public abstract record AdamEpsilonOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(AdamFamilyOptions.Shared);
    private static readonly Setting<double> _epsilonRoot = _settings.Add("epsilon-root", 0, Ranges.NonNegative, "added under the root, at least 0");
    private static readonly Setting<bool> _rawEpsilon = _settings.Add("raw-epsilon", false, Ranges.Switch, "add epsilon before the bias correction");

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The settings of them all, for an optimizer that adds its own.</summary>
    private protected static new IReadOnlyList<Setting> Shared => _settings;

    /// <summary>ε′ ≥ 0, under the root, as optax's <c>eps_root</c>. Default 0.</summary>
    public double EpsilonRoot { get => Get(_epsilonRoot); init => Set(_epsilonRoot, value); }

    /// <summary>
    /// (√v + ε)/√(1−β₂ᵗ), as torch's RAdam and SparseAdam, instead of √v/√(1−β₂ᵗ) + ε: a larger ε in the first steps. Default false.
    /// </summary>
    public bool RawEpsilon { get => Get(_rawEpsilon); init => Set(_rawEpsilon, value); }

    internal RootMeanSquare<T> Scaling<T>(long step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(Beta2, Epsilon, step, RawEpsilon, EpsilonRoot);
}
