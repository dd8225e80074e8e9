using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Which function a Clip of two constant bounds is: exporters write three of them alike, and their slopes at the bounds differ.</summary>
public enum ClipForm
{
    /// <summary>clamp: its slope at a bound is the selection's ClampAtBounds.</summary>
    Clamp,

    /// <summary>relu6, where the bounds are 0 and 6: its slope at a bound is the selection's Relu6AtBounds.</summary>
    Relu6,

    /// <summary>hardtanh, where the bounds are −1 and 1: its slope at a bound is the selection's HardtanhAtBounds.</summary>
    Hardtanh,
}

/// <summary>How a model becomes a program.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>Shapes of inputs, by name; those not given have to be in the file, with <see cref="Dimensions"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Sizes of named dimensions.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>Inputs that are constants of the program, by name: <see cref="Tensor{T}"/> of double, long or bool.</summary>
    public IReadOnlyDictionary<string, Tensor> Values { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>The outputs: any values of the graph. None, the default, for the outputs of the graph.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>What a Clip with constant bounds is taken for. Default <see cref="ClipForm.Clamp"/>.</summary>
    public ClipForm ClipAs { get; init; }

    /// <summary>The same for nodes by their names; it goes before <see cref="ClipAs"/>.</summary>
    public IReadOnlyDictionary<string, ClipForm> ClipNodes { get; init; } = new Dictionary<string, ClipForm>();

    /// <summary>
    /// Whether the gradient passes through rounding to quantised values inside of their range, as quantised training takes it. It is a chosen
    /// surrogate and not conservative; otherwise, by default, quantised values are a staircase, whose derivative is 0.
    /// </summary>
    public bool StraightThrough { get; init; }

    /// <summary>Whether an initializer is trainable, asked by name; null, the default, for what its use says.</summary>
    public Func<string, bool?>? Trainable { get; init; }

    /// <summary>The most elements that the constants computed while importing may have, each. Default 2²⁴.</summary>
    public long MostFolded { get; init; } = 1L << 24;

    /// <summary>The most nodes, with those of loops unrolled. Default 200,000.</summary>
    public int MostNodes { get; init; } = 200_000;
}
