using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>A trainable tensor of a network.</summary>
/// <param name="Name">Unique in its network, dotted: <c>conv1.weight</c>.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Initializer">What it starts from.</param>
/// <param name="Decays">Whether weight decay applies: not to biases, normalisations and embeddings.</param>
public sealed record Parameter(string Name, Shape Shape, Initializer Initializer, bool Decays)
{
    private readonly string? _id;

    /// <summary>
    /// What its start values are drawn by, beside the seed: keep it when renaming, and they stay. Default <see cref="Name"/>.
    /// </summary>
    public string Id
    {
        get => _id ?? Name;
        init => _id = value;
    }

    /// <summary>Whether it stays as it starts: no gradient is computed and no optimizer state kept. Default false.</summary>
    public bool Frozen { get; init; }

    /// <summary>Fills the start values: a pure function of the seed and <see cref="Id"/>.</summary>
    public void Initialise(Span<float> values, ulong seed) => Initializer.Fill(values, new CounterRandom(seed).Derive(Id));
}
