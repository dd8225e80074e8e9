using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("MatMul", n => AttentionPattern.Of(n) ?? Exact(n, Functions.MatMul(n.Real(0), n.Real(1)))),
        Row.Of("Gemm", Gemm),
        Row.Of("MatMulInteger", n => MatMulInteger(n)),
        Row.Of("Det", Det),
    ];

    private static Variable Exact(NodeContext n, Variable y) => n[0].Kind == ElementKind.Index ? Functions.Cast(y, ElementKind.Index) : y;

    /// <summary>alpha·A·B + beta·C, either transposed.</summary>
    public static Variable Gemm(NodeContext n)
    {
        bool transposeA = n.Flag("transA");
        bool transposeB = n.Flag("transB");
        var (alpha, beta) = (n.Attribute("alpha", 1.0), n.Attribute("beta", 1.0));
        var a = n.Real(0);
        var b = n.Real(1);
        if (n.Version < 7)
        {
            // Old exporters leave batches unflattened.
            a = a.Shape.Rank > 2 ? a.Flatten() : a;
        }

        a = transposeA ? a.Transpose() : a;
        bool hasBias = n.Has(2) && beta != 0;
        if (transposeB && alpha == 1 && (!hasBias || (beta == 1 && n.Shape(2).Rank == 1 && n.Shape(2)[0] == b.Shape[0])))
        {
            return Exact(n, Functions.Linear(a, b, hasBias ? n.Real(2) : null));
        }

        var y = Functions.MatMul(a, b, false, transposeB);
        y = alpha == 1 ? y : y * alpha;
        return Exact(n, hasBias ? y + (beta == 1 ? n.Real(2) : n.Real(2) * beta) : y);
    }

    private static Variable MatMulInteger(NodeContext n)
    {
        var a = n.Real(0);
        var b = n.Real(1);
        if (n.Has(2))
        {
            var zero = n.Real(2);
            a -= zero.Shape.Rank == 1 && zero.Shape[0] > 1 ? zero.Reshape(zero.Shape.Concat(new Shape(1))) : zero;
        }

        b = n.Has(3) ? b - n.Real(3) : b;
        return Functions.Cast(Functions.MatMul(a, b), ElementKind.Index);
    }

    // Laplace's rule along the first row: for the small matrices that models have.
    private static Variable Det(NodeContext n)
    {
        var x = n.Real(0);
        int size = x.Shape[^1];
        if (size > 4 || x.Shape[^2] != size)
        {
            throw new Refusal($"determinants of {x.Shape} are not supported: of square matrices of up to 4 rows they are");
        }

        int rank = x.Shape.Rank;
        return Minor(x, size).Reshape(x.Shape[..^2]);

        Variable Minor(Variable m, int rows)
        {
            if (rows == 1)
            {
                return m;
            }

            Variable? sum = null;
            for (int column = 0; column < rows; column++)
            {
                int[] others = [.. Enumerable.Range(0, rows).Where(c => c != column)];
                var rest = m.Slice(rank - 2, 1, rows).Take(rank - 1, others);
                var term = m.Slice(rank - 2, 0, 1).Slice(rank - 1, column, column + 1) * Minor(rest, rows - 1);
                term = column % 2 == 0 ? term : -term;
                sum = sum is null ? term : sum + term;
            }

            return sum!;
        }
    }
}
