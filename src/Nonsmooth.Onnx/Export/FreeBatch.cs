using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <summary>One model for every batch, from two that were exported at two batches.</summary>
/// <remarks>
/// They must be alike but for the first axes of inputs and outputs and for one number of a Reshape's shape, both proportional to the batch; that number becomes −1,
/// the axes <see cref="Axis"/>. What else depends on the batch, as a constant that is filled, leaves it a part of the file.
/// </remarks>
public static class FreeBatch
{
    /// <summary>What the free axis is called.</summary>
    public const string Axis = "N";

    /// <summary>The model with a free batch; null where the two differ in more.</summary>
    /// <param name="first">Exported at one batch.</param>
    /// <param name="firstBatch">That.</param>
    /// <param name="second">Exported at another.</param>
    /// <param name="secondBatch">That.</param>
    public static OnnxModel? Of(OnnxModel first, int firstBatch, OnnxModel second, int secondBatch)
    {
        var (a, b) = (first.Graph, Renamed(first.Graph, second.Graph));
        if (a.Nodes.Count != b.Nodes.Count || a.Initializers.Count != b.Initializers.Count || a.Inputs.Count != b.Inputs.Count || a.Outputs.Count != b.Outputs.Count)
        {
            return null;
        }

        var nodes = a.Nodes.Zip(b.Nodes, (x, y) => Merged(a, x, y, firstBatch, secondBatch)).ToList();
        if (nodes.Contains(null))
        {
            return null;
        }

        var initializers = new List<OnnxTensor>();
        foreach (var (x, y) in a.Initializers.Zip(b.Initializers))
        {
            if (Bytes(new OnnxGraph { Initializers = [x] }).SequenceEqual(Bytes(new OnnxGraph { Initializers = [y] })))
            {
                initializers.Add(x);
            }
            else if (x.Name == y.Name && IsShape(a, x.Name) && Merged(x, y, firstBatch, secondBatch) is { } shape)
            {
                initializers.Add(OnnxTensor.Of(x.Name, Tensor.Of(new Shape(shape.Length), shape)));
            }
            else
            {
                return null;
            }
        }

        var inputs = a.Inputs.Zip(b.Inputs, (x, y) => Merged(x, y, firstBatch, secondBatch)).ToList();
        var outputs = a.Outputs.Zip(b.Outputs, (x, y) => Merged(x, y, firstBatch, secondBatch)).ToList();
        return inputs.Contains(null) || outputs.Contains(null) ? null : first with
        {
            Graph = a with { Nodes = [.. nodes.Select(n => n!)], Initializers = initializers, Inputs = [.. inputs.Select(i => i!)], Outputs = [.. outputs.Select(o => o!)], Values = [] },
        };
    }

    // Constants are named by what they are: those of the second by the first's names.
    private static OnnxGraph Renamed(OnnxGraph first, OnnxGraph second)
    {
        var names = first.Nodes.Zip(second.Nodes).Where(p => p is { First: { Op: "Constant", Outputs.Count: 1 }, Second: { Op: "Constant", Outputs.Count: 1 } })
            .DistinctBy(p => p.Second.Outputs[0]).ToDictionary(p => p.Second.Outputs[0], p => (p.First.Outputs[0], p.First.Name), StringComparer.Ordinal);
        string Of(string value) => names.TryGetValue(value, out var name) ? name.Item1 : value;
        return second with
        {
            Nodes = [.. second.Nodes.Select(n => n with
            {
                Inputs = [.. n.Inputs.Select(Of)], Outputs = [.. n.Outputs.Select(Of)], Name = n.Outputs is [var only] && names.TryGetValue(only, out var named) ? named.Name : n.Name,
            })],
        };
    }

    // Nodes are alike, or constants of which one is a shape with the batch in it.
    private static OnnxNode? Merged(OnnxGraph graph, OnnxNode x, OnnxNode y, int firstBatch, int secondBatch)
    {
        if (Bytes(new OnnxGraph { Nodes = [x] }).SequenceEqual(Bytes(new OnnxGraph { Nodes = [y] })))
        {
            return x;
        }

        return x is { Op: "Constant", Outputs: [var name], Attributes: [{ Tensor: { } one } value] } && y is { Op: "Constant", Outputs: [var other], Attributes: [{ Tensor: { } two }] } && name == other
            && IsShape(graph, name) && Merged(one, two, firstBatch, secondBatch) is { } shape
            ? x with { Attributes = [value with { Tensor = OnnxTensor.Of(one.Name, Tensor.Of(new Shape(shape.Length), shape)) }] }
            : null;
    }

    private static byte[] Bytes(OnnxGraph graph) => OnnxFile.ToBytes(new OnnxModel { Graph = graph });

    private static bool IsShape(OnnxGraph graph, string name) => graph.Nodes.All(n => !n.Inputs.Contains(name) || (n.Op == "Reshape" && n.Inputs.Count == 2 && n.Inputs[1] == name && n.Inputs[0] != name));

    private static long[]? Merged(OnnxTensor x, OnnxTensor y, int firstBatch, int secondBatch)
    {
        if (x.DataType != OnnxDataType.Int64 || x.Dims.Count != 1 || y.Dims.Count != 1 || x.Dims[0] != y.Dims[0])
        {
            return null;
        }

        long[] one = ((Tensor<long>)x.ToTensor()).Elements, other = ((Tensor<long>)y.ToTensor()).Elements;
        long[] merged = [.. one];
        int differing = 0;
        for (int i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i])
            {
                if (one[i] * secondBatch != other[i] * firstBatch || ++differing > 1)
                {
                    return null;
                }

                merged[i] = -1;
            }
        }

        return merged;
    }

    private static OnnxValue? Merged(OnnxValue x, OnnxValue y, int firstBatch, int secondBatch)
    {
        if (x.Name != y.Name || x.Type?.Dims is not { } dims || y.Type?.Dims is not { } others || dims.Count != others.Count || !dims.Skip(1).SequenceEqual(others.Skip(1)))
        {
            return null;
        }

        return dims.Count == 0 || dims[0] == others[0] ? x
            : dims[0].Size == firstBatch && others[0].Size == secondBatch ? x with { Type = OnnxType.Tensor(x.Type.Element, [new OnnxDim(null, Axis), .. dims.Skip(1)]) }
            : null;
    }
}
