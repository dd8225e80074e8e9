using Nonsmooth.Data.Arrays;
using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A network with an adapter on it: what the adapter's layers add, the weights that it holds in the place of the folder's, and nothing else trained.</summary>
/// <remarks>
/// A layer makes x·Wᵀ + b + s·drop(x)·Aᵀ·Bᵀ; with DoRA b + m/‖W + s·B·A‖ ∘ (x·Wᵀ + s·x·Aᵀ·Bᵀ), the norm that of each output's row. Adapter weights are called as
/// in the adapter's file. Source: Hu et al., "LoRA: low-rank adaptation of large language models", 2021; Liu et al., "DoRA: weight-decomposed low-rank adaptation", 2024.
/// </remarks>
/// <param name="adapter">The adapter.</param>
/// <param name="options">How it is put on; null for the usual.</param>
public sealed class AdapterChange(Adapter adapter, AdapterOptions? options = null) : FolderChange
{
    private readonly AdapterOptions _options = options ?? new();
    private readonly AdapterNames _names = new(adapter);
    private readonly List<AdaptedWeight> _adapted = [];
    private readonly List<string> _linear = [];
    private Variable? _step;

    /// <summary>What there is to say of the program, a sentence each.</summary>
    public IReadOnlyList<string> Notes => !adapter.Config.IsDora ? []
        : _options.IsExact ? ["the gradient of the DoRA adapter is the derivative, which PEFT's is not: that holds the norm of the weights constant"]
        : ["the gradient of the DoRA adapter is not the derivative of the loss: as in PEFT, the norm of the weights is held constant in it; --dora exact gives the derivative"];

    /// <summary>Whether a layer that was adapted holds its weight [inputs, outputs].</summary>
    public bool IsFanInFanOut { get; private set; }

    /// <summary>The head, null where there is none, and the name of its weight in the program.</summary>
    internal (FolderLinear? Layer, string Weight) Head { get; private set; } = (null, "");

    /// <summary>The names of embeddings' tables in the program, by the names that the architecture has for them.</summary>
    internal Dictionary<string, string> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>What the names of the network without its head begin with.</summary>
    internal string Prefix { get; private set; } = "";

    /// <summary>The weights that the adapter changes.</summary>
    internal IReadOnlyList<AdaptedWeight> Adapted => _adapted;

    /// <summary>Names of the adapter's weights that stand in the place of the folder's, by the names that the architecture has for those.</summary>
    internal IReadOnlyDictionary<string, string> Replaced => _names.Replaced;

    internal override FolderWeight? Instead(FolderBuilder builder, string tensor, int[] sizes, StoredTensor? own) => _names.Instead(builder, tensor, sizes, own);

    internal override bool IsHeldApart(FolderBuilder builder, string tensor) => adapter.Config.Saves(_names.Module(builder, tensor[..tensor.LastIndexOf('.')]));

    internal override Variable Linear(FolderBuilder builder, FolderLinear layer)
    {
        string module = _names.Module(builder, layer.Module);
        _linear.Add(module);
        Head = layer.IsHead ? (layer, builder.WeightOf(layer.Weight).Name) : Head;
        if (!adapter.Config.Targets.Has(module, !layer.IsHead))
        {
            return layer.Output();
        }

        IsFanInFanOut |= layer.IsTransposed;
        var (rank, scale, x) = (adapter.Config.RankOf(module), adapter.Config.ScaleOf(module), layer.Input);
        var a = Own(builder, layer.Module, "lora_A.weight", [rank, layer.Inputs], AdapterStart.Uniform(layer.Inputs));
        var b = Own(builder, layer.Module, "lora_B.weight", [layer.Outputs, rank], AdapterStart.Zero);
        var m = adapter.Config.IsDora ? Magnitude(builder, layer.Module, layer.Weight, layer.Outputs, layer.IsTransposed) : null;
        Met(builder, layer.Weight, a, b, m, scale, layer.IsTransposed, layer.IsHead);
        var dropped = Dropped(builder, x);
        if (m is null)
        {
            return F.Add(layer.Output(), LowRankUpdate.Of(dropped, a, b, scale));
        }

        var rows = layer.IsTransposed ? layer.Weight.Transpose(1, 0) : layer.Weight;
        var factor = F.Divide(m, Norm(F.Add(rows, F.Scale(F.MatMul(b, a), scale)), 1));
        var product = layer.Product(x);
        var changed = F.Multiply(factor, F.Add(ReferenceEquals(dropped, x) ? product : layer.Product(dropped), LowRankUpdate.Of(dropped, a, b, scale)));

        // In training with dropout PEFT drops in what it puts in the place of the layer's own product too.
        var y = ReferenceEquals(dropped, x) ? changed : F.Add(changed, F.Subtract(product, layer.Product(dropped)));
        return layer.Bias is null ? y : F.Add(y, layer.Bias);
    }

