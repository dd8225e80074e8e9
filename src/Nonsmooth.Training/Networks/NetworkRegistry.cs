using Nonsmooth.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>The networks by name. To add one: write its file and a row here.</summary>
public static class NetworkRegistry
{
    /// <summary>Every network, in the order to show them.</summary>
    public static IReadOnlyList<NetworkRow> All { get; } =
    [
        Lenet5.Row,
        Mlp.Row,
        .. Vgg.Rows,
        .. Resnet.Rows,
        SmallResnet.Row,
        .. Densenet121.Rows,
        .. VitB.Rows,
        .. Gpt.Rows,
    ];

    /// <summary>The network of a name.</summary>
    /// <param name="name">As users write it, lower case.</param>
    /// <param name="input">The shape of an example; the network's usual one if not given.</param>
    /// <param name="classes">The number of classes, likewise; the size of the vocabulary of a network of tokens.</param>
    /// <param name="tokens">The length of a sequence, likewise.</param>
    /// <exception cref="NonsmoothException">There is no such network, its name is malformed, or it cannot take the input.</exception>
    public static Network Find(string name, ImageShape? input = null, int? classes = null, int? tokens = null) =>
        All.FirstOrDefault(row => row.Matches(name))?.Create(name, new NetworkSettings(input, classes, tokens)) ?? throw Unknown(name);

    /// <summary>The network of a name for the examples of a data set.</summary>
    /// <param name="name">As users write it, lower case.</param>
    /// <param name="examples">What it takes.</param>
    /// <param name="classes">The number of classes, or the size of the vocabulary.</param>
    /// <exception cref="NonsmoothException">There is no such network, its name is malformed, or it cannot take the examples.</exception>
    public static Network For(string name, NetworkInput examples, int classes) => examples is TokenInput tokens
        ? Find(name, null, classes, tokens.Tokens)
        : Find(name, ((ImageInput)examples).Shape, classes);

    private static NonsmoothException Unknown(string name)
    {
        // The part before a colon says which network is meant.
        string Stem(string text) => text.Split(':')[0];
        var nearest = All.MinBy(row => Distance(Stem(name), Stem(row.Name)))!;
        return new NonsmoothException(
            $"no network '{name}', did you mean '{nearest.Name}'? Known: {string.Join(", ", All.Select(row => row.Name))}");
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < right.Length; j++)
            {
                int change = diagonal + (char.ToLowerInvariant(left[i]) == char.ToLowerInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
