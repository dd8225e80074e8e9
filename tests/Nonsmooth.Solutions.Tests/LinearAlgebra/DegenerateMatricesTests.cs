using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Solutions.Tests.Catalogue;
using Nonsmooth.Solutions.Tests.Reports;

namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

/// <summary>Equal eigenvalues and deficient ranks: where a derivative exists it is given, and where none does it is refused.</summary>
public sealed class DegenerateMatricesTests
{
    private static readonly (string Name, SolutionRow Row)[] _smooth =
    [
        ("square root, equal eigenvalues", new(new SymmetricSqrt(), r => PlantedMatrices.Symmetric(r, 0.5, 0.5, 0.5, 2))),
        ("square root, of the identity", new(new SymmetricSqrt(), r => PlantedMatrices.Symmetric(r, 1, 1, 1))),
        ("square root, nearly equal eigenvalues", new(new SymmetricSqrt(), r => PlantedMatrices.Symmetric(r, 0.5, 0.5 + 1e-9, 1))),
        ("exponential, equal eigenvalues", new(new SymmetricExp(), r => PlantedMatrices.Symmetric(r, -1, -1, 2, 2))),
        ("exponential, nearly equal eigenvalues", new(new SymmetricExp(), r => PlantedMatrices.Symmetric(r, 1, 1 + 1e-6, -1, -1 + 1e-3))),
        ("logarithm, equal eigenvalues", new(new SymmetricLog(), r => PlantedMatrices.Symmetric(r, 0.5, 0.5, 2, 2))),
        ("logarithm, nearly equal eigenvalues", new(new SymmetricLog(), r => PlantedMatrices.Symmetric(r, 0.5, 0.5 + 1e-9, 2, 2.001))),
        ("polar factor, equal singular values", new(new Polar(), r => PlantedMatrices.Any(r, 5, 3, 1, 1, 1))),
        ("polar factor, of a wide matrix", new(new Polar(), r => PlantedMatrices.Any(r, 2, 4, 2, 0.5))),
        ("determinant, of rank n - 1", new(new Determinant(), r => PlantedMatrices.Any(r, 4, 4, 2, 1.5, 1, 0))),
        ("determinant, of rank n - 2", new(new Determinant(), r => PlantedMatrices.Any(r, 4, 4, 2, 1, 0, 0))),
        ("determinant, of 0", new(new Determinant(), r => PlantedMatrices.Any(r, 3, 3, 0, 0, 0))),
        ("nuclear norm, equal singular values", new(new SingularValueSum(), r => PlantedMatrices.Any(r, 3, 4, 1, 1, 1))),
        ("Ky Fan norm, equal ones that all count and others that do not", new(new SingularValueSum(2), r => PlantedMatrices.Any(r, 4, 4, 2, 2, 1, 1))),
        ("spectral norm, of rank 1", new(new SingularValueSum(1), r => PlantedMatrices.Any(r, 3, 3, 2, 0, 0))),
        ("largest eigenvalues, equal ones that all count", new(new EigenvalueSum(2), r => PlantedMatrices.Symmetric(r, -1, -1, 2, 2))),
        ("largest eigenvalues, all", new(new EigenvalueSum(3), r => PlantedMatrices.Symmetric(r, 1, 1, 1))),
        ("least squares, equal singular values", new(new LeastSquares(), r => [.. PlantedMatrices.Any(r, 5, 3, 1, 1, 1), Drawn.Normal(r, "B", 5, 2)])),
        ("inverse, equal singular values", new(new Inverse(), r => PlantedMatrices.Any(r, 3, 3, 1, 1, 1))),
        ("QR, of an orthogonal matrix", new(new Qr(), r => PlantedMatrices.Any(r, 3, 3, 1, 1, 1))),
        ("Cholesky, of the identity", new(new Cholesky(), r => PlantedMatrices.Symmetric(r, 1, 1, 1))),
        ("eigenvalues, a number", new(new SymmetricEigenvalues(), r => PlantedMatrices.Symmetric(r, -0.3))),
        ("singular values, a row", new(new SingularValues(), r => PlantedMatrices.Any(r, 1, 3, 0.7))),
    ];

