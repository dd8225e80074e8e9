using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A layer of BERT and its relatives, whose weights each calls otherwise.</summary>
/// <param name="Query">The layer of queries.</param>
/// <param name="Key">Of keys.</param>
/// <param name="Value">Of values.</param>
/// <param name="Joined">Of what was attended to.</param>
/// <param name="AttentionNorm">The norm of the attention.</param>
/// <param name="Inner">The MLP's first layer.</param>
/// <param name="Outer">The MLP's second one.</param>
/// <param name="OuterNorm">The norm of the MLP.</param>
internal sealed record Encoder(string Query, string Key, string Value, string Joined, string AttentionNorm, string Inner, string Outer, string OuterNorm)
{
    /// <summary>How many heads share the width.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of the MLP.</summary>
    public required int Width { get; init; }

    /// <summary>The MLP's activation, by the library's name.</summary>
    public required string Activation { get; init; }

    /// <summary>The norms' ε.</summary>
    public double Epsilon { get; init; } = 1e-12;

    /// <summary>Whether norms stand before attention and MLP; else behind their sums.</summary>
    public bool NormsBefore { get; init; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>A layer.</summary>
    /// <param name="b">The builder.</param>
    /// <param name="name">What its weights' names begin with.</param>
    /// <param name="x">[N, T, W].</param>
    /// <param name="padding">[N, T], 0 for what nobody looks at; null for none.</param>
    public Variable Layer(FolderBuilder b, string name, Variable x, Variable? padding)
    {
        int width = x.Shape[2];
        if (width % Heads != 0)
        {
            throw new FolderException($"a width of {width} is not shared by {Heads} heads");
        }

        var mask = padding is null ? null : Attending.Kept(padding, Heads, x.Shape[1]);
        using var scope = b.Builder.Scope(name);
        var from = NormsBefore ? Norm(AttentionNorm, x) : x;
        Variable Projected(string part) => Attending.Heads(b.Linear($"{name}.{part}", from, width, HasBias), Heads);
        var attended = b.Linear($"{name}.{Joined}", Attending.Everywhere(Projected(Query), Projected(Key), Projected(Value), mask), width, true);
        x = NormsBefore ? F.Add(attended, x) : Norm(AttentionNorm, F.Add(attended, x));
        var inner = FolderBuilder.Activation(Activation, b.Linear($"{name}.{Inner}", NormsBefore ? Norm(OuterNorm, x) : x, Width, true));
        var outer = F.Add(b.Linear($"{name}.{Outer}", inner, width, true), x);
        return NormsBefore ? outer : Norm(OuterNorm, outer);

        Variable Norm(string part, Variable v) => b.LayerNorm($"{name}.{part}", v, Epsilon);
    }
}
