using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Catalogue;

/// <summary>Two maps of the same type and attributes are one function, so a program solves a problem once that it states twice.</summary>
public sealed class EqualMapsTests
{
    public static TheoryData<string> Names => [.. Pairs().Select(p => p.One.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void MapsOfTheSameAttributesAreEqual(string name)
    {
        var (one, other) = Pairs().First(p => p.One.Name == name);
        Assert.NotSame(one, other);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void AProblemThatIsStatedTwiceIsSolvedOnce()
    {
        var program = Program.Trace(z => Solve.SemidefiniteCone(z) + Solve.SemidefiniteCone(z), new Shape(2, 2));
        Assert.Single(program.Nodes, n => n.Function is SemidefiniteCone);
    }

    private static IEnumerable<(SolutionMap One, SolutionMap Other)> Pairs() =>
    [
        (new Simplex(), new Simplex()), (new Entmax(), new Entmax()), (new L1Ball(), new L1Ball()), (new L2Ball(), new L2Ball()), (new Box(), new Box()),
        (new SecondOrderCone(), new SecondOrderCone()), (new SemidefiniteCone(), new SemidefiniteCone()), (new Isotonic(), new Isotonic()),
        (new TotalVariation(), new TotalVariation()), (new NonNegativeLeastSquares(), new NonNegativeLeastSquares()), (new BoxLeastSquares(), new BoxLeastSquares()),
        (new SupportVectors(), new SupportVectors()), (new SparseGroupLasso([0, 1]), new SparseGroupLasso([0, 1])), (new EntropicTransport(), new EntropicTransport()),
        (new LinearSolve(), new LinearSolve()), (new TriangularSolve(true), new TriangularSolve(true)), (new SymmetricSqrt(), new SymmetricSqrt()),
        (new SingularValueSum(2), new SingularValueSum(2)),
    ];
}
