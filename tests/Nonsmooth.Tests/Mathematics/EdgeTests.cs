using Nonsmooth.Mathematics;

namespace Nonsmooth.Tests.Mathematics;

public sealed class EdgeTests
{
    private const double _infinity = double.PositiveInfinity;

    public static TheoryData<string, double, double> Edges => new()
    {
        { "exp", 0, 1 }, { "exp", -0.0, 1 }, { "exp", _infinity, _infinity }, { "exp", -_infinity, 0 },
        { "exp", 709.7827128933841, _infinity }, { "exp", -745.1332191019411, double.Epsilon }, { "exp", -745.1332191019412, 0 },
        { "expm1", 0, 0 }, { "expm1", -0.0, -0.0 }, { "expm1", _infinity, _infinity }, { "expm1", -_infinity, -1 }, { "expm1", double.Epsilon, double.Epsilon },
        { "expm1", 709.7827128933841, _infinity }, { "expm1", -1e300, -1 },
        { "log", 0, -_infinity }, { "log", -0.0, -_infinity }, { "log", 1, 0 }, { "log", _infinity, _infinity }, { "log", -1, double.NaN },
        { "log", -_infinity, double.NaN }, { "log", -double.Epsilon, double.NaN },
        { "log1p", 0, 0 }, { "log1p", -0.0, -0.0 }, { "log1p", -1, -_infinity }, { "log1p", -1.0000000000000002, double.NaN },
        { "log1p", _infinity, _infinity }, { "log1p", -_infinity, double.NaN }, { "log1p", double.Epsilon, double.Epsilon },
        { "sin", 0, 0 }, { "sin", -0.0, -0.0 }, { "sin", _infinity, double.NaN }, { "sin", -_infinity, double.NaN }, { "sin", double.Epsilon, double.Epsilon },
        { "cos", 0, 1 }, { "cos", _infinity, double.NaN }, { "cos", double.Epsilon, 1 },
        { "tan", 0, 0 }, { "tan", -0.0, -0.0 }, { "tan", -_infinity, double.NaN }, { "tan", -double.Epsilon, -double.Epsilon },
        { "atan", 0, 0 }, { "atan", -0.0, -0.0 }, { "atan", _infinity, Math.PI / 2 }, { "atan", -_infinity, -Math.PI / 2 }, { "atan", double.Epsilon, double.Epsilon }, { "atan", double.MaxValue, Math.PI / 2 },
        { "tanh", 0, 0 }, { "tanh", -0.0, -0.0 }, { "tanh", _infinity, 1 }, { "tanh", -_infinity, -1 }, { "tanh", double.Epsilon, double.Epsilon }, { "tanh", 20, 1 },
        { "sigmoid", 0, 0.5 }, { "sigmoid", -0.0, 0.5 }, { "sigmoid", _infinity, 1 }, { "sigmoid", -_infinity, 0 }, { "sigmoid", 40, 1 },
        { "erf", 0, 0 }, { "erf", -0.0, -0.0 }, { "erf", _infinity, 1 }, { "erf", -_infinity, -1 }, { "erf", 6, 1 }, { "erf", double.Epsilon, double.Epsilon },
        { "erfc", 0, 1 }, { "erfc", _infinity, 0 }, { "erfc", -_infinity, 2 }, { "erfc", 28, 0 }, { "erfc", -7, 2 }, { "erfc", double.Epsilon, 1 },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void IsExactAtTheEdges(string name, double x, double y)
    {
        var subject = Subjects.All.Single(s => s.Name == name);
        Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(subject.Double(x)));
    }

    [Fact]
    public void NaNHasOneForm()
    {
        double odd = BitConverter.UInt64BitsToDouble(0x7FF4_0000_0000_1234);
        Assert.All(Subjects.All, s => Assert.Equal(BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(s.Double(odd))));
    }

    [Fact]
    public void PowersAreExactWhereThePlatformsAre()
    {
        double[] values = [0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, _infinity, -_infinity, double.NaN, 2.5, -2.5, 1e300, -1e300, 9007199254740993, double.Epsilon];
        foreach (double x in values)
        {
            foreach (double y in values)
            {
                double expected = Math.Pow(x, y);
                if (!double.IsFinite(expected) || expected is 0 or 1 or -1)
                {
                    Assert.Equal(expected, Transcendental.Pow(x, y));
                    Assert.Equal(double.IsNegative(expected) && expected == 0, double.IsNegative(Transcendental.Pow(x, y)) && expected == 0);
                }
            }
        }
    }

    [Fact]
    public void SpansOfDifferentLengthsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Transcendental.Exp(new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => Transcendental.Pow(new float[2], new float[3], new float[2]));
    }
}
