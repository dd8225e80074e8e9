using System.Globalization;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Documents;

public sealed class AxisTests
{
    private const double _from = 70, _to = 964;

    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(3, 17, "4 6 8 10 12 14 16")]
    [InlineData(1, 1.0001, "1 1.00002 1.00004 1.00006 1.00008 1.0001")]
    [InlineData(-2, 3, "−2 −1 0 1 2 3")]
    [InlineData(0, 0.5, "0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData(0, 1e5, "0 20,000 40,000 60,000 80,000 100,000")]
    [InlineData(0, 3e12, "0 0.5·10¹² 10¹² 1.5·10¹² 2·10¹² 2.5·10¹² 3·10¹²")]
    [InlineData(0, 6e-9, "0 10⁻⁹ 2·10⁻⁹ 3·10⁻⁹ 4·10⁻⁹ 5·10⁻⁹ 6·10⁻⁹")]
    [InlineData(0.25, 0.25, "0.24 0.245 0.25 0.255 0.26")]
    [InlineData(0, 0, "−1 −0.5 0 0.5 1")]
    public void EqualStepsAreNice(double least, double most, string labels) =>
        Assert.Equal(labels, Labels(Axis.Linear([least, most], _from, _to, isUpright: false)));

    [Theory]
    [InlineData(1e-3, 10, "0.001 0.01 0.1 1 10")]
    [InlineData(1, 100, "1 3 10 30 100")]
    [InlineData(0.3, 2.5, "0.5 1 1.5 2 2.5")]
    [InlineData(1, 1.0001, "1 1.00002 1.00004 1.00006 1.00008 1.0001")]
    [InlineData(1e-5, 1e-2, "10⁻⁵ 10⁻⁴ 10⁻³ 10⁻²")]
    [InlineData(1e-20, 1, "10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 10⁰")]
    [InlineData(1e-300, 1e300, "10⁻²⁰⁰ 10⁻¹⁰⁰ 10⁰ 10¹⁰⁰ 10²⁰⁰")]
    [InlineData(1e-5, 1e-3, "10⁻⁵ 3·10⁻⁵ 10⁻⁴ 3·10⁻⁴ 10⁻³")]
    [InlineData(2, 2, "1.5 1.75 2 2.25 2.5 2.75 3")]
    public void EqualRatiosHaveMarksAtAnyRatio(double least, double most, string labels) =>
        Assert.Equal(labels, Labels(Axis.Logarithmic([least, most], 314, 14, isUpright: true)));

    [Fact]
    public void ZeroIsOnAnAxisThatIsToBeginThere()
    {
        var axis = Axis.Linear([12, 17], _from, _to, isUpright: false, fromZero: true, margin: 0.05);
        Assert.Equal((0, _from), (axis.Least, axis.At(0)));
        Assert.True(axis.Most > 17);
        Assert.Equal(0, Axis.Linear([-17, -12], _from, _to, isUpright: false, fromZero: true).Most);
        Assert.Equal("0 0.2 0.4 0.6 0.8 1", Labels(Axis.Linear([0], _from, _to, isUpright: false, fromZero: true)));
    }

    [Fact]
    public void MarksBetweenLabelsHaveNone()
    {
        var axis = Axis.Logarithmic([1, 1e4], _from, _to, isUpright: false);
        Assert.Equal(5, axis.Ticks.Count(t => t.HasLabel));
        Assert.True(axis.Ticks.Count(t => !t.HasLabel) >= 32);
    }

    /// <summary>Of any range, on any axis: three labels at least, each of the number where it stands, in order, inside, none touching the next.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void EveryRangeIsReadable(bool isLogarithmic, bool isUpright)
    {
        var random = new Random(21);
        for (int trial = 0; trial < 5000; trial++)
        {
            double scale = Math.Pow(10, (random.NextDouble() * 40) - 20), width = Math.Pow(10, (random.NextDouble() * 14) - 8);
            double least = isLogarithmic ? scale : scale * ((2 * random.NextDouble()) - 1);
            double most = isLogarithmic ? scale * (1 + width) : least + (scale * width);
            var (from, to) = isUpright ? (314.0, 14.0) : (_from, _to);
            var axis = isLogarithmic ? Axis.Logarithmic([least, most], from, to, isUpright) : Axis.Linear([least, most], from, to, isUpright, margin: 0.04);
            string said = string.Create(CultureInfo.InvariantCulture, $"{least:R} to {most:R}: {Labels(axis)}");
            var labelled = axis.Ticks.Where(t => t.HasLabel).ToList();
            Assert.True(labelled.Count is >= 3 and <= 12, said);
            Assert.True(axis.Ticks.All(t => axis.At(t.Value) >= Math.Min(from, to) - 1e-3 && axis.At(t.Value) <= Math.Max(from, to) + 1e-3), said);
            Assert.True(labelled.Select(t => t.Label).Distinct().Count() == labelled.Count, said);
            Assert.True(labelled.All(t => Math.Abs(Read(t.Label) - t.Value) <= 1e-9 * (axis.Most - axis.Least) + (1e-12 * Math.Abs(t.Value))), said);
            for (int i = 1; i < labelled.Count; i++)
            {
                double apart = Math.Abs(axis.At(labelled[i].Value) - axis.At(labelled[i - 1].Value));
                double taken = isUpright ? 12 : Axis.Character * (labelled[i].Label.Length + labelled[i - 1].Label.Length) / 2;
                Assert.True(apart > taken, $"{said}: {labelled[i - 1].Label} touches {labelled[i].Label}");
            }
        }
    }

    private static string Labels(Axis axis) => string.Join(' ', axis.Ticks.Where(t => t.HasLabel).Select(t => t.Label));

    private static double Read(string label)
    {
        string[] parts = label.Replace('−', '-').Replace(",", "", StringComparison.Ordinal).Split('·');
        string last = string.Concat(parts[^1].Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : c == '⁻' ? '-' : c));
        bool isPower = parts[^1] != last;
        double power = isPower ? double.Parse($"1e{last[2..]}", CultureInfo.InvariantCulture) : 1;
        return (isPower && parts.Length == 1 ? 1 : double.Parse(parts[0], CultureInfo.InvariantCulture)) * power;
    }
}
