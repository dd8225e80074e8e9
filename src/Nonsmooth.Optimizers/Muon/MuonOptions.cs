using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Muon for weight matrices, AdamW for everything else. For a matrix: b ← μb + (1−μ)g,
/// u = (1−μ)g + μb with Nesterov, else b; θ ← (1−γλ)θ − γ s O(u), where O(u) is about the nearest
/// semi-orthogonal matrix and s the <see cref="MuonScale"/>.
/// </summary>
/// <remarks>
/// <para>
/// O is five Newton–Schulz steps X ← aX + (bA + cA²)X, A = XXᵀ, with (a, b, c) = (3.4445, −4.7750, 2.0315)
/// from u/(‖u‖ + 1e-7), wide side along the rows, in float32: singular values end between about 0.7 and 1.2.
/// </para>
/// <para>
/// A matrix is a slot with <see cref="ParameterSlot.Rows"/>; a filter bank counts with its outputs as rows.
/// A NaN in the gradient of a matrix reaches all of it. States: <c>momentum_buffer</c> for a
/// matrix, 4 bytes per parameter in any state format; <c>exp_avg</c> and <c>exp_avg_sq</c> for the rest. Jordan et al.,
/// "Muon: an optimizer for hidden layers in neural networks", 2024; Liu et al., "Muon is scalable for LLM training", 2025.
/// </para>
/// </remarks>
public sealed record MuonOptions : AdamFamilyOptions
{
    private static readonly SettingList _settings = new(Shared);
    private static readonly Setting<double> _momentum = _settings.Add("momentum", 0.95, Ranges.Decay, "μ of matrices, from 0 up to but not including 1");
    private static readonly Setting<bool> _nesterov = _settings.Add("nesterov", true, Ranges.Switch, "look ahead along the momentum");
    private static readonly Setting<MuonScale> _scale = _settings.Add("scale", default, Ranges.OneOf<MuonScale>(), "length of a matrix's step");

    /// <summary>The optimizer's name, description and settings.</summary>
    public static OptimizerEntry Entry { get; } = new(new MuonOptions(), "orthogonalised momentum for weight matrices, AdamW for the rest", DefaultRate: 5e-3);

    /// <inheritdoc/>
    public override string Name => "muon";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => _settings;

    /// <summary>μ ∈ [0, 1). Default 0.95.</summary>
    public double Momentum { get => Get(_momentum); init => Set(_momentum, value); }

    /// <summary>Default true.</summary>
    public bool Nesterov { get => Get(_nesterov); init => Set(_nesterov, value); }

    /// <summary>Default <see cref="MuonScale.Matched"/>.</summary>
    public MuonScale Scale { get => Get(_scale); init => Set(_scale, value); }

    /// <inheritdoc/>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null)
    {
        Validate();
        ParameterSlot[] copy = SlotCheck.Copy(slots);
        int[] matrices = [.. Enumerable.Range(0, copy.Length).Where(i => copy[i].Rows > 0)];
        int[] rest = [.. Enumerable.Range(0, copy.Length).Except(matrices)];
        if (matrices.Any(i => copy[i].Format != NumberFormat.Float32))
        {
            throw new NonsmoothException($"parameter '{copy[matrices.First(i => copy[i].Format != NumberFormat.Float32)].Name}' is a matrix in bfloat16: give it in float32, or without rows");
        }

        var muon = new MuonOptimizer(this, [.. matrices.Select(i => copy[i])], pool);
        Optimizer adamW = AdamW.Build([.. rest.Select(i => copy[i])], pool, onWarning);
        return new CompositeOptimizer(this, copy, pool, [new OptimizerPart(muon, matrices), new OptimizerPart(adamW, rest)]);
    }

    internal AdamWOptions AdamW => new()
    {
        Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, WeightDecay = WeightDecay, Maximize = Maximize, StateFormat = StateFormat,
    };
}