    private static readonly (string Name, SolutionMap Map, Func<CounterRandom, Tensor<double>[]> Draw)[] _refused =
    [
        ("eigenvectors of equal eigenvalues", new SymmetricEigen(), r => PlantedMatrices.Symmetric(r, -1, 0.5, 0.5)),
        ("eigenvectors of the identity", new SymmetricEigen(), _ => [Identity(3)]),
        ("singular vectors of equal singular values", new Svd(), r => PlantedMatrices.Any(r, 4, 3, 2, 1, 1)),
        ("singular vectors of 0", new Svd(), r => PlantedMatrices.Any(r, 3, 3, 2, 1, 0)),
        ("QR of dependent columns", new Qr(), r => PlantedMatrices.Any(r, 4, 3, 2, 1, 0)),
        ("polar factor of a singular matrix", new Polar(), r => PlantedMatrices.Any(r, 3, 3, 2, 1, 0)),
        ("square root of a semidefinite matrix", new SymmetricSqrt(), r => PlantedMatrices.Symmetric(r, 0, 1, 2)),
        ("least squares of a deficient rank", new LeastSquares(), r => [.. PlantedMatrices.Any(r, 5, 3, 2, 1, 0), Drawn.Normal(r, "B", 5, 1)]),
    ];

    public static TheoryData<string> Smooth => [.. _smooth.Select(s => s.Name)];

