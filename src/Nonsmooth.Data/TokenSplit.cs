using System.Runtime.InteropServices;
using Nonsmooth.Data.Files;
using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>Windows of a text: each example is a run of tokens, its targets the tokens that follow each.</summary>
/// <remarks>
/// Window i begins at token i·T. Where an epoch is drawn all windows begin later by the same number of tokens, 0 to
/// T − 1, a pure function of (seed, epoch): an epoch sees almost every token once, never cut in the same places. The last
/// window ends with the text.
/// </remarks>
public sealed class TokenSplit : DataSplit
{
    private readonly ReadOnlyMemory<ushort> tokens;
    private readonly int length;
    private readonly Lazy<uint> checksum;

    /// <summary>Takes a text without copying it.</summary>
    /// <param name="tokens">The text, each token below <paramref name="vocabulary"/>.</param>
    /// <param name="vocabulary">How many kinds of tokens there are, 1 to 65,536.</param>
    /// <param name="length">Tokens in an example, T.</param>
    /// <exception cref="NonsmoothException">The text is too short for one example, or has a token that is not of the vocabulary.</exception>
    public TokenSplit(ReadOnlyMemory<ushort> tokens, int vocabulary, int length)
        : base(FieldList.Text(Math.Max(1, length), vocabulary), length < 1 ? 0 : (tokens.Length - 1) / length)
    {
        if (length < 1)
        {
            throw new NonsmoothException($"examples of {length} tokens cannot be made: give at least 1");
        }

        if (Count < 1)
        {
            throw new NonsmoothException($"a text of {tokens.Length} tokens has no example of {length} and what follows: give at most {Math.Max(1, tokens.Length - 1)} tokens");
        }

        int before = 0;
        foreach (var part in MappedRun.Parts(tokens))
        {
            int wrong = part.Span.IndexOfAnyExceptInRange((ushort)0, (ushort)(vocabulary - 1));
            if (wrong >= 0)
            {
                throw new NonsmoothException($"token {before + wrong} of the text is {part.Span[wrong]}, the vocabulary has 0 to {vocabulary - 1}: encode the text again");
            }

            before += part.Length;
        }

        (this.tokens, this.length) = (tokens, length);
        checksum = new(() => Checksum.Finish(MappedRun.Parts(tokens).Aggregate(Checksum.Start, (state, part) => Checksum.Append(state, part.Span))));
    }

    /// <summary>How many tokens the text has.</summary>
    public int TokenCount => tokens.Length;

    /// <summary>Copies tokens out of the text.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="to">Filled.</param>
    /// <exception cref="ArgumentOutOfRangeException">The text has fewer.</exception>
    /// <exception cref="NonsmoothException">The file it lies in has become shorter.</exception>
    public void CopyTokens(int start, Span<ushort> to) => MappedRun.Copy(tokens.Slice(start, to.Length), to);

    /// <summary>A copy of the whole text.</summary>
    /// <exception cref="NonsmoothException">The file it lies in has become shorter.</exception>
    public ushort[] ToTokens()
    {
        var all = new ushort[tokens.Length];
        CopyTokens(0, all);
        return all;
    }

    /// <summary>Some of its windows in a row, with the token after them.</summary>
    internal TokenSplit Windows(int first, int count) =>
        new(tokens.Slice(first * length, (count * length) + 1), ClassCount, length);

    /// <inheritdoc/>
    /// <remarks>The whole text, once: the constructor has read it too.</remarks>
    private protected override uint Identify(uint state) => Checksum.Append(state, BitConverter.GetBytes(checksum.Value));

    private protected override void Copy(int index, int field, Span<byte> to, EpochDraw? draw)
    {
        var later = draw is { } epoch
            ? (int)(((ulong)new CounterRandom(epoch.Seed).Derive("windows").At((ulong)epoch.Epoch) * (uint)length) >> 32)
            : 0;
        var start = (int)Math.Min(((long)index * length) + later, tokens.Length - 1 - length);
        var values = MemoryMarshal.Cast<byte, long>(to)[..length];

        // The numbers come to lie in the last quarter of their place, and spread from its front.
        var window = MemoryMarshal.Cast<long, ushort>(values)[^length..];
        MappedRun.Copy(tokens[(start + field)..], window);
        for (var i = 0; i < length; i++)
        {
            values[i] = window[i];
        }
    }
}
