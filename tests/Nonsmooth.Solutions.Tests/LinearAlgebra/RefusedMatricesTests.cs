namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

using Matrices = Nonsmooth.Solutions.LinearAlgebra;

/// <summary>Matrices outside a function's domain are refused in one line that names them.</summary>
public sealed class RefusedMatricesTests
{
    private static readonly (SolutionMap Map, double[] Matrix, Type Refusal, string Words)[] _outside =
    [
        (new LinearSolve(), [1, 2, 2, 4], typeof(SingularSolutionException), "A is singular to rounding, one over its condition is 0; give a regular matrix"),
        (new LinearSolve(), [0, 0, 0, 0], typeof(SingularSolutionException), "A is singular to rounding"),
        (new Inverse(), [1, 3, 1.0 / 3, 1], typeof(SingularSolutionException), "A is singular to rounding"),
        (new LogDeterminant(), [1, 1, 1, 1], typeof(SingularSolutionException), "A is singular to rounding"),
        (new Determinant(), [1e200, 0, 0, 1e200], typeof(OutOfRangeException), "the determinant of A overflows: take its logarithm"),
        (new TriangularSolve(false), [1, 0, 1, 0], typeof(SingularSolutionException), "T is 0 at 1, 1"),
        (new Cholesky(), [1, 2, 2, 1], typeof(OutOfRangeException), "S is not positive definite: its pivot 1 is -3"),
        (new Cholesky(), [1, 1, 1, 1], typeof(OutOfRangeException), "S is not positive definite: its pivot 1 is 0"),
        (new SymmetricSqrt(), [1, 2, 2, 1], typeof(OutOfRangeException), "S has the eigenvalue -1: give a positive semidefinite matrix"),
        (new SymmetricLog(), [1, 1, 1, 1], typeof(OutOfRangeException), "give a positive definite matrix"),
        (new SymmetricExp(), [800, 0, 0, 1], typeof(OutOfRangeException), "S has the eigenvalue 800"),
        (new RealEigenvalues(), [0, 1, -1, 0], typeof(OutOfRangeException), "A has the eigenvalues 0 ± 1i: give a matrix whose eigenvalues are real"),
        (new RealEigenvalues(), [1, 1, 0, 1], typeof(SingularSolutionException), "not simple"),
        (new RealEigenvalues(), [1, 0, 0, 1], typeof(SingularSolutionException), "eigenvalues 0 and 1 of A are equal to rounding, 1"),
    ];

    public static TheoryData<int, string> Outside => [.. _outside.Select((o, i) => (i, $"{o.Map.Name} {string.Join(' ', o.Matrix)}"))];

    [Theory]
    [MemberData(nameof(Outside))]
    public void AMatrixOutsideTheDomainIsNamed(int row, string name)
    {
        Assert.NotEmpty(name);
        var (map, matrix, refusal, words) = _outside[row];
        Tensor<double>[] problem = [Tensor.Of(new Shape(2, 2), matrix), .. map.Parameters.Skip(1).Select(_ => Tensor.Of(new Shape(2, 1), new double[] { 1, 2 }))];
        var error = Assert.Throws(refusal, () => map.Report(problem));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void OneOfABatchIsNamedByItsPosition()
    {
        var program = Program.Trace(a => Matrices.Inverse(a), new Shape(2, 2, 2));
        var error = Assert.ThrowsAny<NonsmoothException>(() => Interpreter.Run<Float64>(program, new double[] { 1, 0, 0, 1, 1, 2, 2, 4 }));
        Assert.Contains("problem 1 of 2: A is singular to rounding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShapesThatDoNotFitAreNamed()
    {
        Assert.Contains("A is 2×3: give a square matrix", Refused(() => Program.Trace(a => Matrices.Inverse(a), new Shape(2, 3))), StringComparison.Ordinal);
        Assert.Contains("B is 3×1: give it 2 rows", Refused(() => Program.Trace((a, b) => Matrices.Solve(a, b), new Shape(2, 2), new Shape(3))), StringComparison.Ordinal);
        Assert.Contains("use k in [1, 2]", Refused(() => Program.Trace(a => Matrices.KyFanNorm(a, 3), new Shape(2, 3))), StringComparison.Ordinal);
        Assert.Contains("use k in [1, 2]", Refused(() => Program.Trace(a => Matrices.LargestEigenvalues(a, 0), new Shape(2, 2))), StringComparison.Ordinal);
        Assert.Contains("A must be real with at least 2 axes", Refused(() => Program.Trace(a => Matrices.Polar(a), new Shape(2))), StringComparison.Ordinal);
    }

    private static string Refused(Action trace) => Assert.ThrowsAny<NonsmoothException>(trace).Message;
}
