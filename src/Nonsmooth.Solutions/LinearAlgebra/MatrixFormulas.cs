using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Tangents of functions of matrices through decompositions that can be differentiated again; leading axes are a batch.</summary>
internal static class MatrixFormulas
{
    /// <summary>The trace of a product.</summary>
    public static Variable Trace(Variable a, Variable b) => Diagonal(Functions.MatMul(a, b)).Sum(-1);

    /// <summary>Of the eigenvalues of the symmetric part, ascending: vᵀdS·v.</summary>
    public static Variable Eigenvalues(Variable s, Variable tangent)
    {
        var (_, vectors) = LinearAlgebra.SymmetricEigen(s);
        return (vectors * Functions.MatMul(Symmetric(tangent), vectors)).Sum(-2);
    }

    /// <summary>Of the singular values, descending: uᵀdA·v.</summary>
    public static Variable SingularValues(Variable a, Variable tangent)
    {
        var (left, _, right) = LinearAlgebra.Svd(a);
        return (left * Functions.MatMul(tangent, right)).Sum(-2);
    }

    /// <summary>Of a function through the eigenvalues: V(Ω ∘ VᵀdS·V)Vᵀ with divided differences Ω of apart eigenvalues.</summary>
    public static Variable Turned(Variable s, Variable tangent, Func<Variable, Variable> value, Func<Variable, Variable> slope)
    {
        var (values, vectors) = LinearAlgebra.SymmetricEigen(s);
        int n = values.Shape[^1];
        var batch = values.Shape[..^1];
        var (rows, columns) = (values.Reshape(batch.Concat(new Shape(n, 1))), values.Reshape(batch.Concat(new Shape(1, n))));
        var same = Identity(s.Builder, n);
        var ratio = (value(rows) - value(columns)) / ((rows - columns) + same);
        var divided = ratio + (same * slope(rows));
        var inside = Functions.MatMul(vectors, Functions.MatMul(Symmetric(tangent), vectors), transposeLeft: true);
        return Functions.MatMul(Functions.MatMul(vectors, divided * inside), vectors, transposeRight: true);
    }

    /// <summary>The symmetric part.</summary>
    public static Variable Symmetric(Variable s)
    {
        int rank = s.Shape.Rank;
        return (s + s.Transpose([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])) * 0.5;
    }

    private static Variable Diagonal(Variable a) => (a * Identity(a.Builder, a.Shape[^1])).Sum(-1);

    public static Variable Identity(ProgramBuilder builder, int n) =>
        builder.Constant(Tensor.Generate(new Shape(n, n), e => e / n == e % n ? 1.0 : 0));
}
