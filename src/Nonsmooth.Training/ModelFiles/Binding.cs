using Nonsmooth.Data.Arrays;
using Nonsmooth.Onnx.Import;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>What a model is told before it is a program.</summary>
public sealed record Binding
{
    /// <summary>Arrays for inputs by name; an input's may also be called <c>in.NAME</c>. Shapes come from them.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Arrays { get; init; } = new Dictionary<string, StoredTensor>();

    /// <summary>Shapes of inputs that have no array, by name, and sizes of named axes, as one number.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Values of whole-number inputs that are part of the program, by name: what loops and choices are made on.</summary>
    public IReadOnlyDictionary<string, long> Values { get; init; } = new Dictionary<string, long>();

    /// <summary>The outputs, any values of a graph; none for its own.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>What a Clip of constant bounds is taken for.</summary>
    public ClipForm ClipAs { get; init; }

    /// <summary>Whether the gradient passes through rounding to quantised values, inside their range: a surrogate that is not conservative. Default false: a staircase, whose slope is 0.</summary>
    public bool StraightThrough { get; init; }

    /// <summary>A safetensors file with other weights; null for the model's own.</summary>
    public string? Weights { get; init; }

    /// <summary>An adapter on a folder's network, which alone is trained then; null for none.</summary>
    public AdapterRequest? Adapter { get; init; }

    /// <summary>Whether the program is for training: an adapter then drops elements where it says so, and the program takes the number of the step last. Default false.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Whether a network that was exported for training is evaluated, with running statistics and without dropping. Default false: as it was exported.</summary>
    public bool IsEvaluation { get; init; }

    /// <summary>The seed of weights that are drawn. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The array of an input; null where there is none.</summary>
    public StoredTensor? Find(string input) => Arrays.GetValueOrDefault("in." + input) ?? Arrays.GetValueOrDefault(input);
}