    internal override Variable Embedding(FolderBuilder builder, Variable table, Variable indices)
    {
        string name = builder.NameOf(table), module = name[..name.LastIndexOf('.')], own = _names.Module(builder, module);
        Tables[name] = builder.WeightOf(table).Name;
        var rows = F.Embedding(table, indices);
        if (!adapter.Config.Targets.Has(own, false))
        {
            return rows;
        }

        var (rank, scale) = (adapter.Config.RankOf(own), adapter.Config.ScaleOf(own));
        var a = Own(builder, module, "lora_embedding_A", [rank, table.Shape[0]], AdapterStart.Zero);
        var b = Own(builder, module, "lora_embedding_B", [table.Shape[1], rank], AdapterStart.Normal);
        var m = adapter.Config.IsDora ? Magnitude(builder, module, table, table.Shape[1], true) : null;
        Met(builder, table, a, b, m, scale, true, false);
        var y = F.Add(rows, F.Linear(F.Scale(F.Embedding(a.Transpose(1, 0), indices), scale), b));
        return m is null ? y : F.Multiply(F.Divide(m, Norm(F.Add(table, F.Scale(F.MatMul(a.Transpose(1, 0), b.Transpose(1, 0)), scale)), 0)), y);
    }

    internal override void Finish(FolderBuilder builder)
    {
        Prefix = builder.Prefix;
        if (_adapted.Count == 0 && !adapter.Config.Targets.IsEmpty)
        {
            string wanted = adapter.Config.Targets.Pattern ?? string.Join(", ", adapter.Config.Targets.Modules);
            string[] ends = [.. _linear.Select(l => l[(l.LastIndexOf('.') + 1)..]).Distinct()];
            throw new FolderException($"the adapter's target_modules, {wanted}, are no linear layer of a {builder.Config.ModelType}: it has {string.Join(", ", ends)}{Nearest.Question(wanted, ends)}");
        }

        _names.Finish();
    }

    private Variable Own(FolderBuilder builder, string module, string part, int[] sizes, Action<Span<float>, CounterRandom> draw) =>
        builder.Add(_names.Own(builder, module, part, sizes) with { Draw = adapter.IsNew ? draw : null, Seed = _options.Seed }, $"{module}.{part}");

    private Variable Magnitude(FolderBuilder builder, string module, Variable weight, int outputs, bool isTransposed)
    {
        const string Part = "lora_magnitude_vector";
        var own = _names.Own(builder, module, Part, [outputs]);
        return builder.Add(adapter.IsNew && builder.WeightOf(weight).Stored is { } stored ? own with { Stored = AdapterStart.Lengths(stored, isTransposed) } : own, $"{module}.{Part}");
    }

    private void Met(FolderBuilder builder, Variable weight, Variable a, Variable b, Variable? m, double scale, bool isTransposed, bool isHead) => _adapted.Add(
        new AdaptedWeight(builder.WeightOf(weight), builder.WeightOf(a), builder.WeightOf(b), m is null ? null : builder.WeightOf(m), scale, isTransposed, isHead));

    private Variable Norm(Variable x, int axis)
    {
        var norm = F.Sqrt(F.Square(x).Sum(axis));
        return _options.IsExact ? norm : norm.Builder.Apply(new Unary<Detach>(default), norm);
    }

    private Variable Dropped(FolderBuilder builder, Variable x)
    {
        if (!_options.IsTraining || adapter.Config.Dropout == 0)
        {
            return x;
        }

        _step ??= builder.Builder.TrailingInput("step", TensorType.Index(Shape.Scalar), InputRole.Step);
        return F.Dropout(x, _step, adapter.Config.Dropout, _linear.Count);
    }
}
