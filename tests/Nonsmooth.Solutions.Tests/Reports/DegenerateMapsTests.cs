namespace Nonsmooth.Solutions.Tests.Reports;

public sealed class DegenerateMapsTests
{
    private static readonly SparseGroupLasso _groups = new([0, 0, 0, 1, 1, 2, 2, 2]);

    private static readonly (string Name, SolutionMap Map, Func<CounterRandom, IReadOnlyList<Tensor<double>>> Draw, int Weak)[] _kinds =
    [
        ("simplex, one on the threshold", new Simplex(), r => PlantedMaps.Threshold(r, 1, signed: false), 1),
        ("simplex, two on the threshold", new Simplex(), r => PlantedMaps.Threshold(r, 2, signed: false), 2),
        ("sparsemax as entmax at 2", new Entmax(), r => [PlantedMaps.Threshold(r, 2, signed: false, 1)[0], PlantedMaps.Scalar(2)], 2),
        ("l1 ball, two on the threshold", new L1Ball(), r => PlantedMaps.Threshold(r, 2, signed: true), 2),
        ("l1 ball, on the sphere", new L1Ball(), PlantedMaps.Sphere1, 2),
        ("l2 ball, on the sphere", new L2Ball(), PlantedMaps.Sphere2, 1),
        ("l2 ball, of radius 0 at the origin", new L2Ball(), _ => [PlantedMaps.Vector(new double[3]), PlantedMaps.Scalar(0)], 1),
        ("box, two on bounds", new Box(), PlantedMaps.Box, 2),
        ("cone, on its border", new SecondOrderCone(), r => PlantedMaps.Cone(r, 1, 1), 1),
        ("cone, on its polar's border", new SecondOrderCone(), r => PlantedMaps.Cone(r, -1, 1), 1),
        ("cone, at the apex", new SecondOrderCone(), r => PlantedMaps.Cone(r, 1, 0), 2),
        ("semidefinite, one zero eigenvalue", new SemidefiniteCone { Asymmetry = 1 }, r => Samples.Symmetric(r, 5, 0), 1),
        ("semidefinite, two zero eigenvalues", new SemidefiniteCone { Asymmetry = 1 }, r => Samples.Symmetric(r, 5, 0, 0), 2),
        ("isotonic, blocks of one value", new Isotonic(), PlantedMaps.Blocks, 1),
        ("total variation, a pair at the penalty", new TotalVariation(), PlantedMaps.Signal, 1),
        ("non-negative, one weakly at 0", new NonNegativeLeastSquares(), r => PlantedRegressions.NonNegative(r, 1), 1),
        ("non-negative, two weakly at 0", new NonNegativeLeastSquares(), r => PlantedRegressions.NonNegative(r, 2), 2),
        ("box least squares, one weakly at each bound", new BoxLeastSquares(), PlantedRegressions.Boxed, 2),
        ("support vectors, a row on the margin", new SupportVectors(), PlantedRegressions.OnTheMargin, 1),
        ("support vectors, a multiplier at the penalty", new SupportVectors(), PlantedRegressions.AtThePenalty, 1),
        ("group lasso, a coefficient", _groups, r => PlantedRegressions.Groups(r, coefficient: true, group: false), 1),
        ("group lasso, a group", _groups, r => PlantedRegressions.Groups(r, coefficient: false, group: true), 1),
        ("group lasso, both", _groups, r => PlantedRegressions.Groups(r, coefficient: true, group: true), 2),
        ("eigenvalues, a pair", new SymmetricEigenvalues(), r => PlantedMatrices.Symmetric(r, -1, 0.5, 0.5, 2), 2),
        ("eigenvalues, three and two", new SymmetricEigenvalues(), r => PlantedMatrices.Symmetric(r, -1, -1, -1, 2, 2), 5),
        ("eigenvalues, all of a multiple of the identity", new SymmetricEigenvalues(), r => PlantedMatrices.Symmetric(r, 0.7, 0.7, 0.7), 3),
        ("eigenvalues, of 0", new SymmetricEigenvalues(), r => PlantedMatrices.Symmetric(r, 0, 0, 0), 3),
        ("largest eigenvalues, two of three equal ones", new EigenvalueSum(3), r => PlantedMatrices.Symmetric(r, -1, 0.5, 0.5, 0.5, 2), 1),
        ("largest eigenvalue, a pair", new EigenvalueSum(1), r => PlantedMatrices.Symmetric(r, -1, 0.5, 2, 2), 1),
        ("singular values, a pair", new SingularValues(), r => PlantedMatrices.Any(r, 4, 3, 2, 2, 0.5), 2),
        ("singular values, one of 0", new SingularValues(), r => PlantedMatrices.Any(r, 3, 3, 2, 1, 0), 1),
        ("singular values, two of 0 of a wide matrix, and a pair", new SingularValues(), r => PlantedMatrices.Any(r, 4, 5, 2, 2, 0, 0), 4),
        ("singular values, of 0", new SingularValues(), r => PlantedMatrices.Any(r, 2, 3, 0, 0), 2),
        ("spectral norm, a pair", new SingularValueSum(1), r => PlantedMatrices.Any(r, 4, 3, 2, 2, 0.5), 1),
        ("spectral norm, of 0", new SingularValueSum(1), r => PlantedMatrices.Any(r, 3, 2, 0, 0), 1),
        ("Ky Fan norm, one of three equal ones", new SingularValueSum(2), r => PlantedMatrices.Any(r, 5, 4, 3, 1, 1, 1), 1),
        ("nuclear norm, one of 0", new SingularValueSum(), r => PlantedMatrices.Any(r, 3, 3, 2, 1, 0), 1),
        ("nuclear norm, two of 0 of a tall matrix", new SingularValueSum(), r => PlantedMatrices.Any(r, 5, 3, 2, 0, 0), 1),
    ];

