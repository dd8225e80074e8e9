using System.Runtime.InteropServices;
using Nonsmooth.Data.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>Examples that a user gives by index, as a half of a data set.</summary>
internal sealed class ExamplesSplit : DataSplit
{
    private readonly IExamples _examples;
    private readonly int[]? _chosen;

    public ExamplesSplit(IExamples examples, int[]? chosen = null)
        : base(examples.Fields, chosen?.Length ?? examples.Count) =>
        (_examples, _chosen) = (examples, chosen);

    /// <summary>So many of its examples, from the first.</summary>
    internal ExamplesSplit First(int count) => count == Count ? this : Chosen([.. Enumerable.Range(0, count)]);

    /// <summary>Some of its examples.</summary>
    internal ExamplesSplit Chosen(int[] indices) => new(_examples, [.. indices.Select(Of)]);

    /// <inheritdoc/>
    /// <remarks>Every target, read once.</remarks>
    private protected override uint Identify(uint state)
    {
        foreach (var field in Examples.Targets)
        {
            int at = Examples.IndexOf(field.Name);
            var values = new byte[field.Bytes];
            for (int i = 0; i < Count; i++)
            {
                Fill([i], at, values);
                state = Checksum.Append(state, values);
            }
        }

        return state;
    }

    private protected override void Copy(int index, int field, Span<byte> to, EpochDraw? draw)
    {
        var declared = Examples[field];
        if (declared.Type.Kind == ElementKind.Real)
        {
            _examples.Fill(Of(index), declared.Name, MemoryMarshal.Cast<byte, float>(to));
        }
        else
        {
            _examples.Fill(Of(index), declared.Name, MemoryMarshal.Cast<byte, long>(to));
        }
    }

    private int Of(int index) => _chosen is null ? index : _chosen[index];
}
