namespace Nonsmooth.Onnx.Import;

/// <summary>All operators that have a program: a family of rows a file.</summary>
internal static class OperatorTable
{
    private static readonly ILookup<(string Domain, string Op), OperatorRow> _byName;

    static OperatorTable()
    {
        Rows = [.. Elementwise.Rows, .. Activations.Rows, .. Comparing.Rows, .. Reducing.Rows, .. Reshaping.Rows, .. Moving.Rows, .. Products.Rows, .. Convolving.Rows, .. Pooling.Rows,
            .. Normalising.Rows, .. Steering.Rows, .. Losses.Rows, .. Attending.Rows, .. Recurrent.Rows, .. Quantising.Rows, .. Einsum.Rows,
            .. Resampling.Rows, .. Signals.Rows, .. Stateful.Rows, .. Bits.Rows, .. Refused.Rows,
            .. Grids.Rows, .. Contributed.Rows, .. Flexible.Rows];
        _byName = Rows.ToLookup(r => (r.Domain, r.Op));
    }

    /// <summary>The rows.</summary>
    public static IReadOnlyList<OperatorRow> Rows { get; }

    /// <summary>The row of an operator in a version; 0 stands for the newest.</summary>
    public static OperatorRow? Find(string domain, string op, long version) =>
        _byName[(domain, op)].FirstOrDefault(r => version == 0 ? r.To == OperatorRow.Newest : r.From <= version && version <= r.To);

    /// <summary>Why there is no row.</summary>
    public static string Absence(string op, long version) => _byName[("", op)].Any()
        ? $"it is not part of version {version}"
        : $"no program is known for it{Nearest.Question(op, Rows.Where(r => r.Domain.Length == 0).Select(r => r.Op).Distinct())}";
}