    public static TheoryData<int, string> Kinds
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < _kinds.Length; i++)
            {
                data.Add(i, _kinds[i].Name);
            }

            return data;
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Kinds))]
    public void PlantedKinksAreFlaggedAndTheirOneSidedDerivativesRight(int kind, string name)
    {
        var (_, map, draw, weak) = _kinds[kind];
        double worst = 0;
        int worstSeed = 0;
        int nearKinks = 0;
        for (int seed = 0; seed < Trials.Count(100); seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(name);
            var problem = draw(random);
            var report = map.Report(problem)[0];
            Assert.True(report.WeaklyActive.Count == weak && !report.IsRegular, $"{name}, seed {seed}: {report}");
            Assert.False(report.Bound([.. report.Solution.Values.Select(v => Array.ConvertAll(v, _ => 1.0))]).IsProved);
            double[][] direction = [.. problem.Select((a, i) => Drawn.Normal(random.Derive((ulong)i), "direction", a.Elements.Length).Elements)];
            direction[^1] = map is Entmax ? [0] : direction[^1];

            // A ball of radius 0 may only grow: to the left there is no ball.
            if (name.Contains("radius 0", StringComparison.Ordinal))
            {
                direction[1][0] = Math.Abs(direction[1][0]);
                Assert.Throws<InfeasibleProblemException>(() => report.OneSided(direction));
                Check(report.Derivative.Directional(direction), 1);
                continue;
            }

            var (right, left) = report.OneSided(direction);
            Check(right, 1);
            Check(left, -1);

            void Check(IReadOnlyList<double[]> derivative, int side)
            {
                var (slopes, near) = Slopes.At(map, problem, direction, side);
                if (near)
                {
                    nearKinks++;
                    return;
                }

                double error = Dense.Largest(derivative.SelectMany((d, r) => d.Zip(slopes[r], (a, b) => a - b))) / (1 + Dense.Largest(slopes.SelectMany(s => s)));
                (worst, worstSeed) = error > worst ? (error, seed) : (worst, worstSeed);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: worst one-sided error {worst:G3} (seed {worstSeed}), {nearKinks} sides near another kink");
        Assert.True(nearKinks <= Trials.Count(100) / 50);
        Assert.True(worst <= 1e-6, $"{name}, seed {worstSeed}: {worst}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void UnderBothRulesCotangentsAreTheTransposeOfTangents(int kind, string name)
    {
        var (_, map, draw, _) = _kinds[kind];
        var problem = draw(new CounterRandom(1).Derive(name));
        foreach (var rule in (Selections.ActivityRule[])[Selections.ActivityRule.Inactive, Selections.ActivityRule.Active])
        {
            var report = map.Report(problem, Selections.Selection.Default with { WeaklyActive = rule })[0];
            double[][] u = [.. report.Solution.Values.Select((v, i) => Drawn.Normal(new CounterRandom((ulong)i), "u", v.Length).Elements)];
            double[][] t = [.. problem.Select((a, i) => Drawn.Normal(new CounterRandom((ulong)i), "t", a.Elements.Length).Elements)];
            double forwards = report.Derivative.Tangent(t).Zip(u, Inner).Sum();
            double backwards = report.Derivative.Cotangent(u).Zip(t, Inner).Sum();
            Assert.Equal(forwards, backwards, 1e-12 * (1 + Math.Abs(forwards)));
        }
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
