using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A folder of HuggingFace as a program.</summary>
/// <param name="Config">What the folder says of the network.</param>
/// <param name="Program">
/// First the inputs whose shapes were given, as <c>input_ids</c> [N, T] or <c>pixel_values</c> [N, C, H, W]; then the weights under the names in the file. Its outputs are
/// called as the library calls them: <c>logits</c>, or of a network without a head <c>last_hidden_state</c> and <c>pooler_output</c>.
/// </param>
/// <param name="Weights">The weights, in the order of the program's last inputs. Tied ones are one.</param>
public sealed record FolderProgram(FolderConfig Config, Program Program, IReadOnlyList<FolderWeight> Weights)
{
    /// <summary>What the output of a network without its classifier is called.</summary>
    public const string Features = "features";

    /// <summary>The name of the classifier of a whole text or image, in whose place another may stand; null where there is none.</summary>
    public string? Head { get; init; }

    /// <summary>The loss that the architecture has of its own, of the first output and of labels; null where it has no head.</summary>
    public Func<Variable, Variable, Variable>? OwnLoss { get; init; }
}

/// <summary>A weight of a folder.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Stored">The stored tensor; null where the folder has no weights.</param>
/// <param name="Role">Parameter; buffer where it is a state that training does not change by gradients; constant where a <see cref="FolderChange"/> is trained in its stead.</param>
public sealed record FolderWeight(string Name, Shape Shape, StoredTensor? Stored, InputRole Role)
{
    /// <summary>How it is filled where it is new and nothing is stored of it. Default null.</summary>
    public Action<Span<float>, CounterRandom>? Draw { get; init; }

    /// <summary>The seed of what is drawn. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Further names under which the file has it. Default none.</summary>
    public IReadOnlyList<string> Twins { get; init; } = [];

    /// <summary>The numbers as an input of an executor.</summary>
    /// <exception cref="FolderException">The folder has none.</exception>
    public float[] Elements => Stored?.ToSingles() ?? Drawn() ?? throw new FolderException($"there are no numbers for '{Name}': the folder has a config.json and no weights");

    private float[]? Drawn()
    {
        float[]? values = Draw is null ? null : new float[Shape.Elements];
        Draw?.Invoke(values, new CounterRandom(Seed).Derive(Name));
        return values;
    }
}
