using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A function of a symmetric matrix through its eigenvalues: Vf(Λ)Vᵀ.</summary>
/// <remarks>
/// <para>Parameter S (n × n), of which the symmetric part counts; result n × n, symmetric, and so is the cotangent. The derivative is V(Ω ∘ VᵀdS·V)Vᵀ, its own transpose, where Ω has the
/// divided differences of f, which are those of its derivative where eigenvalues are equal: no kink there, and no cancellation near.</para>
/// <para>Counts: an eigendecomposition, nominally 9n³ multiply-adds, and products. Source: Daleckii and Krein (1965).</para>
/// </remarks>
public abstract record SymmetricFunction : MatrixMap
{
    private protected SymmetricFunction()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Symmetric;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Square(parameters[0], "S");
        return MatrixShapes.Of([parameters[0]]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return MatrixCount.Eigen(n) + DenseCount.MultiplyAdds(n * n * n) + OperationCount.Of(Operation, n);
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        long n = parameters[0][0];
        return MatrixCount.Eigen(n) + MatrixCount.Turned(n) + MatrixCount.Turned(n) + OperationCount.Of(Operation, n * n) + OperationCount.Of(ScalarOperation.Divide, n * n);
    }

    /// <summary>The operation that f is counted as.</summary>
    private protected abstract ScalarOperation Operation { get; }

    /// <summary>f.</summary>
    private protected abstract double Value(double x);

    /// <summary>(f(x) − f(y))/(x − y), or f'(x).</summary>
    private protected abstract double Difference(double x, double y);

    /// <summary>The eigenvalues in the domain of f; refuses those outside.</summary>
    private protected virtual double[] Domain(SymmetricSpectrum spectrum) => spectrum.Values;

    /// <summary>Why f has no derivative; null where it has one.</summary>
    private protected virtual string? NotDifferentiable(SymmetricSpectrum spectrum) => null;

    /// <summary>How much an error of the matrix grows, relative to both sizes.</summary>
    private protected abstract double ConditionOf(SymmetricSpectrum spectrum);

    private protected sealed override MatrixPoint At(Problem problem) => new Point(this, problem.Matrix(0));

    /// <summary>The refusal of an eigenvalue.</summary>
    private protected static OutOfRangeException Outside(double eigenvalue, string domain) => new(
        FormattableString.Invariant($"S has the eigenvalue {eigenvalue:G6}: give {domain}"), eigenvalue);

    private sealed class Point : MatrixPoint
    {
        private readonly SymmetricFunction _map;
        private readonly SymmetricSpectrum _spectrum;
        private readonly double[] _domain;

        public Point(SymmetricFunction map, Matrix<double> s)
        {
            (_map, _spectrum) = (map, new SymmetricSpectrum(s));
            _domain = map.Domain(_spectrum);
        }

        public override IReadOnlyList<double[]> Values => [_spectrum.Outside(Array.ConvertAll(_domain, _map.Value))];

        public override double Condition => Math.Max(1, _map.ConditionOf(_spectrum));

        public override Invertibility Invertibility => _map.NotDifferentiable(_spectrum) is null ? Invertibility.AllElements : Invertibility.Fails;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => _map.NotDifferentiable(_spectrum) is { } reason
            ? throw new SingularSolutionException(reason, 0)
            : [_spectrum.Outside(_spectrum.Inside(tangents[0]).MapIndexed((i, j, x) => x * _map.Difference(_domain[i], _domain[j])))];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Tangent(cotangents);
    }
}
