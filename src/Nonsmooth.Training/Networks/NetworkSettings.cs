using Nonsmooth.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>What a user may change of a network; null for the usual value.</summary>
/// <param name="Input">The shape of an image. Default the network's own; networks of tokens take none.</param>
/// <param name="Classes">How many logits; of a network of tokens, the size of its vocabulary. Default the network's own.</param>
/// <param name="Tokens">The length of a sequence. Default the network's own; networks of images take none.</param>
public sealed record NetworkSettings(ImageShape? Input = null, int? Classes = null, int? Tokens = null)
{
    /// <summary>Of a model from a file: what becomes of its head and which weights stay. Default null.</summary>
    public FileSettings? File { get; init; }

    /// <summary>
    /// Of a model from a file: what an example of the data is. One field is taken whatever its name, in another form or size where it can be; of several, each by its name says the
    /// sizes that the file leaves open. Default none.
    /// </summary>
    public IReadOnlyList<Field> Data { get; init; } = [];

    /// <summary>Of a model from a file: what it is to tell. Default null: the class of what it puts out.</summary>
    public Field? Target { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    internal bool IsUsual => Input is null && Classes is null && Tokens is null;

    internal int ClassesOr(string name, int usual) => AtLeastOne(name, Classes ?? usual, "classes");

    internal ImageShape ImageOr(string name, ImageShape usual, int leastSide = 1)
    {
        RequireImages(name);
        var shape = Input ?? usual;
        return shape.Channels >= 1 && Math.Min(shape.Height, shape.Width) >= leastSide
            ? shape
            : throw new NonsmoothException($"{name} cannot take {shape}: give at least 1x{leastSide}x{leastSide}");
    }

    internal int TokensOr(string name, int usual, int positions)
    {
        if (Input is { } shape)
        {
            throw new NonsmoothException($"network '{name}' takes tokens, not images of {shape}: use a network of images, or give the number of tokens instead");
        }

        int tokens = AtLeastOne(name, Tokens ?? usual, "tokens");
        return tokens <= positions
            ? tokens
            : throw new NonsmoothException($"network '{name}' has {positions} positions, {tokens} tokens are asked for: give at most {positions}");
    }

    internal void RequireImages(string name)
    {
        if (Tokens is { } tokens)
        {
            throw new NonsmoothException($"network '{name}' takes images, not {tokens} tokens: use a network of tokens, or leave their number out");
        }
    }

    private static int AtLeastOne(string name, int number, string what) => number >= 1
        ? number
        : throw new NonsmoothException($"{name} cannot have {number} {what}: give at least 1");
}
