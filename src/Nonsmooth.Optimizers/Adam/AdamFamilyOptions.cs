using System.Globalization;

namespace Nonsmooth.Optimizers;

/// <summary>What the optimizers of Adam's family share: two decays, ε and weight decay.</summary>
public abstract record AdamFamilyOptions : OptimizerOptions
{
    /// <summary>β₁ ∈ [0, 1), decay of the average gradient. Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ ∈ [0, 1), decay of the average squared gradient. Default 0.999 unless said otherwise.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε ≥ 0, outside the root. Default 1e-8 unless said otherwise. At 0 a coordinate whose gradients were all 0 becomes NaN.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ ≥ 0. Decoupled, unless the optimizer says otherwise: each step multiplies the parameter by 1 − γλ. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.Decay("beta1", Beta1);
        OptionCheck.Decay("beta2", Beta2);
        OptionCheck.NonNegative("epsilon", Epsilon);
        OptionCheck.NonNegative("weight-decay", WeightDecay);
    }

    /// <inheritdoc/>
    /// <remarks>Also γλ ≥ 2, at which weight decay alone diverges.</remarks>
    public override void ValidateRate(double rate)
    {
        base.ValidateRate(rate);
        DecoupledDecay.Validate(rate, WeightDecay);
    }

    /// <inheritdoc/>
    public override string? WarningFor(double rate) => DecoupledDecay.WarningFor(rate, WeightDecay);

    /// <summary>The settings of the shared options, then an optimizer's own.</summary>
    internal static OptimizerSetting<TOptions>[] SettingsOf<TOptions>(params OptimizerSetting<TOptions>[] own)
        where TOptions : AdamFamilyOptions =>
    [
        OptimizerSetting<TOptions>.Number("beta1", "decay of the average gradient", o => o.Beta1, (o, v) => (TOptions)(o with { Beta1 = v })),
        OptimizerSetting<TOptions>.Number("beta2", "decay of the average squared gradient", o => o.Beta2, (o, v) => (TOptions)(o with { Beta2 = v })),
        OptimizerSetting<TOptions>.Number("epsilon", "added to the root, at least 0", o => o.Epsilon, (o, v) => (TOptions)(o with { Epsilon = v })),
        OptimizerSetting<TOptions>.Number("weight-decay", "λ, at least 0", o => o.WeightDecay, (o, v) => (TOptions)(o with { WeightDecay = v })),
        .. own,
    ];
}

/// <summary>What θ ← (1−γλ)θ does by itself.</summary>
internal static class DecoupledDecay
{
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
