using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Checkpointing;

/// <summary>Which values of a program share memory when libtorch executes it, and how much each memory holds.</summary>
/// <remarks>
/// Transposes, broadcasts and slices are views; a reshape is one where the strides allow it, else a copy; a sum or a
/// mean over no axis is its argument. Other functions write a memory of their own, row-major.
/// </remarks>
internal sealed class StorageMap
{
    private readonly int[] _roots;
    private readonly long[] _bytes;

    public StorageMap(Program program, int bytesPerReal)
    {
        _roots = [.. Enumerable.Range(0, program.Types.Count)];
        _bytes = new long[_roots.Length];
        var strides = new long[]?[_roots.Length];
        foreach (var input in program.Inputs)
        {
            Own(input.Value);
        }

        foreach (var node in program.Nodes)
        {
            if (node.Arguments.Length > 0 && node.Function.Known.View?.Invoke(program.Types[node.Arguments[0]].Shape, strides[node.Arguments[0]]!) is { } view)
            {
                _roots[node.Results[0]] = _roots[node.Arguments[0]];
                strides[node.Results[0]] = view;
                continue;
            }

            foreach (int result in node.Results)
            {
                Own(result);
            }
        }

        void Own(int value)
        {
            var type = program.Types[value];
            strides[value] = Layout.RowMajor(type.Shape);
            _bytes[value] = checked(type.Shape.Count64 * type.Kind switch
            {
                ElementKind.Real => bytesPerReal,
                ElementKind.Index => sizeof(long),
                _ => sizeof(bool),
            });
        }
    }

    /// <summary>The value whose making made the memory that a value lies in.</summary>
    public int Root(int value) => _roots[value];

    /// <summary>Bytes of the memory that a value lies in.</summary>
    public long Bytes(int value) => _bytes[_roots[value]];
}
