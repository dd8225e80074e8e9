using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>What the optimizers of Adam's family share: two decays, ε and weight decay.</summary>
public abstract record AdamFamilyOptions : OptimizerOptions
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<double> _beta1 = _settings.Add("beta1", 0.9, Ranges.Decay, "decay of the average gradient");
    private static readonly Setting<double> _beta2 = _settings.Add("beta2", 0.999, Ranges.Decay, "decay of the average squared gradient");
    private static readonly Setting<double> _epsilon = _settings.Add("epsilon", 1e-8, Ranges.NonNegative, "added to the root, at least 0");
    private static readonly Setting<double> _weightDecay = _settings.Add("weight-decay", 0.01, Ranges.NonNegative, "λ, at least 0");

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>The settings of them all, for an optimizer that adds its own.</summary>
    private protected static IReadOnlyList<Setting> Shared => _settings;

    /// <summary>β₁ ∈ [0, 1), decay of the average gradient. Default 0.9.</summary>
    public double Beta1 { get => Get(_beta1); init => Set(_beta1, value); }

    /// <summary>β₂ ∈ [0, 1), decay of the average squared gradient. Default 0.999 unless said otherwise.</summary>
    public double Beta2 { get => Get(_beta2); init => Set(_beta2, value); }

    /// <summary>ε ≥ 0, outside the root. Default 1e-8 unless said otherwise. At 0 a coordinate whose gradients were all 0 becomes NaN.</summary>
    public double Epsilon { get => Get(_epsilon); init => Set(_epsilon, value); }

    /// <summary>λ ≥ 0. Decoupled, unless the optimizer says otherwise: each step multiplies the parameter by 1 − γλ. Default 0.01.</summary>
    public double WeightDecay { get => Get(_weightDecay); init => Set(_weightDecay, value); }

    /// <summary>Whether weight decay is decoupled, so that γλ ≥ 2 diverges by itself.</summary>
    protected virtual bool Decouples => true;

    /// <inheritdoc/>
    /// <remarks>Also γλ ≥ 2, at which weight decay alone diverges.</remarks>
    public override void ValidateRate(double rate)
    {
        base.ValidateRate(rate);
        DecoupledDecay.Validate(rate, Decouples ? WeightDecay : 0);
    }

    /// <inheritdoc/>
    public override string? WarningFor(double rate) => !Decouples ? null : DecoupledDecay.WarningFor(rate, WeightDecay);
}

/// <summary>What θ ← (1−γλ)θ does by itself.</summary>
internal static class DecoupledDecay
{
    public static Setting<bool> Coupled() => new("coupled", false, Ranges.Switch, "add weight decay to the gradient")
        { CountsWhere = c => c is AdamFamilyOptions { WeightDecay: not 0 } };

    public static void Validate(double rate, double weightDecay)
    {
        double product = rate * weightDecay;
        if (product >= 2)
        {
            throw new NonsmoothException(string.Create(
                CultureInfo.InvariantCulture,
                $"rate times weight-decay is {product} and diverges from 2 on: lower the rate ({rate}) or weight-decay ({weightDecay})"));
        }
    }

    public static string? WarningFor(double rate, double weightDecay) =>
        rate * weightDecay > 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"rate {rate} times weight-decay {weightDecay} is above 1: each step changes the sign of a weight without gradient, so lower one of the two")
            : null;
}
