using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>A call that is more than a function of tensors: its arguments are what the graph's names stand for.</summary>
/// <param name="Importer">Who asks.</param>
/// <param name="Node">The node.</param>
/// <param name="Scope">The graph's values.</param>
/// <param name="Arguments">null, <see cref="Variable"/>, <see cref="Known"/>, long, double, bool, string, <see cref="ElementKind"/>, <see cref="ArchiveGraph"/>, or lists of these.</param>
internal sealed record GraphCall(GraphImporter Importer, ArchiveNode Node, GraphScope Scope, IReadOnlyList<object?> Arguments)
{
    /// <summary>An argument; null where there is none.</summary>
    public object? this[int index] => index < Arguments.Count ? Arguments[index] : null;

    /// <summary>An argument by its parameter's name; null where it is not given.</summary>
    public object? Named(string name)
    {
        for (int i = 0; i < Node.Arguments.Count; i++)
        {
            if (Node.Arguments[i].Name == name)
            {
                return Arguments[i];
            }
        }

        return null;
    }

    /// <summary>A graph.</summary>
    public ArchiveGraph Graph(int index) => this[index] as ArchiveGraph ?? throw new ArchiveException($"argument {index} is no graph");

    /// <summary>A list, of one where it is none.</summary>
    public IReadOnlyList<object?> List(int index) => this[index] as IReadOnlyList<object?> ?? [this[index]];

    /// <summary>The shape of an argument.</summary>
    public Shape Shape(int index) => this[index] switch
    {
        Variable v => v.Shape,
        Known k => k.Value.Shape,
        _ => throw new ArchiveException($"argument {index} is no tensor"),
    };

    /// <summary>A number that is known now, or null: a long, a double or a bool.</summary>
    public static object? Number(object? value) => value switch
    {
        long or double or bool => value,
        Known { Value: Tensor<long> { Elements: [var l] } } => l,
        Known { Value: Tensor<double> { Elements: [var d] } } => d,
        Known { Value: Tensor<float> { Elements: [var f] } } => (double)f,
        Known { Value: Tensor<bool> { Elements: [var b] } } => b,
        _ => null,
    };
}
