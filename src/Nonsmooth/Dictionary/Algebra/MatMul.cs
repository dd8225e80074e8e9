using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The product of two matrices, each of which may be taken transposed; of stacks of them along equal leading axes.</summary>
/// <param name="TransposeLeft">Whether the left matrices are stored k×m instead of m×k.</param>
/// <param name="TransposeRight">Whether the right matrices are stored n×k instead of k×n.</param>
/// <remarks>
/// Both arguments have one rank, at least 2, and equal leading axes. An entry is Σ aᵢ·bᵢ added from left to
/// right, 0 over nothing. Both adjoints are products again, so no transpose is ever a node.
/// </remarks>
public sealed record MatMul(bool TransposeLeft = false, bool TransposeRight = false) : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "matmul";

    /// <inheritdoc/>
    public override string Attributes => (TransposeLeft, TransposeRight) switch
    {
        (true, true) => "left transposed, right transposed",
        (true, false) => "left transposed",
        (false, true) => "right transposed",
        _ => "",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        var (a, b) = (arguments[0].Shape, arguments[1].Shape);
        if (a.Rank < 2 || a.Rank != b.Rank || !a[..^2].Equals(b[..^2]))
        {
            throw new ShapeException($"takes matrices, or stacks of them with equal leading axes, given {a} and {b}");
        }

        var (_, rows, inner, columns) = Sizes(a, b);
        int other = TransposeRight ? b[^1] : b[^2];
        return inner == other
            ? [TensorType.Real(a[..^2].Concat(new Shape(rows, columns)))]
            : throw new ShapeException($"the left argument, {a}, has {inner} entries to sum over, the right one, {b}, has {other}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var (stack, rows, inner, columns) = Sizes(a.Shape, b.Shape);
        var y = new Tensor<T>(a.Shape[..^2].Concat(new Shape(rows, columns)));
        if (inner == 0)
        {
            y.Elements.AsSpan().Fill(T.FromDouble(0));
            return [y];
        }

        var (aRow, aStep) = TransposeLeft ? (1, rows) : (inner, 1);
        for (int s = 0; s < stack; s++)
        {
            var right = b.Elements.AsSpan(s * inner * columns, inner * columns);
            for (int i = 0; i < rows; i++)
            {
                var left = a.Elements.AsSpan(s * rows * inner)[(i * aRow)..];
                var row = y.Elements.AsSpan(((s * rows) + i) * columns, columns);
                if (TransposeRight)
                {
                    Products.Dots(left, aStep, right, inner, row);
                }
                else
                {
                    Combine(left, aStep, right, inner, row);
                }
            }
        }

        return [y];
    }

    /// <summary>k products and k − 1 additions an entry.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var (stack, rows, inner, columns) = Sizes(arguments[0].Shape, arguments[1].Shape);
        return Products.Count(checked((long)stack * rows * columns), inner);
    }

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) => Count(arguments).Multiplications;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) => DenseMultiplyAdds(arguments);

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent) => TransposeLeft
        ? at.Builder.Apply(new MatMul(TransposeRight, true), at.Arguments[1], cotangent)
        : at.Builder.Apply(new MatMul(false, !TransposeRight), cotangent, at.Arguments[1]);

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent) => TransposeRight
        ? at.Builder.Apply(new MatMul(true, TransposeLeft), cotangent, at.Arguments[0])
        : at.Builder.Apply(new MatMul(!TransposeLeft, false), at.Arguments[0], cotangent);

    private (int Stack, int Rows, int Inner, int Columns) Sizes(Shape a, Shape b) => (
        a[..^2].Elements,
        TransposeLeft ? a[^1] : a[^2],
        TransposeLeft ? a[^2] : a[^1],
        TransposeRight ? b[^2] : b[^1]);

    // Rows of the right matrix weighted one after another: the same order of additions as Dots, along memory.
    private static void Combine<T>(ReadOnlySpan<T> left, int step, ReadOnlySpan<T> right, int inner, Span<T> row)
        where T : struct, INumeric<T>
    {
        var first = left[0];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = first * right[j];
        }

        for (int k = 1; k < inner; k++)
        {
            var factor = left[k * step];
            var source = right.Slice(k * row.Length, row.Length);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] += factor * source[j];
            }
        }
    }
}

public static partial class Functions
{
    /// <summary>The matrix product a·b, of stacks of matrices too, whose leading axes are broadcast.</summary>
    /// <param name="a">…×m×k; a vector stands for a row.</param>
    /// <param name="b">…×k×n; a vector stands for a column.</param>
    /// <param name="transposeLeft">Take a as …×k×m.</param>
    /// <param name="transposeRight">Take b as …×n×k.</param>
    /// <returns>…×m×n, without the axis that a vector does not have.</returns>
    /// <remarks>One right matrix for a stack of left ones makes one product of all their rows.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit; the message names both.</exception>
    public static Variable MatMul(Variable a, Variable b, bool transposeLeft = false, bool transposeRight = false)
    {
        if (a.Shape.Rank == 0 || b.Shape.Rank == 0)
        {
            throw new ShapeException($"matmul({a.Name}, {b.Name}): takes vectors or matrices, given {a.Shape} and {b.Shape}; use * for a scalar");
        }

        if (a.Shape.Rank == 1 && b.Shape.Rank == 1)
        {
            return Dot(a, b);
        }

        if (a.Shape.Rank == 1)
        {
            var y = MatMul(a.Reshape(new Shape(1, a.Shape[0])), b, false, transposeRight);
            return y.Reshape(y.Shape[..^2].Concat(y.Shape[^1..]));
        }

        if (b.Shape.Rank == 1)
        {
            var y = MatMul(a, b.Reshape(new Shape(b.Shape[0], 1)), transposeLeft, false);
            return y.Reshape(y.Shape[..^1]);
        }

        var product = new MatMul(transposeLeft, transposeRight);
        if (a.Shape.Rank > 2 && b.Shape.Rank == 2 && !transposeLeft)
        {
            var rows = a.Reshape(new Shape(a.Shape[..^1].Elements, a.Shape[^1]));
            var y = a.Builder.Apply(product, rows, b);
            return y.Reshape(a.Shape[..^1].Concat(y.Shape[^1..]));
        }

        Shape lead;
        try
        {
            lead = Broadcasting.Common(a.Shape[..^2], b.Shape[..^2]);
        }
        catch (ShapeException e)
        {
            throw new ShapeException($"matmul({a.Name}: {a.Shape}, {b.Name}: {b.Shape}), leading axes: {e.Message}", e);
        }

        return a.Builder.Apply(
            product, Broadcasting.To(a, lead.Concat(a.Shape[^2..])), Broadcasting.To(b, lead.Concat(b.Shape[^2..])));
    }
}
