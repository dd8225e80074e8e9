namespace Nonsmooth.Pretrained.Aten;

/// <summary>The ATen operators that the dictionary expresses: a row each, in the file of its family.</summary>
public static class AtenTable
{
    private static readonly Dictionary<string, AtenOperator> _operators = ((IEnumerable<AtenOperator>)
    [
        .. ElementwiseRows.Rows, .. ArithmeticRows.Rows, .. ActivationRows.Rows, .. ReductionRows.Rows, .. OrderRows.Rows, .. AlgebraRows.Rows,
        .. NormalisationRows.Rows, .. LossRows.Rows, .. StructureRows.Rows, .. IndexingRows.Rows,
        .. MovingRows.Rows, .. DiagonalRows.Rows, .. ScatterRows.Rows, .. WindowRows.Rows, .. ResamplingRows.Rows, .. FourierRows.Rows,
        .. CreationRows.Rows, .. QuantisationRows.Rows, .. RecurrentRows.Rows,
    ]).ToDictionary(o => o.Name);

    /// <summary>The operators by name, in the order of names.</summary>
    public static IReadOnlyList<AtenOperator> Operators { get; } = [.. _operators.Values.OrderBy(o => o.Name, StringComparer.Ordinal)];

    /// <summary>The operator of a name, or null.</summary>
    /// <param name="target">
    /// <c>aten.add.Tensor</c> as programs of <c>torch.export</c> have it, with or without <c>torch.ops.</c> and the overload, or a
    /// function of Python: <c>torch.add</c>, <c>nn.functional.relu</c>, <c>Tensor.view</c>, <c>special.xlog1py</c>.
    /// </param>
    public static AtenOperator? Find(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string name = Without(Without(target, "torch."), "ops.");
        if (name.StartsWith("aten.", StringComparison.Ordinal))
        {
            name = name[5..];
            return _operators.GetValueOrDefault(name) ?? _operators.GetValueOrDefault(name.Split('.')[0]);
        }

        return _operators.GetValueOrDefault(name)
            ?? _operators.GetValueOrDefault(Without(Without(name, "Tensor."), "nn.functional.").Replace('.', '_'));
    }

    private static string Without(string name, string start) => name.StartsWith(start, StringComparison.Ordinal) ? name[start.Length..] : name;
}
