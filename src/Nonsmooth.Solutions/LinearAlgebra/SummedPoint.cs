namespace Nonsmooth.Solutions;

/// <summary>The sum of the values of another function at some positions, with a kink only where these meet others.</summary>
/// <param name="of">The function, of one result.</param>
/// <param name="count">How many values it has.</param>
/// <param name="from">The first that counts.</param>
/// <param name="to">The one after the last.</param>
/// <param name="border">How far those that count are from others.</param>
/// <param name="tolerance">At which distance they are equal.</param>
internal sealed class SummedPoint(MatrixPoint of, int count, int from, int to, double border, double tolerance) : MatrixPoint
{
    public override IReadOnlyList<double[]> Values => [[Sum(of.Values)]];

    public override IReadOnlyList<Margin> Margins => [new(0, border, border <= tolerance, border <= tolerance)];

    public override double Condition => of.Condition;

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => [[Sum(of.Tangent(tangents))]];

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) =>
        of.Cotangent([[.. Enumerable.Range(0, count).Select(i => i >= from && i < to ? cotangents[0][0] : 0)]]);

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction) => [[Sum(of.Directional(direction))]];

    private double Sum(IReadOnlyList<double[]> values) => values[0][from..to].Sum();
}
