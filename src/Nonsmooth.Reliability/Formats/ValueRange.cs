namespace Nonsmooth.Reliability.Formats;

/// <summary>The numbers that a node, or a layer's nodes, made.</summary>
/// <param name="Name">The node's name, or the layer's: what its nodes' names begin with.</param>
/// <param name="Backward">Whether backprop made them.</param>
/// <param name="Values">How many there were.</param>
/// <param name="Zeros">Those exactly 0.</param>
/// <param name="NonFinite">NaN and infinities.</param>
/// <param name="Largest">The largest finite magnitude; 0 without any.</param>
/// <param name="Formats">What narrow formats would make of them.</param>
public sealed record ValueRange(
    string Name, bool Backward, long Values, long Zeros, long NonFinite, double Largest, IReadOnlyList<FormatRange> Formats)
{
    /// <summary>The layer of the node that it belongs to: <c>conv1</c> of <c>conv1.relu</c> and of what its derivative is made of; empty outside of any.</summary>
    public string Layer { get; init; } = "";

    /// <summary>The part in one format.</summary>
    /// <exception cref="NonsmoothException">It is no format that is counted.</exception>
    public FormatRange In(string format) => Formats.FirstOrDefault(f => f.Format == format)
        ?? throw new NonsmoothException($"no format '{format}' is counted: use one of {string.Join(", ", Formats.Select(f => f.Format))}");

    /// <summary>Both together, under the first's name.</summary>
    public static ValueRange operator +(ValueRange a, ValueRange b) => a with
    {
        Values = a.Values + b.Values,
        Zeros = a.Zeros + b.Zeros,
        NonFinite = a.NonFinite + b.NonFinite,
        Largest = Math.Max(a.Largest, b.Largest),
        Formats = [.. a.Formats.Zip(b.Formats, (x, y) => x + y)],
    };
}
