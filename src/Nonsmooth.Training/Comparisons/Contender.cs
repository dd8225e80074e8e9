using System.Globalization;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Training.Comparisons;

/// <summary>An optimizer with its settings, whose rate is set by η, the long-run step per unit of scaled gradient.</summary>
/// <param name="Label">What reports call it.</param>
/// <param name="Optimizer">The registry's name of what runs.</param>
/// <param name="DefaultEta">η to begin the search at, above 0.</param>
public abstract record Contender(string Label, string Optimizer, double DefaultEta)
{
    /// <summary>The options and the learning rate, of a schedule its highest, that have this η.</summary>
    /// <exception cref="NonsmoothException">η is not a finite number above 0.</exception>
    public abstract (OptimizerOptions Options, double Rate) At(double eta);
}

/// <summary>A contender whose settings do not depend on the rate.</summary>
public sealed record SettledContender : Contender
{
    private readonly OptimizerOptions _options;
    private readonly double _perRate;

    /// <summary>Takes an optimizer with settings.</summary>
    /// <exception cref="NonsmoothException">A setting is unknown or unusable, or no rate has a finite η, as INNAprop's at α = 0.</exception>
    public SettledContender(string label, OptimizerEntry entry, IEnumerable<KeyValuePair<string, string>> settings)
        : base(label, entry.Name, Eta(label, entry.Configure(settings)) * entry.DefaultRate)
    {
        _options = entry.Configure(settings);
        _perRate = Eta(label, _options);
    }

    /// <inheritdoc/>
    public override (OptimizerOptions Options, double Rate) At(double eta)
    {
        OptionCheck.Positive("eta", eta);
        return (_options, eta / _perRate);
    }

    private static double Eta(string label, OptimizerOptions options)
    {
        double eta = options.LongRunStep(1);
        return double.IsFinite(eta) && eta > 0
            ? eta
            : throw new NonsmoothException(string.Create(
                CultureInfo.InvariantCulture, $"'{label}' has a long-run step of {eta} times its rate: give settings with a finite one above 0, as alpha above 0"));
    }
}

/// <summary>INNAprop whose α, β and γ follow from an AdamW rate η and β₁, as <see cref="DampingView.FromAdamW"/>.</summary>
public sealed record FromAdamWContender : Contender
{
    /// <summary>What users call it.</summary>
    public const string Name = "innaprop-from-adamw";

    private readonly InnapropOptions _base;
    private readonly double _beta1;
    private readonly bool _nesterov;

    /// <summary>Takes β₁ and what else INNAprop has.</summary>
    /// <param name="label">What reports call it.</param>
    /// <param name="beta1">β₁ ∈ [0, 1).</param>
    /// <param name="nesterov">Look ahead, as NAdamW does.</param>
    /// <param name="rest">Every other setting; its α and β are ignored.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public FromAdamWContender(string label, double beta1 = 0.9, bool nesterov = false, InnapropOptions? rest = null)
        : base(label, InnapropOptions.Entry.Name, AdamWOptions.Entry.DefaultRate)
    {
        (_beta1, _nesterov, _base) = (beta1, nesterov, rest ?? new InnapropOptions());
        _ = At(DefaultEta);
    }

    /// <inheritdoc/>
    public override (OptimizerOptions Options, double Rate) At(double eta)
    {
        var (damping, rate) = InnapropOptions.FromAdamW(eta, _beta1, _nesterov);
        return (_base with { Alpha = damping.Alpha, Beta = damping.Beta }, rate);
    }
}
