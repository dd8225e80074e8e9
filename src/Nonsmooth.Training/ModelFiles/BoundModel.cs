using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>A model whose shapes are known, with its weights: what can be run on arrays.</summary>
/// <param name="Name">What users called it.</param>
/// <param name="Value">
/// The program from inputs to outputs: first the inputs of role data, then one input a weight, in the order of <paramref name="Weights"/>.
/// </param>
/// <param name="Weights">The weights.</param>
public sealed record BoundModel(string Name, Program Value, IReadOnlyList<BoundWeight> Weights)
{
    /// <summary>The relative difference that a model of its stored types is allowed from its framework's answers. Default 10⁻⁴, of 32 bits.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The tolerance of a model by the types that its weights and inputs are stored in.</summary>
    internal static double ToleranceOf<T>(IEnumerable<T> stored, T half, T brain)
    {
        var types = stored.ToHashSet();
        return types.Contains(brain) ? 3e-2 : types.Contains(half) ? 5e-3 : 1e-4;
    }

    /// <summary>What an importer said of nodes, a line each text: of many nodes, the first three are named.</summary>
    internal static IReadOnlyList<string> Told(IEnumerable<(string Node, string Text)> notes) =>
    [
        .. from note in notes
           group note.Node by note.Text into same
           let nodes = same.Where(n => n.Length > 0).ToList()
           select nodes.Count == 0 ? same.Key : $"{string.Join(", ", nodes.Take(3))}{(nodes.Count > 3 ? $" and {nodes.Count - 3} more" : "")}: {same.Key}",
    ];

    /// <summary>Why it cannot be run: its file has no numbers for its weights. Default null: it can.</summary>
    public NonsmoothException? Refusal { get; init; }

    /// <summary>What the file lost, and what the program has otherwise.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The outputs that are next states, as running statistics: no loss is measured of them.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Weights that a step of training moves without a gradient, and the outputs that are their next values: the real ones among <see cref="States"/>.</summary>
    public IReadOnlyList<(string Weight, string Output)> Moved { get; init; } = [];

    /// <summary>The architecture's own loss, of the first output and of an array <c>labels</c>; null where it has none.</summary>
    public Func<Variable, Variable, Variable>? OwnLoss { get; init; }

    /// <summary>What the framework that wrote the file takes at kinks; null where the file does not say.</summary>
    public Preset? Convention { get; init; }

    /// <summary>The names of the inputs.</summary>
    public IEnumerable<string> Inputs => Value.Inputs.Select(i => i.Name).Except(Weights.Select(w => w.Name), StringComparer.Ordinal);
}

/// <summary>A weight of a model.</summary>
/// <param name="Name">Its name, the program's input's.</param>
/// <param name="Read">Reads its numbers when they are asked for, once.</param>
/// <param name="IsTrained">Whether there is a gradient in it: not of running statistics.</param>
public sealed record BoundWeight(string Name, Func<Array> Read, bool IsTrained)
{
    private Array? _elements;

    /// <summary>Makes a weight whose numbers are at hand.</summary>
    public BoundWeight(string name, Array elements, bool isTrained)
        : this(name, () => elements, isTrained)
    {
    }

    /// <summary>The tensor that its numbers are of, where a file holds them as they are; null where not. Default null.</summary>
    public StoredTensor? Stored { get; init; }

    /// <summary>How it is drawn where it starts at random, in which case its numbers are one draw. Default null: it starts from its numbers.</summary>
    public Action<Span<float>, CounterRandom>? Draw { get; init; }

    /// <summary>Its numbers, row-major: <c>float[]</c> or <c>double[]</c>.</summary>
    /// <exception cref="NonsmoothException">The model's file does not have them; one line names it.</exception>
    public Array Elements => _elements ??= Read();
}