    public static TheoryData<string> Refused => [.. _refused.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void WhatIsSmoothThereHasItsDerivativeAndIsReportedRegular(string name)
    {
        var row = _smooth.Single(s => s.Name == name).Row;
        for (ulong seed = 0; seed < (ulong)Trials.Count(10); seed++)
        {
            var (relative, identity, _) = SolutionMapChecker.Derivatives(row, seed);
            Assert.True(relative <= 1e-6 && identity <= 1e-12, $"seed {seed}: {relative} from differences, {identity} from the identity");
            var report = row.Map.Report(row.Draw(new CounterRandom(seed).Derive(row.ToString())))[0];
            Assert.True(report.IsRegular, $"seed {seed}: {report}");
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhereTheValueIsNotOneOfALipschitzFunctionTheDerivativeIsRefusedAndTheReportSaysSo(string name)
    {
        var (_, map, draw) = _refused.Single(r => r.Name == name);
        for (ulong seed = 0; seed < (ulong)Trials.Count(10); seed++)
        {
            var problem = draw(new CounterRandom(seed).Derive(name));
            var report = map.Report(problem)[0];
            Assert.Equal(Invertibility.Fails, report.Invertibility);
            Assert.False(report.IsRegular);
            Assert.All(report.Solution.Values, v => Assert.All(v, x => Assert.True(double.IsFinite(x))));
            Assert.Throws<SingularSolutionException>(() => report.Derivative.Tangent([.. problem.Select(p => p.Elements)]));
            Assert.Throws<SingularSolutionException>(() => report.Derivative.Cotangent([.. report.Solution.Values.Select(v => Array.ConvertAll(v, _ => 1.0))]));
        }
    }

    [Fact]
    public void ValuesOfADecompositionHaveTheirDerivativeWhereVectorsHaveNone()
    {
        var symmetric = PlantedMatrices.Symmetric(new CounterRandom(3), -1, 0.5, 0.5);
        double[] weights = [0.3, -1, 2];
        Assert.Equal(
            new SymmetricEigenvalues().Report(symmetric)[0].Derivative.Cotangent([weights])[0],
            new SymmetricEigen().Report(symmetric)[0].Derivative.Cotangent([weights, new double[9]])[0]);
        var any = PlantedMatrices.Any(new CounterRandom(3), 4, 3, 2, 2, 0);
        Assert.Equal(
            new SingularValues().Report(any)[0].Derivative.Cotangent([weights])[0],
            new Svd().Report(any)[0].Derivative.Cotangent([new double[12], weights, new double[9]])[0]);
    }

    [Fact]
    public void ElementsAtKinksOfConvexFunctionsAreSubgradients()
    {
        (SolutionMap Map, Tensor<double> At)[] kinks =
        [
            (new EigenvalueSum(2), PlantedMatrices.Symmetric(new CounterRandom(1), -1, 0.5, 0.5, 2)[0]),
            (new SingularValueSum(1), PlantedMatrices.Any(new CounterRandom(1), 4, 3, 2, 2, 1)[0]),
            (new SingularValueSum(2), PlantedMatrices.Any(new CounterRandom(1), 3, 4, 2, 1, 1)[0]),
            (new SingularValueSum(), PlantedMatrices.Any(new CounterRandom(1), 4, 3, 2, 0, 0)[0]),
            (new SingularValueSum(), Tensor.Of(new Shape(2, 3), new double[6])),
        ];
        foreach (var (map, at) in kinks)
        {
            double[] gradient = map.Report([at])[0].Derivative.Cotangent([[1]])[0];
            for (int seed = 0; seed < Trials.Count(200); seed++)
            {
                var random = new CounterRandom((ulong)seed);
                double scale = Math.Pow(10, Drawn.Uniform(random, "scale", -4, 1)[0]);
                double[] d = Array.ConvertAll(Drawn.Normal(random, "d", at.Elements.Length).Elements, x => scale * x);
                double[] symmetric = map is EigenvalueSum ? [.. d.Select((x, e) => (x + d[(e % 4 * 4) + (e / 4)]) / 2)] : d;
                double there = Value(map, [.. at.Elements.Zip(symmetric, (x, s) => x + s)], at.Shape);
                double plane = Value(map, at.Elements, at.Shape) + gradient.Zip(symmetric, (g, s) => g * s).Sum();
                Assert.True(there >= plane - 1e-12, $"{map}, seed {seed}: {there} below {plane}");
            }
        }
    }

    [Fact]
    public void WhereLapacksSignsOfQrJumpTheReportSaysSo()
    {
        var identity = new Qr().Report([Identity(3)])[0];
        Assert.Equal([0, 1], identity.WeaklyActive);
        Assert.False(identity.IsRegular);
        Assert.Equal(1, identity.Solution.Values[1][0]);
        var beside = new Qr().Report([Tensor.Of(new Shape(2, 2), [1, 0, 1e-9, 1])])[0];
        Assert.Equal(-1, beside.Solution.Values[1][0], 1e-12);
        Assert.Equal([0], new Qr().Report([Tensor.Of(new Shape(3, 2), [0.0, 1, 2, 1, 1, 3])])[0].WeaklyActive);
        Assert.Throws<SolutionException>(() => identity.OneSided([new double[9]]));
    }

    [Fact]
    public void WhereTheSignOfAVectorIsUndecidedTheReportSaysSo()
    {
        double[] w = SymmetricSpectrum.Towards(2);
        var v = Vector<double>.Build.DenseOfArray([w[1], -w[0]]).Normalize(2);
        var report = new SymmetricEigen().Report([PlantedMatrices.Of(v.OuterProduct(v))])[0];
        Assert.Equal([3], report.WeaklyActive);
        Assert.Equal(Invertibility.AllElements, report.Invertibility);
        Assert.True(new SymmetricEigen().Report([Tensor.Of(new Shape(2, 2), [2.0, 1, 1, 2])])[0].IsRegular);
        Assert.True(new Svd().Report([Tensor.Of(new Shape(2, 2), [1.0, 2, 3, 4])])[0].IsRegular);
    }

    private static double Value(SolutionMap map, double[] at, Shape shape) => map.Report([Tensor.Of(shape, at)])[0].Solution.Values[0][0];

    private static Tensor<double> Identity(int n) => PlantedMatrices.Of(Matrix<double>.Build.DenseIdentity(n));
}
